//! Forms that people send: small, and only from our own pages.

use access::FormOrigin;
use acts::Fault;
use axum::{
    Form,
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, MatchedPath, Request},
    http::StatusCode,
};
use paths::Route;
use people::is_unseen;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, de::DeserializeOwned};
use wire::ProblemCode;

use super::visitor::Visitor;
use crate::state::Pages;

/// Forms by which somebody is somebody from then on: nobody may be signed in as another from elsewhere, so that a browser
/// that does not say from where such a form was sent is refused.
const SIGN_IN: [Route; 8] = [
    Route::Login,
    Route::LoginCode,
    Route::LoginSetUp,
    Route::LoginSetUpPasskey,
    Route::LoginPasskey,
    Route::LoginPassword,
    Route::DeskHandover,
    Route::AgentPassword,
];

/// No page's form has more fields; each costs something to read, whoever sends it.
const FIELDS_MAX: usize = 2_000;

/// Where a refusal is about the form itself: its page has another by now.
pub const OLD_FORM: &str = "form";

/// A form from one of our own pages, and who sent it.
#[derive(Debug)]
pub struct OwnForm<T> {
    /// Who sent it.
    pub visitor: Visitor,
    /// What stood in it.
    pub fields: T,
}

/// What stands in the way where a form is none of this browser's: whether a sign-in ended, and which.
fn not_own(visitor: &Visitor, route: Option<Route>) -> Fault {
    let sentence = match (visitor.any_session(), route) {
        (Some(_), _) => "form-of-before",
        // Those are sent by who was signed in.
        (None, Some(Route::Logout | Route::Lock | Route::LockNow | Route::DeskHandover)) => {
            return ProblemCode::NotSignedIn.into();
        }
        (None, _) => "form-without-cookie",
    };
    let words = Some(text::both(|voice| voice.say(sentence)));
    Fault { words, place: Some(OLD_FORM.to_owned()), ..ProblemCode::NotSignedIn.into() }
}

/// A form in which nothing is filled in: its button says everything.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct EmptyForm {}

/// Forms that say of what nobody sees in which field it stands, since somebody else's name may be written there.
const SAYS_WHAT_IS_HIDDEN: [Route; 2] = [Route::NewBookingBook, Route::StaffBookingDetails];
/// Fields in which each letter counts.
const SECRET: [&str; 3] = ["password", "again", "own"];

/// Whether what nobody sees is taken out of a form before it is read: whatever staff and agents write, it was copied along.
fn is_cleaned(route: Route) -> bool {
    let of_staff = [Route::Staff, Route::Admin, Route::Login, Route::Agent];
    !SAYS_WHAT_IS_HIDDEN.contains(&route) && of_staff.iter().any(|above| route.is_within(*above))
}

/// The form with as many fields as a form of ours may have; without what nobody sees where that is taken out of it.
async fn looked_over(request: Request, is_cleaned: bool, state: &Pages) -> Result<Request, Fault> {
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), state).await;
    let body = body.map_err(|_| Fault::from(ProblemCode::TooLarge))?;
    if body.iter().filter(|byte| **byte == b'&').count() >= FIELDS_MAX {
        return Err(ProblemCode::TooLarge.into());
    }
    let body = match std::str::from_utf8(&body) {
        Ok(fields) if is_cleaned => Bytes::from(without_hidden(fields)),
        Ok(_) | Err(_) => body,
    };
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Fields as a form sends them, without what nobody sees; the ends of lines stay.
fn without_hidden(fields: &str) -> String {
    let cleaned = |pair: &str| {
        let Some((name, value)) = pair.split_once('=').filter(|(name, _)| !SECRET.contains(name)) else {
            return pair.to_owned();
        };
        let text = value.replace('+', " ");
        let text = percent_decode_str(&text).decode_utf8_lossy();
        let is_hidden = |letter: char| is_unseen(letter) && !matches!(letter, '\n' | '\r' | '\t');
        if !text.contains(is_hidden) {
            return pair.to_owned();
        }
        let seen: String = text.chars().filter(|letter| !is_hidden(*letter)).collect();
        format!("{name}={}", utf8_percent_encode(&seen, NON_ALPHANUMERIC))
    };
    fields.split('&').map(cleaned).collect::<Vec<_>>().join("&")
}

#[derive(Deserialize)]
struct GuardedForm<T> {
    #[serde(default)]
    csrf: String,
    /// Which form it is, for who answers the same form once; it is none of the fields.
    #[serde(default, rename = "press")]
    _press: String,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned> FromRequest<Pages> for OwnForm<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &Pages) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let origin = FormOrigin::of(&parts.headers, &state.access.public_url);
        let route = parts.extensions.get::<MatchedPath>().and_then(|path| Route::of_pattern(path.as_str()));
        let signs_in = route.is_some_and(|route| SIGN_IN.contains(&route));
        let request = Request::from_parts(parts, body);
        let request = looked_over(request, route.is_some_and(is_cleaned), state).await?;
        let form = Form::<GuardedForm<T>>::from_request(request, state).await.map_err(|rejection| {
            let code = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
                _ => ProblemCode::Malformed,
            };
            Fault::from(code)
        })?;
        let GuardedForm { csrf, _press: _, fields } = form.0;
        if origin != FormOrigin::Own && signs_in {
            return Err(Fault::of_foreign_form("sign-in-origin-unsaid"));
        }
        if !visitor.is_own_form(&csrf) {
            return Err(not_own(&visitor, route));
        }
        Ok(Self { visitor, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_11_what_nobody_sees_is_taken_out_of_what_staff_write() {
        let hidden = "csrf=a&name=%CE%9A%E2%80%AE%CE%BB%E2%80%8B&note=a%00b%0D%0Ac&password=a%E2%80%8Bb&x=1+2";
        let seen = "csrf=a&name=%CE%9A%CE%BB&note=ab%0D%0Ac&password=a%E2%80%8Bb&x=1+2";
        assert_eq!(without_hidden(hidden), seen);
        assert_eq!(without_hidden("name=a+b%E2%80%8Fc"), "name=a%20bc", "a blank stays one");
        assert_eq!(without_hidden(""), "");
    }

    #[test]
    fn new_11_every_form_of_staff_is_cleaned_or_says_what_is_hidden() {
        let is_of_staff = |route: &&Route| route.is_within(Route::Staff) || route.is_within(Route::Admin);
        let left: Vec<&Route> = Route::ALL.iter().filter(is_of_staff).filter(|route| !is_cleaned(**route)).collect();
        assert_eq!(left, [&Route::NewBookingBook, &Route::StaffBookingDetails]);
        assert!(!is_cleaned(Route::Hold) && !is_cleaned(Route::Book), "citizens are told");
    }
}
