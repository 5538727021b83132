//! Forms of which the second press gets the first one's answer (PROM-09): what they do cannot be asked of the house again. A
//! session begins or ends, a link or a code is used up, recovery codes are shown, a mail goes out.
//!
//! A form is known by a number that is drawn with it, so that nobody is answered who has not pressed that very form, in that
//! browser, with the same fields. Other forms carry the id of their command, or what they ask is looked at as it is now.
//! Signing in needs no number: the same words from the same browser, with the same cookies, are the same press, so that no
//! session begins whose token lies in no browser.

use access::{Cookies, SESSION_COOKIE};
use acts::Fault;
use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use paths::{Page, Route};
use store::PressDigest;
use wire::ProblemCode;

use crate::{
    badge_cookies::{DATA_COOKIE, PROOF_COOKIE, STEP_COOKIE},
    frame::{Frame, ok},
    state::Pages,
    visitor::{FORM_COOKIE, Visitor},
};

/// Longest answer that is kept; a longer one, which is no answer to these forms, is given once.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// How long a press is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PressMemory {
    /// For a moment, with its answer: somebody signs in, or leaves. Later it is done anew.
    Moment,
    /// For a moment with its answer, and for days as done: what was shown once is not made a second time behind the back of
    /// whoever wrote the first down.
    Days,
    /// For days as done, where the answer led on: what it changed may have been changed again since, and a page that is sent
    /// again does not change it back. A look at what would be is no change, and shown anew.
    Changes,
}

/// The forms. Those with the id of a command are known to the writer.
const ONCE: [(Route, PressMemory); 65] = [
    (Route::BookingChange, PressMemory::Changes),
    (Route::BookingCorrect, PressMemory::Changes),
    (Route::BookingCode, PressMemory::Days),
    (Route::BookingCodeSend, PressMemory::Days),
    (Route::BookingRenew, PressMemory::Days),
    (Route::BookingErase, PressMemory::Days),
    (Route::HoldExtend, PressMemory::Moment),
    (Route::HoldConfirm, PressMemory::Moment),
    (Route::AgentPassword, PressMemory::Days),
    (Route::AdminAgents, PressMemory::Days),
    (Route::AdminAgentInvite, PressMemory::Days),
    (Route::AdminText, PressMemory::Changes),
    (Route::StaffBookingAction, PressMemory::Changes),
    (Route::Login, PressMemory::Moment),
    (Route::LoginCode, PressMemory::Moment),
    (Route::LoginSetUp, PressMemory::Days),
    (Route::LoginSetUpPasskey, PressMemory::Days),
    (Route::LoginPasskey, PressMemory::Moment),
    (Route::LoginForgotten, PressMemory::Days),
    (Route::LoginPassword, PressMemory::Days),
    (Route::LoginAddress, PressMemory::Days),
    (Route::Logout, PressMemory::Moment),
    (Route::Lock, PressMemory::Moment),
    (Route::AccountPassword, PressMemory::Days),
    (Route::AccountAddress, PressMemory::Days),
    (Route::AccountFactor, PressMemory::Days),
    (Route::AccountFactorDrop, PressMemory::Days),
    (Route::AccountCodes, PressMemory::Days),
    (Route::AccountPasskeyAdd, PressMemory::Days),
    (Route::AccountPasskeyDrop, PressMemory::Days),
    (Route::DeskHandover, PressMemory::Moment),
    (Route::AdminDevicesPair, PressMemory::Days),
    (Route::AdminClerks, PressMemory::Days),
    (Route::AdminClerkInvite, PressMemory::Days),
    (Route::AdminClerkAddress, PressMemory::Days),
    (Route::AdminClerkFactorDrop, PressMemory::Days),
    (Route::AdminClerkGrants, PressMemory::Changes),
    (Route::AdminLevels, PressMemory::Days),
    (Route::StaffLevels, PressMemory::Days),
    (Route::Register, PressMemory::Days),
    (Route::RegisterAgain, PressMemory::Days),
    (Route::RegisterActivate, PressMemory::Days),
    (Route::MemberDetails, PressMemory::Days),
    (Route::MemberLevel, PressMemory::Days),
    (Route::MemberErase, PressMemory::Days),
    (Route::LoginEmail, PressMemory::Days),
    (Route::LoginConnect, PressMemory::Days),
    (Route::MemberJoinConfirm, PressMemory::Days),
    (Route::LoginUndo, PressMemory::Days),
    (Route::CitizenAction, PressMemory::Days),
    (Route::CertifyOne, PressMemory::Days),
    (Route::CertifyRevoke, PressMemory::Days),
    (Route::RequestAction, PressMemory::Days),
    (Route::StaffRequestAction, PressMemory::Days),
    (Route::MemberRole, PressMemory::Days),
    (Route::RoleRequestAction, PressMemory::Days),
    (Route::CoordinationUnitsAction, PressMemory::Days),
    (Route::CoordinationMaintenanceAction, PressMemory::Days),
    (Route::CoordinatorInvitation, PressMemory::Days),
    (Route::ConferenceChange, PressMemory::Changes),
    (Route::ConferenceAction, PressMemory::Days),
    (Route::ConferenceMeetingAction, PressMemory::Changes),
    (Route::ConferenceSecretaryAction, PressMemory::Changes),
    (Route::ConferenceMinutes, PressMemory::Changes),
    (Route::ConferenceGuestAction, PressMemory::Changes),
];

