//! The entrance of the hub: it takes connections, gives each a place and a time, and hands their requests on.
//!
//! It speaks HTTP/1.1 alone, so that one connection is one request at a time, and a place is worth the same to everybody.

mod announced;
mod bodies;
mod files;
mod places;
mod tls;
mod vigil;

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use access::{Access, LimitsConfig, Network, PlaceRefusal, Proxies, RequestKind};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    http::{HeaderValue, Method, Uri, header},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use paths::is_file;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};
use tokio_rustls::TlsAcceptor;
use tower::Service as _;

pub use tls::{Certificates, TlsConfig, read_authorities};

use bodies::{ComingBody, GoingBody, RequestWork};
use places::{Berth, GuestKind, Places};
use vigil::{ConnectionPatience, Vigil, WatchedStream};

/// A head may be so long, cookies among it; a connection holds no more of what it has not understood yet.
const HEAD_BYTES_MAX: usize = 32 * 1024;
/// Where the machine itself can take no connection, it is asked again after so long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What the entrance stands on.
pub struct EntranceParts {
    /// What is served.
    pub app: Router,
    /// Knows the household.
    pub access: Access,
    /// How many come in, and how long they may take.
    pub limits: LimitsConfig,
    /// Who is believed about the other end.
    pub proxies: Proxies,
    /// Encrypts, if the hub does so itself.
    pub tls: Option<TlsAcceptor>,
    /// Set when the hub stops.
    pub stopping: watch::Receiver<bool>,
}

/// The entrance of the hub.
pub struct Entrance {
    app: Router,
    access: Access,
    proxies: Proxies,
    tls: Option<TlsAcceptor>,
    stopping: watch::Receiver<bool>,
    places: Arc<Places>,
    patience: ConnectionPatience,
    body_patience: Duration,
}

/// Bytes that come and go.
trait Bytes: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Bytes for S {}

impl Entrance {
    /// An entrance with as many places as the limits say and the machine gives.
    pub fn new(parts: EntranceParts) -> Self {
        let EntranceParts { app, access, limits, proxies, tls, stopping } = parts;
        let files = files::raise_limit();
        if files < limits.connections_max {
            tracing::warn!(files, wanted = limits.connections_max, "the machine allows fewer connections than are set");
        }
        Self {
            app,
            access,
            proxies,
            tls,
            stopping,
            places: Arc::new(Places::new(&limits, files)),
            patience: ConnectionPatience::new(&limits),
            body_patience: Duration::from_secs(limits.body_idle_seconds_max),
        }
    }

    /// Takes connections until the hub stops, and returns when what was on the way is answered.
    pub async fn keep(self, listener: TcpListener) {
        let this = Arc::new(self);
        let mut stopping = this.stopping.clone();
        // Each connection holds an end; when the last is gone, all are.
        let (present, mut gone) = mpsc::channel::<Infallible>(1);
        loop {
            let accepted = tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, from)) => {
                    let network = (!this.proxies.are_at(from.ip())).then(|| Network::of(from.ip()));
                    if let Some(berth) = this.places.enter(network) {
                        let (this, present) = (Arc::clone(&this), present.clone());
                        tokio::spawn(async move {
                            this.receive(stream, from, berth).await;
                            drop(present);
                        });
                    }
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    tracing::error!(%error, "no connection can be taken");
                    this.places.make_room();
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
        drop((listener, present));
        gone.recv().await;
    }

    /// Serves one connection to its end.
    async fn receive(self: Arc<Self>, stream: TcpStream, from: SocketAddr, berth: Berth) {
        // A call must not wait for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        let (vigil, berth) = (Arc::new(Vigil::begin(self.patience)), Arc::new(berth));
        let talk = self.talk(stream, from, (&berth, &vigil));
        tokio::select! {
            () = talk => {}
            () = vigil.overdue() => {}
            () = berth.must_leave() => {}
        }
    }

    async fn talk(self: &Arc<Self>, stream: TcpStream, from: SocketAddr, (berth, vigil): (&Arc<Berth>, &Arc<Vigil>)) {
        let mut stopping = self.stopping.clone();
        let greeted = tokio::select! {
            greeted = self.greet(stream, from) => greeted,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        let (stream, from) = match greeted {
            Ok(greeted) => greeted,
            Err(error) => {
                tracing::trace!(%error, "a connection did not come to its first word");
                return;
            }
        };
        let stream = TokioIo::new(WatchedStream::new(stream, Arc::clone(vigil)));
        let service = service_fn(|request| self.answer(request, from, RequestWork::new(berth, vigil)));
        let mut connection = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                // The watch over the connection tells a head that does not end from a sleep between two requests.
                .header_read_timeout(None)
                .max_buf_size(HEAD_BYTES_MAX)
                .serve_connection(stream, service)
        );
        let ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            _ = stopping.wait_for(|stopping| *stopping) => None,
        };
        let ended = match ended {
            Some(ended) => ended,
            // Nothing that has begun is cut off, and nothing else is waited for.
            None if vigil.is_at_work() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
            None => return,
        };
        if let Err(error) = ended {
            tracing::trace!(%error, "a connection broke off");
        }
    }

    /// Hears from a proxy for whom it speaks, and agrees on a key.
    async fn greet(&self, mut stream: TcpStream, mut from: SocketAddr) -> io::Result<(Box<dyn Bytes>, SocketAddr)> {
        if self.proxies.announce_at(from.ip()) {
            from = announced::read(&mut stream, from).await?;
        }
        let stream: Box<dyn Bytes> = match &self.tls {
            Some(tls) => Box::new(tls.accept(stream).await?),
            None => Box::new(stream),
        };
        Ok((stream, from))
    }

    /// Hands a request on, with the name of who is at the other end.
    async fn answer(
        self: &Arc<Self>,
        request: hyper::Request<Incoming>,
        from: SocketAddr,
        work: RequestWork,
    ) -> Result<Response<GoingBody>, Infallible> {
        let patience = self.body_patience;
        let mut request: Request = request.map(|body| Body::new(ComingBody::new(body, patience, &work)));
        let peer = self.proxies.peer(from.ip(), request.headers());
        let network = Network::of(peer);
        let purse = self.access.purse(request.headers(), network);
        let what = (request.method(), request.uri().path());
        let kind = if purse.is_of_household() {
            self.access.pairings.note_house(network);
            GuestKind::Household
        } else if self.access.applies(request.headers(), what, network) {
            GuestKind::Applicant
        } else {
            GuestKind::Citizen
        };
        let has_place = work.begin(kind, network);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer, from.port())));
        if !has_place {
            request.extensions_mut().insert(PlaceRefusal);
        } else if let Err(refusal) = self.access.limits.pay(purse, kind_of(request.method(), request.uri())) {
            request.extensions_mut().insert(refusal);
        }
        let Ok(mut response) = self.app.clone().call(request).await;
        if !has_place {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response.map(|body| GoingBody::new(body, work)))
    }
}

/// What kind of request it is.
fn kind_of(method: &Method, uri: &Uri) -> RequestKind {
    match method.is_safe() {
        true if is_file(uri.path()) => RequestKind::Asset,
        true => RequestKind::Reading,
        false => RequestKind::Work,
    }
}

/// Whether only the connection that was about to come in is at fault.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset)
}
