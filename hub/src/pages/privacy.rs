//! What is done with personal data, and where to complain (PET-07, OMB-18).

use askama::Template;
use axum::response::Response;

use super::{
    frame::{Frame, ok},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    f: Frame,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    ok(&Privacy { f: visitor.frame() })
}
