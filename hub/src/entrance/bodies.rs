//! Bodies under the watch of a connection: a request's, which must not stop coming, and an answer's, whose end is the end of
//! the work.

use std::{
    pin::Pin,
    sync::{Arc, Weak},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use access::Network;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Sleep, sleep};

use super::{
    places::{Berth, GuestKind},
    vigil::Vigil,
};

/// The rest of a body did not come in time.
#[derive(Debug, thiserror::Error)]
#[error("the body stopped coming")]
pub struct StalledBody;

/// A request's body: between two of its pieces there is only so much time.
pub struct ComingBody {
    inner: Incoming,
    patience: Duration,
    /// Set while a piece is waited for.
    until: Option<Pin<Box<Sleep>>>,
    /// Whose place may be needed meanwhile; not kept by a body that is thrown away after its connection.
    berth: Weak<Berth>,
    begun: Instant,
    awaits: bool,
}

impl ComingBody {
    /// The body of a request that has just begun; a piece may take so long.
    pub fn new(inner: Incoming, patience: Duration, work: &RequestWork) -> Self {
        let (berth, begun) = (Arc::downgrade(&work.berth), Instant::now());
        Self { inner, patience, until: None, berth, begun, awaits: false }
    }

    /// Tells the places once that it is waited for, and once that it is not.
    fn awaits(&mut self, awaits: bool) {
        if self.awaits != awaits
            && let Some(berth) = self.berth.upgrade()
        {
            if awaits { berth.awaits_body(self.begun) } else { berth.has_body() }
        }
        self.awaits = awaits;
    }
}

impl Drop for ComingBody {
    fn drop(&mut self) {
        self.awaits(false);
    }
}

impl HttpBody for ComingBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        match Pin::new(&mut self.inner).poll_frame(context) {
            Poll::Ready(frame) => {
                self.until = None;
                if self.inner.is_end_stream() || !matches!(frame, Some(Ok(_))) {
                    self.awaits(false);
                }
                Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
            }
            Poll::Pending => {
                self.awaits(true);
                let patience = self.patience;
                let until = self.until.get_or_insert_with(|| Box::pin(sleep(patience)));
                match until.as_mut().poll(context) {
                    Poll::Ready(()) => Poll::Ready(Some(Err(StalledBody.into()))),
                    Poll::Pending => Poll::Pending,
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// A request at work on a connection, until dropped.
pub struct RequestWork {
    berth: Arc<Berth>,
    vigil: Arc<Vigil>,
}

impl RequestWork {
    /// A request's head is read.
    pub fn new(berth: &Arc<Berth>, vigil: &Arc<Vigil>) -> Self {
        vigil.work_begins();
        Self { berth: Arc::clone(berth), vigil: Arc::clone(vigil) }
    }

    /// Whose it is, and from which network; says whether there is a place for it.
    pub fn begin(&self, kind: GuestKind, network: Network) -> bool {
        self.berth.begins(kind, network)
    }
}

impl Drop for RequestWork {
    fn drop(&mut self) {
        self.vigil.work_ends();
        self.berth.waits();
    }
}

/// An answer's body; when it is handed over, or given up, the work is done.
pub struct GoingBody {
    inner: Body,
    _work: RequestWork,
}

impl GoingBody {
    /// This body of this work.
    pub const fn new(inner: Body, work: RequestWork) -> Self {
        Self { inner, _work: work }
    }
}

impl HttpBody for GoingBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.inner).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
