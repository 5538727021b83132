//! What is done with personal data, and where to complain (PET-07, OMB-18).

use askama::Template;
use axum::response::Response;

use super::{
    frame::{Frame, ok},
    notice::Notice,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    f: Frame,
    notices: Vec<(String, Notice)>,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    let voice = visitor.voice;
    let of = |office: &office::OfficeConfig| (voice.of_text(&office.name), Notice::of(office, voice));
    let notices = visitor.state.offices.iter().filter_map(|office| office.config(of)).collect();
    ok(&Privacy { f: visitor.frame(), notices })
}
