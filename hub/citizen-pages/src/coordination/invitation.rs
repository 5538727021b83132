//! Somebody who was invited to coordinate a unit presses that they do (PRE-06), signed in.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use coordination::roles::{RoleFlaw, accept};
use paths::Page;
use secrets::read_coordinator;
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, page},
    signed::MemberVisitor,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "coordination/invitation.html")]
struct CoordinatorInvitationPage {
    f: Frame,
    refusal: Option<String>,
    unit: String,
    /// Whether they are signed in; else where that is done, and where an account is made.
    is_member: bool,
    sign_in: String,
    register: String,
    action: String,
}

async fn shown(visitor: &Visitor, link: &str, refusal: Option<String>) -> Result<Response, Fault> {
    let invitation = read_coordinator(&visitor.state.key, link).ok_or(RoleFlaw::InvitationOver)?;
    let unit = accept::read(visitor.state.conferences(), invitation).await?.ok_or(RoleFlaw::InvitationOver)?;
    let here = Page::CoordinatorInvitation { link }.to_string();
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = CoordinatorInvitationPage {
        f: visitor.frame().staff("member"),
        refusal,
        unit: visitor.voice.of_text(&unit),
        is_member: visitor.member.is_some(),
        sign_in: Page::Login.asking(format_args!("next={here}")),
        register: Page::Register.to_string(),
        action: here,
    };
    Ok(page(status, &shown))
}

/// Shows what is offered.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    shown(&visitor, &link, None).await
}

/// Takes it.
pub async fn post(
    member: MemberVisitor,
    PagePath(link): PagePath<String>,
    OwnForm { visitor, .. }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let invitation = read_coordinator(&state.key, &link).ok_or(RoleFlaw::InvitationOver)?;
    match accept::run(state.conferences(), &state.access, &member.session, invitation).await? {
        Ok(()) => Ok(Redirect::to(&Page::Conferences.to_string()).into_response()),
        Err(flaw @ RoleFlaw::OtherAddress) => shown(&visitor, &link, Some(visitor.voice.say(flaw.sentence()))).await,
        Err(flaw) => Err(flaw.into()),
    }
}
