//! Agents sign in and out.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::session::{begin, end};
use crate::{
    form::Sent,
    frame::{Frame, ok, page},
    problem,
    visitor::Visitor,
};
use access::is_password;
use store::Agent;

#[derive(Template)]
#[template(path = "agent/login.html")]
struct LoginPage {
    f: Frame,
    refusal: Option<String>,
    email: String,
}

/// Shows the form.
pub async fn get(visitor: Visitor) -> Response {
    ok(&LoginPage { f: visitor.frame(), refusal: None, email: String::new() })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// Signs in.
pub async fn post(Sent { visitor, fields }: Sent<Fields>) -> Response {
    let state = &visitor.state;
    let email: String = fields.email.trim().to_lowercase().chars().take(254).collect();
    let again = |status, sentence| {
        page(status, &LoginPage { f: visitor.frame(), refusal: Some(sentence), email: email.clone() })
    };
    if !state.access.limits.login_may(visitor.from, &email) {
        let sentence = problem::sentence(&visitor, &wire::ProblemCode::TooManyRequests.into());
        return again(StatusCode::TOO_MANY_REQUESTS, sentence);
    }
    let wanted = email.clone();
    let Ok(known) = state.readers.read(move |store| store.agents_with(&wanted)).await else {
        return problem::page_of(&visitor, wire::ProblemCode::Unavailable);
    };
    let found = tokio::task::spawn_blocking(move || with_password(known, &fields.password)).await;
    let Some(agent) = found.ok().flatten() else {
        state.access.limits.login_failed(visitor.from, &email);
        return again(StatusCode::UNAUTHORIZED, visitor.voice.say("agent-login-wrong"));
    };
    match begin(state, agent.id).await {
        Ok(cookie) => {
            tracing::info!(agent = agent.id, "an agent signed in");
            ([(header::SET_COOKIE, cookie)], Redirect::to("/agent")).into_response()
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}

/// The one of these whose password it is; it takes as long for nobody as for one.
fn with_password(agents: Vec<Agent>, password: &str) -> Option<Agent> {
    if agents.is_empty() {
        is_password(password, None);
    }
    agents.into_iter().find(|agent| is_password(password, agent.password.as_deref()))
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Signs out.
pub async fn out(headers: HeaderMap, Sent { visitor, fields: Nothing {} }: Sent<Nothing>) -> Response {
    match end(&visitor.state, &headers).await {
        Ok(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/agent/login")).into_response(),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
