//! The link of an invitation: somebody agrees to be an agent, once for each invitation (TRN-08). Who has an account signs in with it
//! first, who has none sets a password. Opening the link changes nothing.

use access::KnownName;
use acts::{
    Fault,
    agent_invitation::{self, Invitee, invitee},
};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok, page},
    new_password::{self, NewPasswordForm, NewPasswordView},
    problem::WrongField,
    visitor::Visitor,
};

use super::session::{BooksAs, agents_of};

#[derive(Template)]
#[template(path = "agent/over.html")]
struct InvitationOverPage {
    f: Frame,
}

/// Somebody who has an account agrees with it.
#[derive(Template)]
#[template(path = "agent/agree.html")]
struct InvitationPage {
    f: Frame,
    name: String,
    email: String,
    action: String,
    /// The user name of who is signed in.
    user: Option<String>,
    /// Where one signs in.
    login: String,
}

/// The invitation is good no longer.
fn over(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &InvitationOverPage { f: visitor.frame().at(Page::Front.to_string()) })
}

fn show(visitor: &Visitor, link: &str, invitee: &Invitee, refusal: Option<WrongField>) -> Response {
    let (name, email) = (invitee.agent().name.clone(), invitee.agent().email.clone());
    let action = Page::AgentPassword { link }.to_string();
    let user = visitor.member.as_ref().map(|session| session.account.name.clone());
    if user.is_some() || invitee.has_account() {
        let login = Page::Login.asking(format_args!("next={action}"));
        return ok(&InvitationPage { f: visitor.frame().at(action.clone()), name, email, action, user, login });
    }
    let view = NewPasswordView {
        is_of_staff: false,
        lead: vec![name, visitor.voice.text("agent-password-lead", "email", &email)],
        action,
        username: email,
        button: "agent-password-set",
    };
    new_password::show(visitor, view, refusal)
}

/// Shows the form.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let found = invitee(&visitor.state.ledger, &visitor.state.key, &link).await?;
    Ok(found.map_or_else(|| over(&visitor), |found| show(&visitor, &link, &found, None)))
}

/// Agrees, with the account of who is signed in, or with one that is made with the password.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<NewPasswordForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let Some(found) = invitee(&state.ledger, &state.key, &link).await? else { return Ok(over(&visitor)) };
    let agent = BooksAs::Agent(found.agent().id);
    let to_list = || Redirect::to(&Page::Agent.to_string()).into_response();
    if let Some(session) = &visitor.member {
        return Ok(match agent_invitation::agree(&state.access, session, found).await? {
            true => agent.kept(state, to_list()),
            false if agents_of(&visitor).await?.is_empty() => over(&visitor),
            // They are one of that office already.
            false => to_list(),
        });
    }
    if found.has_account() {
        return Ok(show(&visitor, &link, &found, None));
    }
    let wish = (fields.twice(), visitor.voice.0);
    match agent_invitation::run(&state.access, &state.offices, found.clone(), wish).await {
        Ok(begun) => {
            let known = visitor.remembering(KnownName::Account(begun.session.account.id));
            let cookies = [begun.cookie(state.cookies()), known].map(|cookie| (header::SET_COOKIE, cookie));
            Ok(agent.kept(state, (AppendHeaders(cookies), to_list()).into_response()))
        }
        Err(refusal) => Ok(match new_password::refusal(refusal, visitor.voice)? {
            Some(sentence) => show(&visitor, &link, &found, Some(sentence)),
            None => over(&visitor),
        }),
    }
}
