//! Signing in and out.

use access::{KnownName, NewSession, Password, SESSION_COOKIE, SessionWay};
use acts::{
    Fault, STEP_MINUTES, StepEnd,
    sign_in::{self, SignInAttempt, SignInOutcome, SignInRefusal},
    sign_out,
};
use askama::Template;
use axum::{
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    challenge::{ChallengeForm, ChallengeView},
    extract::PageQuery,
    form::OwnForm,
    frame::{FORGET, Frame, ok, page},
    login::{LoginNewsQuery, LoginRefusal, ProviderButton, buttons, marks},
    problem::status_of,
    signed::{at_home, safe},
    visitor::Visitor,
};

use super::{cookie::add_cookie, step_pass::pass_cookie, through};

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
    /// Through whom else one can sign in.
    buttons: Vec<ProviderButton>,
    /// Whether they come from the address of agents.
    of_agent: bool,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct StaffLoginQuery {
    #[serde(default)]
    next: String,
    /// Why the second step is not to be done any more.
    #[serde(default)]
    why: String,
    #[serde(flatten)]
    news: LoginNewsQuery,
}

/// Shows the form.
pub async fn get(visitor: Visitor, PageQuery(query): PageQuery<StaffLoginQuery>) -> Response {
    let next = safe(&query.next);
    if let Some(session) = &visitor.member {
        return Redirect::to(&at_home(&next, &session.account)).into_response();
    }
    let done = query.news.said(visitor.voice);
    let why = match query.why.as_str() {
        "through-over" => Some(visitor.voice.say("through-over")),
        named => StepEnd::named(named).map(|end| match end {
            StepEnd::Late => visitor.voice.count("step-over-late", STEP_MINUTES.unsigned_abs()),
            StepEnd::Shut => visitor.voice.say("step-over-shut"),
            StepEnd::Changed => visitor.voice.say("step-over-changed"),
        }),
    };
    let (f, buttons, of_agent) = (visitor.frame(), buttons(&visitor, &next), is_of_agent(&next));
    ok(&StaffLoginPage { f, refusal: why, name: String::new(), next, challenge: None, done, buttons, of_agent })
}

/// Whether somebody wants to a page of agents, who sign in with an address mostly.
fn is_of_agent(next: &str) -> bool {
    next.starts_with(&Page::Agent.to_string())
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
    let (page_of_step, pass) =
        match sign_in::run_beside_directory(&state.access, (&state.providers, &state.offices), attempt).await {
            Ok(SignInOutcome::Begun(begun)) => return Ok(leads_home(&visitor, &begun, &next)),
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
    let (f, refusal) = (visitor.frame().marking(marks(code, ["name", "password"])), Some(sentence));
    let (buttons, of_agent) = (buttons(visitor, &next), is_of_agent(&next));
    Ok(page(status_of(code), &StaffLoginPage { f, refusal, name, next, challenge, done: None, buttons, of_agent }))
}

/// To the page that somebody asked for who has just signed in, or to where they are at home.
pub fn leads_home(visitor: &Visitor, begun: &NewSession, next: &str) -> Response {
    leads_in(visitor, begun, Redirect::to(&at_home(next, &begun.session.account)))
}

/// An answer to who has just signed in, with the cookies of the session.
pub fn leads_in(visitor: &Visitor, begun: &NewSession, answer: impl IntoResponse) -> Response {
    let known = visitor.remembering(KnownName::Account(begun.session.account.id));
    let cookies = [begun.cookie(visitor.state.cookies()), known].map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), answer).into_response()
}

/// Signs out.
pub async fn out(headers: HeaderMap, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    if let Some(session) = visitor.any_session() {
        sign_out::run(&visitor.state.access, session).await?;
    }
    let gone = visitor.state.cookies().forget(SESSION_COOKIE);
    // What was read before is not to be read by who comes next.
    let to_login = || Redirect::to(&Page::Login.to_string()).into_response();
    let mut led = through::out::through(&visitor, &headers).unwrap_or_else(to_login);
    add_cookie(&mut led, &gone);
    led.headers_mut().insert(FORGET.0, FORGET.1);
    Ok(led)
}
