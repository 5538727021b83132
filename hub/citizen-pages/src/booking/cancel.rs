//! Giving a booking up (OMB-15): asked once, done by a button, never by opening a link.

use acts::{
    BookingName, Fault,
    cancel::{self, Cancellation},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::CancelledBy;
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, page},
    problem::{self, status_of},
    visitor::Visitor,
};

use super::{BookingPaths, linked::LinkedBooking};

#[derive(Template)]
#[template(path = "booking/cancel.html")]
struct CancelPage {
    f: Frame,
    paths: BookingPaths,
    refusal: Option<String>,
    when: String,
    service: String,
}

fn show(visitor: &Visitor, linked: &LinkedBooking, fault: Option<&Fault>) -> Response {
    let refusal = fault.map(|fault| problem::sentence(visitor, fault));
    let paths = linked.paths.clone();
    let f = visitor.frame().at(paths.cancel());
    let (when, service) = (linked.when(visitor), linked.service(visitor));
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.code));
    page(status, &CancelPage { f, paths, refusal, when, service })
}

/// Asks whether it is meant.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    if linked.is_changeable(&visitor) {
        Ok(show(&visitor, &linked, None))
    } else {
        Ok(Redirect::to(&linked.paths.booking()).into_response())
    }
}

/// Gives it up.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: EmptyForm {} }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let back = || Redirect::to(&linked.paths.booking()).into_response();
    if !linked.is_open() {
        return Ok(back());
    }
    let booking = BookingName::Number(linked.booking.id);
    match cancel::run(linked.turn(&visitor), Cancellation { booking, by: CancelledBy::Citizen }).await {
        Ok(_) => Ok(back()),
        Err(fault) => Ok(show(&visitor, &linked, Some(&fault))),
    }
}
