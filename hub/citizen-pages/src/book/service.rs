//! Which service (OMB-06).

use askama::Template;
use axum::response::Response;
use stationery::{
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
pub async fn get(proven: ProvenVisitor) -> Response {
    let visitor = &proven.visitor;
    ok(&ServicePage { f: visitor.frame(), refusal: None, offices: houses(&visitor.state, visitor.voice) })
}
