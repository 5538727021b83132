//! Forms of which the second press gets the first one's answer (PROM-09): what they do cannot be asked of the house again. A
//! session begins or ends, a link or a code is used up, recovery codes are shown, a mail goes out.
//!
//! A form is known by a number that is drawn with it, so that nobody is answered who has not pressed that very form, in that
//! browser, with the same fields. Other forms carry the id of their command, or what they ask is looked at as it is now.
//! Signing in needs no number: the same words from the same browser, with the same cookies, are the same press, so that no
//! session begins whose token lies in no browser.

use access::{PressName, Presses};
use acts::Fault;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, MatchedPath, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use paths::Route;
use wire::ProblemCode;

use crate::{
    state::Pages,
    visitor::{FORM_COOKIE, Visitor},
};

/// Longest answer that is kept; a longer one, which is no answer to these forms, is given once.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// The forms.
const ONCE: [Route; 35] = [
    Route::BookingCode,
    Route::BookingRenew,
    Route::BookingErase,
    Route::HoldExtend,
    Route::HoldConfirm,
    Route::AgentLogin,
    Route::AgentLogout,
    Route::AgentPassword,
    Route::AgentForgotten,
    Route::AgentAccount,
    Route::AdminAgents,
    Route::AdminAgentInvite,
    Route::Login,
    Route::LoginCode,
    Route::LoginSetUp,
    Route::LoginSetUpPasskey,
    Route::LoginPasskey,
    Route::LoginForgotten,
    Route::LoginPassword,
    Route::LoginAddress,
    Route::Logout,
    Route::Lock,
    Route::AccountPassword,
    Route::AccountAddress,
    Route::AccountFactor,
    Route::AccountFactorDrop,
    Route::AccountCodes,
    Route::AccountPasskeyAdd,
    Route::AccountPasskeyDrop,
    Route::DeskHandover,
    Route::AdminDevicesPair,
    Route::AdminClerks,
    Route::AdminClerkInvite,
    Route::AdminClerkAddress,
    Route::AdminClerkFactorDrop,
];

/// Those of them with which a session begins.
const SIGNS_IN: [Route; 7] = [
    Route::AgentLogin,
    Route::AgentPassword,
    Route::Login,
    Route::LoginCode,
    Route::LoginSetUp,
    Route::LoginSetUpPasskey,
    Route::LoginPasskey,
];

/// An answer as it is kept.
#[derive(Debug, Clone)]
struct FormAnswer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl IntoResponse for FormAnswer {
    fn into_response(self) -> Response {
        let Self { status, headers, body } = self;
        let mut response = (status, body).into_response();
        *response.headers_mut() = headers;
        response
    }
}

/// Answers a form, or says once more what was answered to it.
pub async fn once(State(state): State<Pages>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.and_then(|path| Route::of_pattern(path.as_str()));
    let Some(route) = route.filter(|_| request.method() == Method::POST) else { return next.run(request).await };
    let presses = &state.access.presses;
    let browser = state.cookies().read(request.headers(), FORM_COOKIE).unwrap_or_default().to_owned();
    let owner = presses.name(&["browser", &browser]);
    if route == Route::LockNow {
        presses.forget_all_of(owner, None);
    }
    // Who is signed in no more, or whose page is locked, is answered as anybody else is.
    let is_signed_in = request.extensions().get::<Visitor>().is_some_and(|visitor| visitor.session.is_some());
    let is_of_staff = route.pattern().starts_with("/staff/account") || route.pattern().starts_with("/admin");
    if !ONCE.contains(&route) || browser.is_empty() || is_of_staff && !is_signed_in {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = Bytes::from_request(Request::from_parts(parts.clone(), body), &state).await else {
        return Fault::from(ProblemCode::TooLarge).into_response();
    };
    let cookies = SIGNS_IN.contains(&route).then(|| cookies(&parts.headers));
    let named = name(presses, parts.uri.path(), (&browser, cookies), &body);
    let request = Request::from_parts(parts, Body::from(body));
    let Some(name) = named else { return next.run(request).await };
    let leaves = matches!(route, Route::Logout | Route::DeskHandover);
    let forgets = leaves.then(|| presses.clone());
    let work = async move {
        let answer = kept(next.run(request).await).await;
        if let Some(presses) = forgets.filter(|_| answer.is_ok()) {
            presses.forget_all_of(owner, Some(name));
        }
        answer
    };
    match presses.once((owner, name), work).await {
        Ok(answer) => answer.into_response(),
        Err(refusal) => refusal,
    }
}

/// The name of a press. Without a number, which no page of ours leaves out, it is told by all cookies of its browser where
/// they are given, and else has none.
fn name(presses: &Presses, path: &str, (browser, cookies): (&str, Option<String>), body: &Bytes) -> Option<PressName> {
    let body = std::str::from_utf8(body).ok()?;
    let is_numbered = body.split('&').any(|field| field.strip_prefix("press=").is_some_and(|id| !id.is_empty()));
    if is_numbered {
        return Some(presses.name(&["form", path, browser, body]));
    }
    cookies.map(|cookies| presses.name(&["form without a number", path, &cookies, body]))
}

/// Everything that a browser keeps for this hub.
fn cookies(headers: &HeaderMap) -> String {
    let lines = headers.get_all(header::COOKIE).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    lines.collect::<Vec<_>>().join("; ")
}

/// The answer as it is kept; a refusal goes out as it is.
async fn kept(response: Response) -> Result<FormAnswer, Response> {
    if !(response.status().is_success() || response.status().is_redirection()) {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match axum::body::to_bytes(body, ANSWER_BYTES_MAX).await {
        Ok(body) => Ok(FormAnswer { status: parts.status, headers: parts.headers, body }),
        Err(_) => Err(Fault::from(ProblemCode::InternalError).into_response()),
    }
}
