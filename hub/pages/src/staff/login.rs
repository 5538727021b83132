//! Signing in and out.

use access::{NewSession, Password, SESSION_COOKIE};
use acts::{
    Fault,
    sign_in::{self, SignInAttempt},
    sign_out,
};
use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::ProblemCode;

use crate::{
    form::OwnForm,
    frame::{Frame, ok, page},
    paths::Page,
    problem::{self, status_of},
    visitor::Visitor,
};

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "staff/login.html")]
struct StaffLoginPage {
    f: Frame,
    refusal: Option<String>,
    name: String,
    next: String,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct StaffLoginQuery {
    #[serde(default)]
    next: String,
}

/// Shows the form.
pub async fn get(visitor: Visitor, Query(query): Query<StaffLoginQuery>) -> Response {
    let next = safe(&query.next);
    if visitor.session.is_some() {
        return Redirect::to(&next).into_response();
    }
    ok(&StaffLoginPage { f: visitor.frame(), refusal: None, name: String::new(), next })
}

/// A name and a password, as they were typed.
#[derive(Deserialize)]
pub struct StaffLoginForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// Signs in.
pub async fn post(OwnForm { visitor, fields }: OwnForm<StaffLoginForm>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let StaffLoginForm { name, password, next } = fields;
    let next = safe(&next);
    let attempt = SignInAttempt { from: visitor.from, name: name.clone(), password: Password::new(password) };
    let (code, sentence) = match sign_in::run(&state.access, attempt).await {
        Ok(begun) => return Ok(leads_in(&begun, state.is_secure(), &next)),
        Err(fault) => match fault.code {
            ProblemCode::NotSignedIn => (fault.code, visitor.voice.say("login-wrong")),
            ProblemCode::TooManyRequests => (fault.code, problem::sentence(&visitor, &fault)),
            _ => return Err(fault),
        },
    };
    let name = name.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    Ok(page(status_of(code), &StaffLoginPage { f: visitor.frame(), refusal: Some(sentence), name, next }))
}

fn leads_in(begun: &NewSession, is_secure: bool, next: &str) -> Response {
    ([(header::SET_COOKIE, begun.cookie(is_secure))], Redirect::to(next)).into_response()
}

/// Signs out.
pub async fn out(OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    if let Some(session) = &visitor.session {
        sign_out::run(&visitor.state.access, session).await?;
    }
    let secure = if visitor.state.is_secure() { "; Secure" } else { "" };
    let gone = format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to(&Page::Login.to_string())).into_response())
}

/// Only our own staff's pages are led to.
fn safe(next: &str) -> String {
    let staff = Page::Staff.to_string();
    let is_ours = next.starts_with(&staff) || next.starts_with(&Page::Admin.to_string());
    let is_plain = !next.contains("//") && next.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours && is_plain { next.to_owned() } else { staff }
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
