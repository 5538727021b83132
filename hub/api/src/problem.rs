//! Saying no to programs: `application/problem+json` (RFC 9457), in the reader's language.

use access::{PlaceRefusal, PurseRefusal};
use acts::Fault;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use wire::{Language, ProblemCode};

use crate::state::Api;

/// Whoever is told to come again later, and not when, comes again then.
const RETRY_AFTER_SECONDS: u16 = 10;

fn status_of(code: ProblemCode) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or_default()
}

/// The reader's language, by `Accept-Language`, as pages have it.
pub fn language_of(headers: &HeaderMap) -> Language {
    text::asked(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

/// Gives every refusal under `/api/` its body, also those of the router itself.
pub async fn render_faults(State(state): State<Api>, request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let path = request.uri().path();
    if !path.starts_with("/api/") && !path.ends_with("/feed") {
        return next.run(request).await;
    }
    let office = path.strip_prefix("/api/v1/offices/").and_then(|rest| rest.split('/').next());
    let zone = office.and_then(|key| state.offices.get(key)).and_then(|office| office.config(|config| config.zone));
    let unpaid = request.extensions().get::<PurseRefusal>().copied();
    let response = match (request.extensions().get::<PlaceRefusal>(), unpaid) {
        (Some(PlaceRefusal), _) => Fault::from(ProblemCode::Unavailable).into_response(),
        (None, Some(refusal)) => Fault::too_fast(refusal).into_response(),
        (None, None) => next.run(request).await,
    };
    let fault = match response.extensions().get::<Fault>() {
        Some(fault) => fault.clone(),
        None => match of_router(response.status()) {
            Some(code) if !is_json(&response) => code.into(),
            Some(_) | None => return response,
        },
    };
    let problem = fault.problem(language, zone.unwrap_or(chrono_tz::Europe::Athens), state.clock.now());
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut answer = (status_of(fault.code), body).into_response();
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json; charset=utf-8"));
    answer.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    if fault.code == ProblemCode::TooManyRequests {
        let seconds = unpaid.map_or(RETRY_AFTER_SECONDS, |refusal| refusal.seconds);
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(allow) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    answer
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

fn of_router(status: StatusCode) -> Option<ProblemCode> {
    match status {
        StatusCode::NOT_FOUND => Some(ProblemCode::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(ProblemCode::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(ProblemCode::TooLarge),
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(ProblemCode::Unavailable),
        StatusCode::INTERNAL_SERVER_ERROR => Some(ProblemCode::InternalError),
        status if status.is_client_error() => Some(ProblemCode::Malformed),
        _ => None,
    }
}
