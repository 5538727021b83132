//! Signing in and out.

use askama::Template;
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::ProblemCode;

use crate::{
    form::Sent,
    frame::{Frame, ok, page},
    problem,
    visitor::Visitor,
};
use access::{SESSION_COOKIE, SignInError};

#[derive(Template)]
#[template(path = "staff/login.html")]
struct LoginPage {
    f: Frame,
    refusal: Option<String>,
    name: String,
    next: String,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
}

/// Shows the form.
pub async fn get(visitor: Visitor, Query(wanted): Query<Wanted>) -> Response {
    if visitor.session.is_some() {
        return Redirect::to(safe(&wanted.next)).into_response();
    }
    let next = safe(&wanted.next).to_owned();
    ok(&LoginPage { f: visitor.frame(), refusal: None, name: String::new(), next })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// Signs in.
pub async fn post(Sent { visitor, fields }: Sent<Fields>) -> Response {
    let state = &visitor.state;
    let name = fields.name.trim();
    let next = safe(&fields.next).to_owned();
    let (status, sentence) =
        match state.access.accounts.sign_in(&state.access, visitor.from, name, fields.password).await {
            Ok(signed) => {
                let Ok(cookie) = HeaderValue::from_str(&signed.cookie(state.is_secure())) else {
                    return problem::page_of(&visitor, ProblemCode::Unavailable);
                };
                return ([(header::SET_COOKIE, cookie)], Redirect::to(&next)).into_response();
            }
            Err(SignInError::Unknown) => (StatusCode::UNAUTHORIZED, visitor.voice.say("login-wrong")),
            Err(SignInError::TooOften) => {
                (StatusCode::TOO_MANY_REQUESTS, problem::sentence(&visitor, &ProblemCode::TooManyRequests.into()))
            }
            Err(SignInError::Write(error)) => return problem::page_of_fault(&visitor, &error.into()),
        };
    let name = name.chars().take(100).collect();
    page(status, &LoginPage { f: visitor.frame(), refusal: Some(sentence), name, next })
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Signs out.
pub async fn out(Sent { visitor, fields: Nothing {} }: Sent<Nothing>) -> Response {
    if let Some(session) = &visitor.session
        && let Err(error) = visitor.state.access.accounts.sign_out(&visitor.state.access, session).await
    {
        return problem::page_of_fault(&visitor, &error.into());
    }
    let secure = if visitor.state.is_secure() { "; Secure" } else { "" };
    let gone = format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}");
    ([(header::SET_COOKIE, gone)], Redirect::to("/login")).into_response()
}

/// Only our own staff's pages are led to.
fn safe(next: &str) -> &str {
    let ours = next.starts_with("/staff") || next.starts_with("/admin");
    if ours && !next.contains("//") && next.bytes().all(|byte| byte.is_ascii_graphic()) { next } else { "/staff" }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nobody_is_led_elsewhere_by_a_link() {
        assert_eq!(safe("/staff/kep/desks/3"), "/staff/kep/desks/3");
        assert_eq!(safe("/admin/devices"), "/admin/devices");
        for wrong in ["", "https://example.org", "//example.org", "/staff//example.org", "/logout", "/staff\r\nX: y"] {
            assert_eq!(safe(wrong), "/staff", "{wrong:?}");
        }
    }
}
