//! Somebody ends the links that they have had: one was passed on, or lies on a machine of others. The new one goes by mail.

use acts::{
    BookingName, Fault,
    renew_links::{self, LinkRenewal},
};
use askama::Template;
use axum::response::Response;
use paths::Page;
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, ok},
    visitor::Visitor,
};

use super::{BookingPaths, linked::LinkedBooking};

#[derive(Template)]
#[template(path = "booking/renew.html")]
struct RenewPage {
    f: Frame,
    paths: BookingPaths,
    when: String,
    service: String,
    /// There is an address to which the new one can go.
    can: bool,
}

/// Asks whether it is meant.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let record = linked.record(&visitor).await;
    let can = !linked.email(&visitor, record.as_ref()).await.is_empty();
    let f = visitor.frame().at(linked.paths.renew());
    let (when, service) = (linked.when(&visitor), linked.service(&visitor));
    Ok(ok(&RenewPage { f, paths: linked.paths, when, service, can }))
}

#[derive(Template)]
#[template(path = "booking/renewed.html")]
struct RenewedPage {
    f: Frame,
}

/// Ends them.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: EmptyForm {} }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let renewal = LinkRenewal { booking: BookingName::Number(linked.booking.id), holders: vec![linked.holder] };
    renew_links::run(linked.turn(&visitor), renewal).await?;
    visitor.state.calls.tell(&linked.handle, linked.booking.id);
    Ok(ok(&RenewedPage { f: visitor.frame().at(Page::Front.to_string()) }))
}
