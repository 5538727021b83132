//! Somebody who is signed in here came from a provider that nobody here is known to: whether both are one is asked.

use acts::{Fault, connect_identity, give_email};
use askama::Template;
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    badge_cookies::ARRIVAL_COOKIE,
    form::{EmptyForm, OwnForm},
    frame::{Frame, ok},
    signed::MemberVisitor,
    visitor::Visitor,
};

use super::refused::refused;
use crate::cookie::add_cookie;

#[derive(Template)]
#[template(path = "through/connect.html")]
struct ThroughConnectPage {
    f: Frame,
    name: String,
    user: String,
}

fn token(visitor: &Visitor, headers: &HeaderMap) -> String {
    visitor.state.cookies().read(headers, ARRIVAL_COOKIE).unwrap_or_default().to_owned()
}

/// Where they are at home.
fn home(member: &MemberVisitor) -> Page<'static> {
    if member.session.is_staff() { Page::Account } else { Page::Member }
}

/// Asks whether the way in that was just taken is to be connected with this account.
pub async fn get(member: MemberVisitor, headers: HeaderMap) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let token = token(visitor, &headers);
    let Some(arrival) = give_email::look(&visitor.state.access, &token).await? else {
        return Ok(Redirect::to(&home(&member).to_string()).into_response());
    };
    let user = member.session.account.name.clone();
    Ok(ok(&ThroughConnectPage { f: visitor.frame(), name: arrival.name, user }))
}

/// Connects both.
pub async fn post(
    member: MemberVisitor,
    headers: HeaderMap,
    OwnForm { visitor, fields: EmptyForm {} }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let token = token(&visitor, &headers);
    let mut answer = match connect_identity::run(&visitor.state.access, &member.session, &token).await {
        Ok(()) if member.session.is_staff() => Redirect::to(&Page::Account.to_string()).into_response(),
        Ok(()) => Redirect::to(&Page::Member.asking("done=connected")).into_response(),
        Err(refusal) => refused(&visitor, "", refusal, false)?,
    };
    add_cookie(&mut answer, &visitor.state.cookies().forget(ARRIVAL_COOKIE));
    Ok(answer)
}
