//! Requests that change no office, and so are kept under no command's id in the journal's turn: with an idempotency-key, the
//! same request again within a minute gets the same answer all the same (PROM-09), e.g. an account is made once, and the link
//! that goes with it is said to who asked.

use access::PressName;
use acts::Fault;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, MatchedPath, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use wire::{IDEMPOTENCY_KEY, ProblemCode};

use crate::state::Api;

/// Longest answer that is kept; none of these is longer.
const ANSWER_BYTES_MAX: usize = 16 * 1024;

/// The routes.
const ONCE: [&str; 6] = [
    "/api/v1/sessions",
    "/api/v1/accounts",
    "/api/v1/accounts/{account}/invitations",
    "/api/v1/offices/{office}/devices",
    "/api/v1/pairings",
    "/api/v1/pairings/{pairing}/openings",
];

/// An answer as it is kept, and what was asked.
#[derive(Debug, Clone)]
struct ProgramAnswer {
    asked: PressName,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// Answers a request, or says once more what was answered to it.
pub async fn once(State(state): State<Api>, request: Request, next: Next) -> Response {
    let is_once = request.extensions().get::<MatchedPath>().is_some_and(|path| ONCE.contains(&path.as_str()));
    let key = text(&request, IDEMPOTENCY_KEY).filter(|_| is_once && request.method() == Method::POST);
    let who = text(&request, header::AUTHORIZATION.as_str()).unwrap_or_default();
    let Some(key) = key else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let Ok(body) = Bytes::from_request(Request::from_parts(parts.clone(), body), &state).await else {
        return Fault::from(ProblemCode::TooLarge).into_response();
    };
    let presses = &state.access.presses;
    let names = (presses.name(&["program", &who]), presses.name(&["request", parts.uri.path(), &who, &key]));
    let asked = presses.name(&["body", &String::from_utf8_lossy(&body)]);
    let request = Request::from_parts(parts, Body::from(body));
    let work = async move { kept(asked, next.run(request).await).await };
    match presses.once(names, work).await {
        Ok(answer) if answer.asked != asked => Fault::from(ProblemCode::CommandReused).into_response(),
        Ok(ProgramAnswer { status, headers, body, .. }) => {
            let mut response = (status, body).into_response();
            *response.headers_mut() = headers;
            response
        }
        Err(refusal) => refusal,
    }
}

fn text(request: &Request, header: &str) -> Option<String> {
    request.headers().get(header).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The answer as it is kept; a refusal goes out as it is.
async fn kept(asked: PressName, response: Response) -> Result<ProgramAnswer, Response> {
    if !response.status().is_success() {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match axum::body::to_bytes(body, ANSWER_BYTES_MAX).await {
        Ok(body) => Ok(ProgramAnswer { asked, status: parts.status, headers: parts.headers, body }),
        Err(_) => Err(Fault::from(ProblemCode::InternalError).into_response()),
    }
}
