//! The link of an invitation: an agent sets a password, once for each invitation (TRN-08). Opening it changes nothing.

use access::Password;
use acts::{
    Fault,
    set_agent_password::{self, AgentPassword, AgentPasswordRefusal, invitee},
};
use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::Agent;

use super::session::agent_cookies;
use crate::{
    form::OwnForm,
    frame::{Frame, page},
    new_password,
    paths::Page,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "agent/password.html")]
struct AgentPasswordPage {
    f: Frame,
    refusal: Option<String>,
    action: String,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "agent/over.html")]
struct InvitationOverPage {
    f: Frame,
}

/// The invitation is good no longer.
fn over(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &InvitationOverPage { f: visitor.frame().at(Page::Front.to_string()) })
}

fn show(visitor: &Visitor, link: &str, agent: &Agent, refusal: Option<String>) -> Response {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (action, name, email) = (Page::AgentPassword { link }.to_string(), agent.name.clone(), agent.email.clone());
    page(status, &AgentPasswordPage { f: visitor.frame(), refusal, action, name, email })
}

/// Shows the form.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Result<Response, Fault> {
    let invitee = invitee(&visitor.state.ledger, &visitor.state.key, &link).await?;
    Ok(invitee.map_or_else(|| over(&visitor), |invitee| show(&visitor, &link, invitee.agent(), None)))
}

/// A new password, typed twice.
#[derive(Deserialize)]
pub struct AgentPasswordForm {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// Sets the password, and signs in.
pub async fn post(
    Path(link): Path<String>,
    OwnForm { visitor, fields }: OwnForm<AgentPasswordForm>,
) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let Some(invitee) = invitee(&state.ledger, &state.key, &link).await? else { return Ok(over(&visitor)) };
    let agent = invitee.agent().clone();
    let AgentPasswordForm { password, again } = fields;
    let wish = AgentPassword { password: Password::new(password), again: Password::new(again) };
    let sentence = match set_agent_password::run(&state.ledger, invitee, wish).await {
        Ok(begun) => {
            let cookie = agent_cookies(&visitor, &begun);
            return Ok((cookie, Redirect::to(&Page::Agent.to_string())).into_response());
        }
        Err(AgentPasswordRefusal::Password(fault)) => new_password::wrong(fault, voice),
        Err(AgentPasswordRefusal::Differs) => voice.say("agent-password-differs"),
        Err(AgentPasswordRefusal::Over) => return Ok(over(&visitor)),
        Err(AgentPasswordRefusal::Fault(fault)) => return Err(fault),
    };
    Ok(show(&visitor, &link, &agent, Some(sentence)))
}
