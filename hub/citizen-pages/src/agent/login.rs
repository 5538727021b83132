//! Agents sign in and out.

use access::Password;
use acts::{
    Fault,
    agent_sign_in::{self, AgentAttempt},
};
use askama::Template;
use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    challenge::{ChallengeForm, ChallengeView},
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, ok, page},
    login::{LoginNewsQuery, LoginRefusal, marks},
    problem::status_of,
    visitor::Visitor,
};

use super::session::{agent_cookies, end, session_token};

/// Longest e-mail address.
const EMAIL_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "agent/login.html")]
struct AgentLoginPage {
    f: Frame,
    refusal: Option<String>,
    email: String,
    challenge: Option<ChallengeView>,
    done: Option<String>,
}

/// Shows the form.
pub async fn get(visitor: Visitor, PageQuery(query): PageQuery<LoginNewsQuery>) -> Response {
    let done = query.said(visitor.voice);
    ok(&AgentLoginPage { f: visitor.frame(), refusal: None, email: String::new(), challenge: None, done })
}

/// An address and a password, as they were typed.
#[derive(Deserialize)]
pub struct AgentLoginForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(flatten)]
    challenge: ChallengeForm,
}

/// Signs in.
pub async fn post(headers: HeaderMap, OwnForm { visitor, fields }: OwnForm<AgentLoginForm>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let email: String = fields.email.trim().to_lowercase().chars().take(EMAIL_CHARACTERS_MAX).collect();
    let attempt = AgentAttempt {
        from: visitor.from,
        email: email.clone(),
        password: Password::new(fields.password),
        browser: visitor.browser.clone(),
        challenge: fields.challenge.solved(&visitor),
        earlier: session_token(&visitor, &headers),
    };
    let refusal = match agent_sign_in::run(&state.ledger, &state.access, attempt).await {
        Ok(begun) => {
            return Ok((agent_cookies(&visitor, &begun), Redirect::to(&Page::Agent.to_string())).into_response());
        }
        Err(refusal) => refusal,
    };
    let LoginRefusal { code, sentence, challenge } = LoginRefusal::of(&visitor, refusal, "agent-login-wrong")?;
    let (f, refusal) = (visitor.frame().marking(marks(code, ["email", "password"])), Some(sentence));
    Ok(page(status_of(code), &AgentLoginPage { f, refusal, email, challenge, done: None }))
}

/// Signs out.
pub async fn out(headers: HeaderMap, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    let cookie = end(&visitor.state, &headers).await?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&Page::AgentLogin.to_string())).into_response())
}
