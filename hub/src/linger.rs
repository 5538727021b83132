//! Bodies that are too large: the refusal is answered while the rest is still read, so that the sender hears it.
//!
//! A server that answers and hangs up in the middle of a body makes the sender see a broken line and not the answer.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::header,
};
use http_body::{Frame, SizeHint};
use tokio_stream::StreamExt as _;

/// So much of an unwanted body is read and thrown away, and no more.
const LINGER_BYTES_MAX: usize = 16 * 1024 * 1024;
/// For so long at most.
const LINGER: Duration = Duration::from_secs(5);

/// Lets every body that may be too large linger; bodies within the limit pass as they are.
pub fn lingering(body_bytes_max: usize, request: Request) -> Request {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let fits = match announced.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) => length <= body_bytes_max,
        None => request.body().is_end_stream(),
    };
    if fits { request } else { request.map(|body| Body::new(LingeringBody { rest: Some(body) })) }
}

/// A body whose rest is read to its end after nobody wants it any more.
struct LingeringBody {
    rest: Option<Body>,
}

impl HttpBody for LingeringBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.rest {
            Some(rest) => Pin::new(rest).poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.rest.as_ref().map_or_else(SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for LingeringBody {
    fn drop(&mut self) {
        if let Some(rest) = self.rest.take().filter(|rest| !rest.is_end_stream())
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(tokio::time::timeout(LINGER, throw_away(rest)));
        }
    }
}

async fn throw_away(rest: Body) {
    let mut pieces = rest.into_data_stream();
    let mut read = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        read += piece.len();
        if read > LINGER_BYTES_MAX {
            return;
        }
    }
}
