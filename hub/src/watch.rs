//! `/healthz` and `/metrics`: for whoever watches over the machine, and for nobody else. They stand on a listener of their
//! own, or are given to who bears a token; without either there is no such page.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context;
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use post::read_token;
use secrets::{same, token_hash};
use serde::Deserialize;
use store::{OfficeScope, Readers};
use tower::ServiceExt;
use writer::{Metrics, Offices, WriterPulse};

/// `[watch]`: who is told how the hub is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchConfig {
    /// A listener for this alone, e.g. `127.0.0.1:9464`.
    pub listen: Option<SocketAddr>,
    /// A file with the token that whoever asks must bear, at whichever listener. Without it nobody is told anything at the
    /// listener of the pages, and a listener of its own must be at this machine alone.
    pub token_file: Option<PathBuf>,
}

impl WatchConfig {
    /// Takes its path as it is seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.token_file = self.token_file.take().map(|file| folder.join(file));
    }

    /// Whether anything is wrong with what is written.
    ///
    /// # Errors
    /// What, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        self.token_hash()?;
        match self.listen {
            Some(listen) if self.token_file.is_none() && !listen.ip().to_canonical().is_loopback() => anyhow::bail!(
                "watch.listen: at {listen} others can see how the hub is; write 127.0.0.1, or name a token_file"
            ),
            Some(_) | None => Ok(()),
        }
    }

    /// What the token is known by.
    ///
    /// # Errors
    /// If its file cannot be read, or has no good token in it.
    pub fn token_hash(&self) -> anyhow::Result<Option<[u8; 32]>> {
        let token = self.token_file.as_deref().map(read_token).transpose().context("watch.token_file")?;
        Ok(token.map(|token| token_hash(&token)))
    }
}

/// What there is to tell, and to whom.
#[derive(Debug, Clone)]
pub struct Watch {
    /// Whether the writer does its work: looked at, and not asked.
    pub pulse: WriterPulse,
    /// Asked how many mails wait.
    pub readers: Readers,
    /// Asked whether they are set aside.
    pub offices: Offices,
    /// What is counted.
    pub metrics: Metrics,
    /// What whoever asks must bear.
    pub token: Option<[u8; 32]>,
}

impl Watch {
    fn router(&self) -> Router {
        Router::new().route("/healthz", get(health)).route("/metrics", get(metrics)).with_state(self.clone())
    }

    /// For a listener of its own.
    pub fn alone(&self) -> Router {
        self.guarded(Router::new())
    }

    /// Beside other pages: for who bears the token; everybody else finds there what those pages have.
    pub fn beside(&self, others: Router) -> Router {
        if self.token.is_none() { others } else { others.clone().merge(self.guarded(others)) }
    }

    fn guarded(&self, others: Router) -> Router {
        self.router().layer(middleware::from_fn_with_state((self.token, others), guard))
    }
}

/// Lets through who bears the token, if there is one.
async fn guard(State((token, others)): State<(Option<[u8; 32]>, Router)>, request: Request, next: Next) -> Response {
    let borne =
        request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let is_right = token.is_none_or(|right| borne.is_some_and(|borne| same(&token_hash(borne.trim()), &right)));
    if is_right {
        return next.run(request).await;
    }
    match others.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Whether the hub can do its work. Nobody waits in the writer's line for the answer.
async fn health(State(watch): State<Watch>) -> Response {
    match watch.pulse.look() {
        Ok(()) => (StatusCode::OK, "ok\n").into_response(),
        Err(fault) => (StatusCode::SERVICE_UNAVAILABLE, format!("{fault}\n")).into_response(),
    }
}

async fn metrics(State(watch): State<Watch>) -> Response {
    let whole = OfficeScope::granted(None);
    if let Ok((waiting, given_up)) = watch.readers.read(move |store| store.outbox_counts(whole)).await {
        watch.metrics.mails(waiting, given_up);
    }
    watch.metrics.set_aside(watch.offices.aside().count());
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], watch.metrics.text()).into_response()
}
