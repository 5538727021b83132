//! The link of an invitation: an agent sets a password, once for each invitation (TRN-08). Opening it changes nothing.

use acts::{
    Fault,
    set_agent_password::{self, invitee},
    set_new_password::{self, LinkHolder, OpenLink},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    new_password::{self, NewPasswordForm, NewPasswordView},
    problem::WrongField,
    visitor::Visitor,
};

use super::session::agent_cookies;

#[derive(Template)]
#[template(path = "agent/over.html")]
struct InvitationOverPage {
    f: Frame,
}

/// The invitation is good no longer.
fn over(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &InvitationOverPage { f: visitor.frame().at(Page::Front.to_string()) })
}

/// Whoever a link lets set a password: who was invited, or who forgot theirs.
enum AgentLink {
    Invited(set_agent_password::Invitee),
    Forgotten(OpenLink),
}

impl AgentLink {
    async fn open(visitor: &Visitor, link: &str) -> Result<Option<Self>, Fault> {
        let state = &visitor.state;
        if let Some(invitee) = invitee(&state.ledger, &state.key, link).await? {
            return Ok(Some(Self::Invited(invitee)));
        }
        let open = set_new_password::look(&state.ledger, &state.access, link).await?;
        Ok(open.filter(|open| matches!(open.holder, LinkHolder::Agent(_))).map(Self::Forgotten))
    }

    /// Name and address.
    fn names(&self) -> (String, String) {
        match self {
            Self::Invited(invitee) => (invitee.agent().name.clone(), invitee.agent().email.clone()),
            Self::Forgotten(open) => match &open.holder {
                LinkHolder::Agent(agent) => (agent.name.clone(), agent.email.clone()),
                LinkHolder::Account(account) => (account.name.clone(), String::new()),
            },
        }
    }
}

fn show(visitor: &Visitor, link: &str, (name, email): (String, String), refusal: Option<WrongField>) -> Response {
    let view = NewPasswordView {
        is_of_staff: false,
        lead: vec![name, visitor.voice.text("agent-password-lead", "email", &email)],
        action: Page::AgentPassword { link }.to_string(),
        username: email,
        button: "agent-password-set",
    };
    new_password::show(visitor, view, refusal)
}

/// Shows the form.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let open = AgentLink::open(&visitor, &link).await?;
    Ok(open.map_or_else(|| over(&visitor), |open| show(&visitor, &link, open.names(), None)))
}

/// Sets the password; who was invited is signed in by it, and who forgot theirs signs in with it.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<NewPasswordForm>,
) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let Some(open) = AgentLink::open(&visitor, &link).await? else { return Ok(over(&visitor)) };
    let (names, wish) = (open.names(), fields.twice());
    let set = match open {
        AgentLink::Invited(invitee) => {
            let begun = set_agent_password::run(&state.ledger, &state.offices, invitee, wish).await;
            begun.map(|begun| (agent_cookies(&visitor, &begun), Redirect::to(&Page::Agent.to_string())).into_response())
        }
        AgentLink::Forgotten(open) => {
            let set = set_new_password::run(&state.ledger, &state.access, &state.offices, open, wish).await;
            set.map(|()| Redirect::to(&Page::AgentLogin.asking("done=password")).into_response())
        }
    };
    match set {
        Ok(led) => Ok(led),
        Err(refusal) => Ok(match new_password::refusal(refusal, voice)? {
            Some(sentence) => show(&visitor, &link, names, Some(sentence)),
            None => over(&visitor),
        }),
    }
}
