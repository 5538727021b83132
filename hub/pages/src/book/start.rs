//! The link in the mail: opening it changes nothing, since mail scanners open links; a button goes on (OMB-04, OMB-05).

use askama::Template;
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::proven::proof_cookie;
use crate::{
    form::Sent,
    frame::{Frame, ok, page},
    problem,
    visitor::Visitor,
};
use secrets::{Start, draw_token};
use store::Actor;
use writer::Noted;
use writer::{CommandId, WriteError};

#[derive(Template)]
#[template(path = "book/start.html")]
struct StartPage {
    f: Frame,
}

#[derive(Template)]
#[template(path = "book/over.html")]
struct OverPage {
    f: Frame,
}

fn over(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &OverPage { f: visitor.frame() })
}

/// The link, if it is ours and still good.
fn good(visitor: &Visitor, link: &str) -> Option<Start> {
    secrets::read_start(&visitor.state.key, link).filter(|start| visitor.state.clock.now() < start.expires_at)
}

/// Shows the button.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Response {
    match good(&visitor, &link) {
        Some(_) => ok(&StartPage { f: visitor.frame() }),
        None => over(&visitor),
    }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Fields {}

/// Proves the address, once.
pub async fn post(Path(link): Path<String>, Sent { visitor, fields: Fields {} }: Sent<Fields>) -> Response {
    let Some(start) = good(&visitor, &link) else { return over(&visitor) };
    let state = &visitor.state;
    let Some(office) = state.offices.iter().next() else { return over(&visitor) };
    // The link's id names a command whose body is never the same: the writer takes it once, also after a restart.
    let id = CommandId { id: start.id, body_hash: Sha256::digest(draw_token().as_bytes()).into() };
    let (address, now) = (start.address, state.clock.now());
    let proven = state.writer.run(&office.key, Actor::Citizen, Some(id), move |bench| {
        Noted(bench.store().prove_address(address, now).is_ok())
    });
    match proven.await {
        Ok(Noted(true)) => {}
        Err(WriteError::CommandReused) => return over(&visitor),
        Ok(Noted(false)) => return problem::page_of(&visitor, wire::ProblemCode::Unavailable),
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    }
    let next = match &start.wanted {
        Some((office, service)) => format!("/book/{office}/{service}"),
        None => "/book/service".to_owned(),
    };
    ([(header::SET_COOKIE, proof_cookie(state, start.address))], Redirect::to(&next)).into_response()
}
