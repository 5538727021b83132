//! Signing in and out.

use access::{KnownName, NewSession, Password, SESSION_COOKIE, SessionWay};
use acts::{
    Fault,
    sign_in::{self, SignInAttempt, SignInOutcome, SignInRefusal},
    sign_out,
};
use askama::Template;
use axum::{
    extract::Query,
    http::{HeaderValue, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use text::Voice;
use wire::ProblemCode;

use super::step_pass::pass_cookie;
use crate::{
    book::challenge::{self, ChallengeForm, ChallengeView},
    form::OwnForm,
    frame::{FORGET, Frame, ok, page},
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
    challenge: Option<ChallengeView>,
    done: Option<String>,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct StaffLoginQuery {
    #[serde(default)]
    next: String,
    #[serde(flatten)]
    news: LoginNewsQuery,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct LoginNewsQuery {
    #[serde(default)]
    done: String,
}

impl LoginNewsQuery {
    /// In words.
    pub fn said(&self, voice: Voice) -> Option<String> {
        (self.done == "password").then(|| voice.say("new-password-done"))
    }
}

/// Shows the form.
pub async fn get(visitor: Visitor, Query(query): Query<StaffLoginQuery>) -> Response {
    let next = safe(&query.next);
    if visitor.session.is_some() {
        return Redirect::to(&next).into_response();
    }
    let done = query.news.said(visitor.voice);
    ok(&StaffLoginPage { f: visitor.frame(), refusal: None, name: String::new(), next, challenge: None, done })
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
    #[serde(flatten)]
    challenge: ChallengeForm,
}

/// Signs in.
pub async fn post(OwnForm { visitor, fields }: OwnForm<StaffLoginForm>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let StaffLoginForm { name, password, next, challenge } = fields;
    let next = safe(&next);
    let attempt = SignInAttempt {
        from: visitor.from,
        name: name.clone(),
        password: Password::new(password),
        browser: visitor.browser.clone(),
        challenge: challenge.solved(&visitor),
        earlier: visitor.any_session().cloned(),
        way: SessionWay::Page,
    };
    let (page_of_step, pass) = match sign_in::run(&state.access, attempt).await {
        Ok(SignInOutcome::Begun(begun)) => return Ok(leads_in(&visitor, &begun, Redirect::to(&next))),
        Ok(SignInOutcome::CodeAsked(pass)) => (Page::LoginCode, pass),
        Ok(SignInOutcome::SetUpAsked(pass)) => (Page::LoginSetUp, pass),
        Err(refusal) => return refused(&visitor, refusal, &name, next),
    };
    let cookie = [(header::SET_COOKIE, pass_cookie(state.cookies(), &pass))];
    Ok((cookie, Redirect::to(&page_of_step.asking(format_args!("next={next}")))).into_response())
}

/// The form once more, with what was wrong.
fn refused(visitor: &Visitor, refusal: SignInRefusal, name: &str, next: String) -> Result<Response, Fault> {
    let LoginRefusal { code, sentence, challenge } = LoginRefusal::of(visitor, refusal, "login-wrong")?;
    let name = name.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    let (f, refusal) = (visitor.frame(), Some(sentence));
    Ok(page(status_of(code), &StaffLoginPage { f, refusal, name, next, challenge, done: None }))
}

/// Why nobody is signed in, as the form says it when it is shown again.
#[derive(Debug)]
pub struct LoginRefusal {
    /// The status of the page.
    pub code: ProblemCode,
    /// The sentence.
    pub sentence: String,
    /// What is to be solved before the next attempt.
    pub challenge: Option<ChallengeView>,
}

impl LoginRefusal {
    /// What the form says.
    ///
    /// # Errors
    /// What the form has no sentence for.
    pub fn of(visitor: &Visitor, refusal: SignInRefusal, wrong: &str) -> Result<Self, Fault> {
        let fault = match refusal {
            SignInRefusal::Challenge => match challenge::show(visitor) {
                Some(challenge) => {
                    let sentence = visitor.voice.say("login-challenge");
                    return Ok(Self { code: ProblemCode::TooManyRequests, sentence, challenge: Some(challenge) });
                }
                // A hub that shows no challenges has only time to give.
                None => ProblemCode::TooManyRequests.into(),
            },
            SignInRefusal::Fault(fault) => fault,
        };
        let sentence = match fault.code {
            ProblemCode::NotSignedIn => visitor.voice.say(wrong),
            ProblemCode::TooManyRequests | ProblemCode::Unavailable => problem::sentence(visitor, &fault),
            _ => return Err(fault),
        };
        Ok(Self { code: fault.code, sentence, challenge: None })
    }
}

/// An answer to who has just signed in, with the cookies of the session.
pub fn leads_in(visitor: &Visitor, begun: &NewSession, answer: impl IntoResponse) -> Response {
    let known = visitor.remembering(KnownName::Account(begun.session.account.id));
    let cookies = [begun.cookie(visitor.state.cookies()), known].map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), answer).into_response()
}

/// One more cookie for an answer.
pub fn add_cookie(answer: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Signs out.
pub async fn out(OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    if let Some(session) = visitor.any_session() {
        sign_out::run(&visitor.state.access, session).await?;
    }
    let gone = visitor.state.cookies().forget(SESSION_COOKIE);
    // What was read before is not to be read by who comes next.
    let mut led = Redirect::to(&Page::Login.to_string()).into_response();
    add_cookie(&mut led, &gone);
    led.headers_mut().insert(FORGET.0, FORGET.1);
    Ok(led)
}

/// Only our own staff's pages are led to.
pub fn safe(next: &str) -> String {
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
