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
use serde::Deserialize;
use wire::ProblemCode;

use super::session::{agent_cookie, end};
use crate::{
    form::OwnForm,
    frame::{Frame, ok, page},
    paths::Page,
    problem::{self, status_of},
    visitor::Visitor,
};

/// Longest e-mail address.
const EMAIL_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "agent/login.html")]
struct AgentLoginPage {
    f: Frame,
    refusal: Option<String>,
    email: String,
}

/// Shows the form.
pub async fn get(visitor: Visitor) -> Response {
    ok(&AgentLoginPage { f: visitor.frame(), refusal: None, email: String::new() })
}

/// An address and a password, as they were typed.
#[derive(Deserialize)]
pub struct AgentLoginForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// Signs in.
pub async fn post(OwnForm { visitor, fields }: OwnForm<AgentLoginForm>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let email: String = fields.email.trim().to_lowercase().chars().take(EMAIL_CHARACTERS_MAX).collect();
    let attempt = AgentAttempt { from: visitor.from, email: email.clone(), password: Password::new(fields.password) };
    let (code, sentence) = match agent_sign_in::run(&state.ledger, &state.access.limits, attempt).await {
        Ok(begun) => {
            let cookie = [(header::SET_COOKIE, agent_cookie(state, &begun))];
            return Ok((cookie, Redirect::to(&Page::Agent.to_string())).into_response());
        }
        Err(fault) => match fault.code {
            ProblemCode::NotSignedIn => (fault.code, visitor.voice.say("agent-login-wrong")),
            ProblemCode::TooManyRequests => (fault.code, problem::sentence(&visitor, &fault)),
            _ => return Err(fault),
        },
    };
    Ok(page(status_of(code), &AgentLoginPage { f: visitor.frame(), refusal: Some(sentence), email }))
}

/// Signs out.
pub async fn out(headers: HeaderMap, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    let cookie = end(&visitor.state, &headers).await?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&Page::AgentLogin.to_string())).into_response())
}
