//! Every route of the hub, with the limits and headers that all of them share.

use std::{any::Any, net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use access::{Access, AuditParty, AuditRecord, LimitsConfig, PurseRefusal};
use api::Api;
use pages::{Pages, policy};
use paths::is_file;
use text::Voice;
use wire::Language;

use crate::{linger::lingering, packages::PackagesConfig, watch::Watch};

/// What every page and answer says about itself.
pub const HEADERS: [(&str, &str); 3] =
    [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "no-referrer")];

/// Whoever is told to come again later is told when.
const RETRY_AFTER_SECONDS: &str = "10";

/// What the routes outside the doors have at hand.
#[derive(Debug, Clone)]
pub struct RouterParts {
    /// What is told to who watches over the machine.
    pub watch: Watch,
    /// From where devices bring themselves up to date.
    pub packages: PackagesConfig,
    /// How much may be asked.
    pub limits: LimitsConfig,
    /// Knows who asks, for the audit.
    pub access: Access,
    /// Whether the outside is encrypted.
    pub is_secure: bool,
}

/// The hub.
pub fn router(around: RouterParts, api: Api, pages: Pages) -> Router {
    let limits = around.limits;
    let doors = around.packages.beside(api::router(api.clone()).merge(pages::router(pages)));
    let patience = Duration::from_secs(limits.request_seconds_max);
    let at_once =
        around.watch.beside(doors).layer(middleware::from_fn(move |request, next| in_time(patience, request, next)));
    // In one stack: each layer that a router is given by itself is another box around every request.
    let around_all = ServiceBuilder::new()
        // Outermost, so that nothing that breaks goes past it; once more within, where a refusal is still given its words.
        .layer(CatchPanicLayer::custom(broken))
        .layer(middleware::from_fn_with_state(around.clone(), witness))
        .layer(DefaultBodyLimit::max(limits.body_bytes_max))
        .layer(middleware::from_fn_with_state(around, dress))
        .layer(middleware::from_fn_with_state(api.clone(), api::render_faults))
        .layer(CatchPanicLayer::custom(acts::broken));
    at_once.merge(api::held_open(api)).layer(around_all)
}

/// The answer, or after so long that there is none now: pressed again, a form that was done meanwhile says so.
async fn in_time(patience: Duration, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(patience, next.run(request)).await;
    answer.unwrap_or_else(|_| said(StatusCode::SERVICE_UNAVAILABLE, "problem-unavailable"))
}

/// A sentence in both languages, where nobody knows any more who asked in which.
fn said(status: StatusCode, sentence: &str) -> Response {
    let sentences = [Language::El, Language::En].map(|language| Voice(language).say(sentence));
    (status, sentences.join("\n")).into_response()
}

/// What is answered where one of the layers around everything breaks, which write the words of other refusals.
fn broken(_: Box<dyn Any + Send>) -> Response {
    let mut response = said(StatusCode::INTERNAL_SERVER_ERROR, "problem-internal-error");
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Says to the audit from where each request came, and tells it of everybody who asked for what is not theirs.
async fn witness(State(around): State<RouterParts>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let headers = request.headers().clone();
    let answer = async {
        let response = next.run(request).await;
        let bears_token = headers.contains_key(header::AUTHORIZATION);
        let refused = match response.status() {
            StatusCode::FORBIDDEN => Some(AuditRecord::RightsRefusal as fn(AuditParty) -> AuditRecord),
            StatusCode::UNAUTHORIZED if bears_token => Some(AuditRecord::TokenRefusal as fn(AuditParty) -> AuditRecord),
            _ => None,
        };
        if let Some(record) = refused {
            around.access.audit.note(record(around.access.party(&headers)));
        }
        response
    };
    match peer {
        Some(peer) => access::from_peer(peer, answer).await,
        None => answer.await,
    }
}

/// Says what every answer says about itself.
async fn dress(State(around): State<RouterParts>, request: Request, next: Next) -> Response {
    // The doors say it in words; a file of our own has none.
    let is_unpaid = request.extensions().get::<PurseRefusal>().is_some() && is_file(request.uri().path());
    let mut response = match is_unpaid {
        true => StatusCode::TOO_MANY_REQUESTS.into_response(),
        false => next.run(lingering(around.limits.body_bytes_max, request)).await,
    };
    let is_for_later = matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    // Pages bring their own; whatever is no page has no rights at all.
    for (name, value) in policy::headers(&[], None) {
        headers.entry(HeaderName::from_static(name)).or_insert(value);
    }
    // Names and numbers of people stand in most answers; what may be kept says so itself.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if is_for_later {
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static(RETRY_AFTER_SECONDS));
    }
    if around.is_secure {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}
