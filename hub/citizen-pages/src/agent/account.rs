//! An agent changes their own password.

use acts::{Fault, change_own_password};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    new_password::{self, OwnPasswordForm},
    problem::WrongField,
};
use wire::ProblemCode;

use super::session::{AgentVisitor, session_token};

#[derive(Template)]
#[template(path = "agent/account.html")]
struct AgentAccountPage {
    f: Frame,
    refusal: Option<String>,
    name: String,
    email: String,
}

fn show(signed: &AgentVisitor, refusal: Option<WrongField>) -> Response {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(refusal);
    let (name, email) = (signed.agent.name.clone(), signed.agent.email.clone());
    page(status, &AgentAccountPage { f: signed.visitor.frame().marking(marks), refusal, name, email })
}

/// Shows the form.
pub async fn get(signed: AgentVisitor) -> Response {
    show(&signed, None)
}

/// Changes it.
pub async fn post(
    signed: AgentVisitor,
    headers: HeaderMap,
    OwnForm { visitor, fields }: OwnForm<OwnPasswordForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let token = session_token(&visitor, &headers).ok_or(ProblemCode::NotSignedIn)?;
    let (own, new) = fields.parts(&visitor);
    let whose = (&signed.agent, token.as_str());
    let changed =
        change_own_password::run_for_agent(&state.ledger, &state.access, &state.offices, whose, own, new).await;
    match changed {
        Ok(()) => Ok(Redirect::to(&Page::Agent.asking("password=1")).into_response()),
        Err(refusal) => Ok(show(&signed, new_password::refusal(refusal, visitor.voice)?)),
    }
}