/// Those of them with which a session begins.
const SIGNS_IN: [Route; 6] = [
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
    let memory = ONCE.iter().find_map(|(one, memory)| (*one == route).then_some(*memory));
    let Some(memory) = memory.filter(|_| !browser.is_empty()) else { return next.run(request).await };
    // Who is signed in no more, or whose page is locked, is answered as anybody else is.
    let visitor = request.extensions().get::<Visitor>().cloned();
    let is_signed_in = visitor.as_ref().is_some_and(|visitor| visitor.session.is_some());
    let is_of_staff = route.is_within(Route::Staff) && route != Route::DeskHandover || route.is_within(Route::Admin);
    if is_of_staff && !is_signed_in {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = Bytes::from_request(Request::from_parts(parts.clone(), body), &state).await else {
        return Fault::from(ProblemCode::TooLarge).into_response();
    };
    let (headers, path) = (parts.headers.clone(), parts.uri.path().to_owned());
    let request = Request::from_parts(parts, Body::from(body.clone()));
    let Some(body) = known_by(&body, route) else { return next.run(request).await };
    let done = PressReply {
        state: state.clone(),
        name: PressDigest::of(&["form", &path, &browser, body]),
        memory,
        back: back(route, &path),
        visitor,
    };
    // Whoever has lost what signed them in since, or never had it, gets no answer that was another's: those who asked are
    // known by their cookies, as they were before the answer, or as it left them. Without a number all cookies are looked at.
    let is_numbered = has(body, "press");
    let held = badge(state.cookies(), &headers);
    let name = |badge: &[String]| {
        let mut parts = vec!["form", path.as_str(), browser.as_str(), body];
        parts.extend(badge.iter().map(String::as_str));
        presses.name(&parts)
    };
    if memory == PressMemory::Changes {
        return done.or(next.run(request)).await;
    }
    let first = if is_numbered { name(&held) } else { presses.name(&["form", &path, &all_cookies(&headers), body]) };
    let leaves = matches!(route, Route::Logout | Route::DeskHandover);
    let forgets = leaves.then(|| presses.clone());
    let work = async move {
        let answer = kept(done.or(next.run(request)).await).await;
        if let Some(presses) = forgets.filter(|_| answer.is_ok()) {
            presses.forget_all_of(owner, Some(first));
        }
        answer
    };
    match presses.once((owner, first), work).await {
        Ok(answer) => {
            if is_numbered {
                let left = badge_after(state.cookies(), held, &answer.headers);
                presses.also(owner, first, name(&left));
            }
            answer.into_response()
        }
        Err(refusal) => refusal,
    }
}

/// A press that is known as done for days.
struct PressReply {
    state: Pages,
    name: PressDigest,
    memory: PressMemory,
    /// Where somebody goes on who pressed once more what was answered with a page of its own.
    back: String,
    visitor: Option<Visitor>,
}

impl PressReply {
    /// The answer where this was done before; else does it, and remembers that it was done.
    async fn or(self, work: impl Future<Output = Response>) -> Response {
        let Self { state, name, memory, back, visitor } = self;
        if memory == PressMemory::Moment {
            return work.await;
        }
        let known = state.readers.read(move |store| store.done_press(&name)).await;
        match known {
            Ok(Some(done)) => {
                return if let Some(place) = done.place {
                    Redirect::to(&place).into_response()
                } else {
                    visitor.map_or_else(
                        || Redirect::to(&back).into_response(),
                        |visitor| said_before(&visitor, done.at, &back),
                    )
                };
            }
            Ok(None) => {}
            Err(_) => return Fault::from(ProblemCode::Unavailable).into_response(),
        }
        let answer = work.await;
        let place = answer.headers().get(header::LOCATION).and_then(|place| place.to_str().ok()).map(str::to_owned);
        let place = place.filter(|_| answer.status().is_redirection());
        if place.is_some() || memory == PressMemory::Days && answer.status().is_success() {
            let at = state.clock.now();
            // It is done, whether or not this is remembered.
            let _ = state.writer.change(move |store| store.note_press(&name, place.as_deref(), at)).await;
        }
        answer
    }
}

#[derive(Template)]
#[template(path = "done_before.html")]
struct DoneBeforePage {
    f: Frame,
    said: String,
    back: String,
}

/// That it was done before, and when; what was shown then is shown no more.
fn said_before(visitor: &Visitor, at: DateTime<Utc>, back: &str) -> Response {
    let said = visitor.voice.text("done-before", "when", &visitor.dates_of_hub().day_and_time(at));
    ok(&DoneBeforePage { f: visitor.frame(), said, back: back.to_owned() })
}

/// Below which page a form stands, and where whoever pressed it goes on; the first that fits.
const HOMES: [(Route, Page<'_>); 6] = [
    (Route::Account, Page::Account),
    (Route::AdminAgents, Page::AdminAgents),
    (Route::AdminDevices, Page::AdminDevices),
    (Route::Admin, Page::AdminClerks),
    (Route::Agent, Page::Agent),
    (Route::Login, Page::Login),
];

/// Where whoever pressed a form goes on.
fn back(route: Route, path: &str) -> String {
    if let Some(link) = Route::Booking.named("link", path) {
        return Page::Booking { link }.to_string();
    }
    let home = HOMES.iter().find(|(above, _)| route.is_within(*above));
    home.map_or(Page::Front, |(_, home)| *home).to_string()
}

/// The body by which a press is known: with a number of its own, unless somebody signs in; another form without one is no
/// page's of ours. None where it has a command's id, which the writer knows.
fn known_by(body: &Bytes, route: Route) -> Option<&str> {
    let body = std::str::from_utf8(body).ok()?;
    ((has(body, "press") || SIGNS_IN.contains(&route)) && !has(body, "command")).then_some(body)
}

/// Whether a form says something under a name.
fn has(body: &str, name: &str) -> bool {
    body.split('&').any(|field| field.split_once('=').is_some_and(|(key, id)| key == name && !id.is_empty()))
}

/// Everything that a browser keeps for this hub.
fn all_cookies(headers: &HeaderMap) -> String {
    let lines = headers.get_all(header::COOKIE).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    lines.collect::<Vec<_>>().join("; ")
}

/// What a browser holds of who is signed in there, and of what was proven.
const BADGE: [&str; 4] = [SESSION_COOKIE, STEP_COOKIE, PROOF_COOKIE, DATA_COOKIE];

fn badge(cookies: Cookies, headers: &HeaderMap) -> Vec<String> {
    BADGE.iter().map(|name| cookies.read(headers, name).unwrap_or_default().to_owned()).collect()
}

/// The same, once the browser has taken what an answer sets.
fn badge_after(cookies: Cookies, mut badge: Vec<String>, headers: &HeaderMap) -> Vec<String> {
    for set in headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
        let set = HeaderValue::from_str(set.split(';').next().unwrap_or_default());
        let taken = HeaderMap::from_iter(set.map(|set| (header::COOKIE, set)));
        for (name, held) in BADGE.iter().zip(&mut badge) {
            if let Some(value) = cookies.read(&taken, name) {
                value.clone_into(held);
            }
        }
    }
    badge
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

#[cfg(test)]
mod tests {
    use paths::Route;

    use super::back;

    #[test]
    fn whoever_pressed_goes_on_above_the_form() {
        for (route, path, expect) in [
            (Route::AccountCodes, "/staff/account/codes", "/staff/account"),
            (Route::AdminAgentInvite, "/admin/agents/3/invite", "/admin/agents"),
            (Route::AdminDevicesPair, "/admin/devices/pair", "/admin/devices"),
            (Route::AdminClerkGrants, "/admin/clerks/3/grants", "/admin/clerks"),
            (Route::AdminLevels, "/admin/levels", "/admin/clerks"),
            (Route::LoginSetUp, "/login/set-up", "/login"),
            (Route::BookingErase, "/booking/kep.12.mac/erase", "/booking/kep.12.mac"),
            (Route::Register, "/register", "/"),
            (Route::DeskHandover, "/staff/kep/desks/3/handover", "/"),
        ] {
            assert_eq!(back(route, path), expect, "{path}");
        }
    }
}
