//! The link of an invitation: an agent sets a password, once for each invitation (TRN-08). Opening it changes nothing.

use askama::Template;
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::session::begin;
use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    visitor::Visitor,
};
use access::hash_password;
use secrets::read_invitation;
use store::Agent;

/// Shortest password.
const PASSWORD_CHARACTERS_MIN: usize = 10;
/// Longest; hashing more takes long.
const PASSWORD_CHARACTERS_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "agent/password.html")]
struct PasswordPage {
    f: Frame,
    refusal: Option<String>,
    action: String,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "agent/over.html")]
struct OverPage {
    f: Frame,
}

/// Who is invited by the link, if it is still good.
async fn invited(visitor: &Visitor, link: &str) -> Result<Agent, Response> {
    let over = || page(StatusCode::GONE, &OverPage { f: visitor.frame().at("/") });
    let invitation = read_invitation(&visitor.state.key, link).ok_or_else(over)?;
    if invitation.expires_at <= visitor.state.clock.now() {
        return Err(over());
    }
    let found = visitor.state.readers.read(move |store| store.agent(invitation.agent)).await;
    let agent = found.map_err(|error| problem::page_of_fault(visitor, &error.into()))?.ok_or_else(over)?;
    let is_open = !agent.disabled
        && agent.invited_at.timestamp_millis() == invitation.invited_at
        && agent.active_at.is_none_or(|active| active < agent.invited_at);
    if is_open { Ok(agent) } else { Err(over()) }
}

fn show(visitor: &Visitor, link: &str, agent: Agent, refusal: Option<(StatusCode, String)>) -> Response {
    let (status, refusal) = refusal.map_or((StatusCode::OK, None), |(status, sentence)| (status, Some(sentence)));
    let action = format!("/agent/password/{link}");
    page(status, &PasswordPage { f: visitor.frame(), refusal, action, name: agent.name, email: agent.email })
}

/// Shows the form.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Response {
    match invited(&visitor, &link).await {
        Ok(agent) => show(&visitor, &link, agent, None),
        Err(fault) => fault.into_response(),
    }
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// Sets the password, and signs in.
pub async fn post(Path(link): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let agent = match invited(&visitor, &link).await {
        Ok(agent) => agent,
        Err(fault) => return fault.into_response(),
    };
    let wrong = |sentence| Some((StatusCode::UNPROCESSABLE_ENTITY, sentence));
    let length = fields.password.chars().count();
    if length < PASSWORD_CHARACTERS_MIN {
        let sentence = visitor.voice.with("password-short", "n", PASSWORD_CHARACTERS_MIN);
        return show(&visitor, &link, agent, wrong(sentence));
    }
    if length > PASSWORD_CHARACTERS_MAX {
        return show(&visitor, &link, agent, wrong(visitor.voice.with("text-long", "n", PASSWORD_CHARACTERS_MAX)));
    }
    if fields.password != fields.again {
        return show(&visitor, &link, agent, wrong(visitor.voice.say("agent-password-differs")));
    }
    let hashed = tokio::task::spawn_blocking(move || hash_password(&fields.password)).await;
    let Ok(Ok(password)) = hashed else { return problem::page_of(&visitor, wire::ProblemCode::Unavailable) };
    let (state, now, id) = (&visitor.state, visitor.state.clock.now(), agent.id);
    match state.writer.change(move |store| store.activate_agent(&agent, &password, now)).await {
        Ok(true) => {}
        Ok(false) => return page(StatusCode::GONE, &OverPage { f: visitor.frame().at("/") }),
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    }
    match begin(state, id).await {
        Ok(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/agent")).into_response(),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
