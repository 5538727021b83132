//! What every page wears: its cookies and headers; and whoever is told no gets a page that says why and what to do next.

use access::{FormOrigin, PlaceRefusal, PurseRefusal};
use acts::Fault;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use paths::Route;
use teleconference::RoomAddress;
use wire::ProblemCode;

use crate::{
    policy::{self, Right},
    problem,
    state::Pages,
    visitor::Visitor,
};

/// Gives a page its cookies and headers, and a fault its page.
pub async fn dress(State(state): State<Pages>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.and_then(|path| Route::of_pattern(path.as_str()));
    let (visitor, request, cookies) = Visitor::greet(&state, request);
    let unpaid = request.extensions().get::<PurseRefusal>().copied();
    if unpaid.is_none() {
        visitor.keep_language().await;
    }
    // Whatever a form is for, and however it is read.
    let is_foreign =
        !request.method().is_safe() && FormOrigin::of(request.headers(), &state.public_url) == FormOrigin::Foreign;
    let mut response = match (request.extensions().get::<PlaceRefusal>(), unpaid) {
        (Some(PlaceRefusal), _) => Fault::from(ProblemCode::Unavailable).into_response(),
        (None, Some(refusal)) => Fault::too_fast(refusal).into_response(),
        (None, None) if is_foreign => Fault::of_foreign_form("form-foreign").into_response(),
        (None, None) => next.run(request).await,
    };
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        response = problem::page(&visitor, &fault);
    }
    let headers = response.headers_mut();
    if let Some(PurseRefusal { seconds }) = unpaid {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    let rights: &[Right] = route.map_or(&[], policy::rights);
    for (name, value) in policy::headers(rights, state.calls.provider.shown_within().map(RoomAddress::origin)) {
        headers.entry(name).or_insert(value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
