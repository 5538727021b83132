//! Giving a booking up (OMB-15): asked once, done by a button, never by opening a link.

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{CancelledBy, Command};
use serde::Deserialize;

use super::manage::Known;
use crate::problem::status_of;
use crate::{
    book::times::fault_of,
    form::Sent,
    frame::{Frame, page},
    problem,
    visitor::Visitor,
};
use acts::Fault;
use store::Actor;

#[derive(Template)]
#[template(path = "booking/cancel.html")]
struct CancelPage {
    f: Frame,
    back: String,
    refusal: Option<String>,
    when: String,
    service: String,
}

fn show(visitor: &Visitor, link: &str, known: &Known, fault: Option<&Fault>) -> Response {
    let refusal = fault.map(|fault| problem::sentence(visitor, fault));
    let back = format!("/booking/{link}");
    let f = visitor.frame().at(format!("{back}/cancel"));
    let (when, service) = (known.when(visitor), known.service(visitor));
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.code));
    page(status, &CancelPage { f, back, refusal, when, service })
}

/// Asks whether it is meant.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Response {
    match Known::behind(&visitor, &link) {
        Ok(known) if known.is_changeable(&visitor) => show(&visitor, &link, &known, None),
        Ok(_) => Redirect::to(&format!("/booking/{link}")).into_response(),
        Err(fault) => problem::page_of_fault(&visitor, &fault),
    }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Gives it up.
pub async fn post(Path(link): Path<String>, Sent { visitor, fields: Nothing {} }: Sent<Nothing>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let back = || Redirect::to(&format!("/booking/{link}")).into_response();
    if !known.is_open() {
        return back();
    }
    let command = Command::Cancel { booking: known.booking.id, by: CancelledBy::Citizen };
    match visitor.state.writer.submit(&known.handle.key, Actor::Citizen, None, command).await {
        Ok(_) => back(),
        Err(refused) => {
            let fault = fault_of(&known.handle.read(), &refused);
            show(&visitor, &link, &known, Some(&fault))
        }
    }
}
