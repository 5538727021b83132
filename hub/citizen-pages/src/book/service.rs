//! Which service (OMB-06).

use acts::Fault;
use askama::Template;
use axum::response::Response;
use stationery::{
    barred::bar,
    frame::{Frame, ok},
    houses::{OfficeEntry, houses},
};

use super::proven::ProvenVisitor;

#[derive(Template)]
#[template(path = "book/service.html")]
struct ServicePage {
    f: Frame,
    refusal: Option<String>,
    offices: Vec<OfficeEntry>,
}

/// Shows the services that can be booked.
pub async fn get(proven: ProvenVisitor) -> Result<Response, Fault> {
    let visitor = &proven.visitor;
    let mut offices = houses(&visitor.state, visitor.voice);
    bar(visitor, visitor.asker().await?, &mut offices);
    Ok(ok(&ServicePage { f: visitor.frame(), refusal: None, offices }))
}
