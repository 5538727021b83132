//! The front page: what can be booked, when next, and what to bring (TRN-01, PET-01).

use askama::Template;
use axum::{extract::Query, response::Response};
use serde::Deserialize;
use stationery::{
    frame::{Frame, ok},
    houses::{OfficeEntry, houses_with_times, search},
    visitor::Visitor,
};

/// Longest text that is searched for.
const WANTED_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    f: Frame,
    offices: Vec<OfficeEntry>,
    wanted: String,
    found: u16,
    /// Some office gives numbers without a booking (FLD-30).
    walk_ins: bool,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct SearchQuery {
    #[serde(default)]
    q: String,
}

/// Shows it.
pub async fn get(visitor: Visitor, Query(query): Query<SearchQuery>) -> Response {
    let wanted: String = query.q.trim().chars().take(WANTED_CHARACTERS_MAX).collect();
    let mut offices = houses_with_times(&visitor.state, visitor.voice);
    let walk_ins = offices.iter().any(|office| office.suspended.is_none());
    let found = if wanted.is_empty() { 0 } else { search(&mut offices, &wanted) };
    ok(&FrontPage { f: visitor.frame(), offices, wanted, found: u16::try_from(found).unwrap_or(u16::MAX), walk_ins })
}
