//! The front page: what can be booked, and what to bring.

use askama::Template;
use axum::response::Response;

use super::{
    frame::{Frame, ok},
    houses::{House, houses},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    f: Frame,
    offices: Vec<House>,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    ok(&Front { f: visitor.frame().at("/"), offices: houses(&visitor.state, visitor.voice) })
}
