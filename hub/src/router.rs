//! Every route of the hub, with the limits and headers that all of them share.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use crate::{api, linger::lingering, pages, state::AppState};

/// What every page and answer says about itself.
const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors 'none'; \
         form-action 'self'; base-uri 'none'",
    ),
];

/// The hub.
pub fn router(state: AppState) -> Router {
    let limits = state.config.limits;
    let at_once = Router::new()
        .merge(api::router())
        .merge(pages::router(&state))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(limits.request_seconds_max),
        ));
    // In one stack: each layer that a router is given by itself is another box around every request.
    let around_all = ServiceBuilder::new()
        .layer(DefaultBodyLimit::max(limits.body_bytes_max))
        .layer(middleware::from_fn_with_state(state.clone(), dress))
        .layer(CatchPanicLayer::new());
    at_once.merge(api::held_open()).layer(around_all).with_state(state)
}

/// Writes the body of a refusal, and says what every answer says about itself.
async fn dress(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = api::render_faults(&state, lingering(&state, request), next).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if state.is_secure() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Whether the hub can do its work: the writer answers.
async fn health(State(state): State<AppState>) -> Response {
    match state.writer.change(|store| store.epoch()).await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}

async fn metrics(State(state): State<AppState>) -> Response {
    if let Ok((waiting, given_up)) = state.readers.read(|store| store.outbox_counts()).await {
        state.metrics.mails(waiting, given_up);
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4"))];
    (kind, state.metrics.text()).into_response()
}
