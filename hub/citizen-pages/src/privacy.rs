//! What is done with personal data, and where to complain (PET-07, OMB-18).

use acts::Notice;
use askama::Template;
use axum::response::Response;
use stationery::{
    frame::{Frame, ok},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    f: Frame,
    notices: Vec<(String, Notice)>,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    let voice = visitor.voice;
    let notices = visitor.state.offices.iter().filter_map(|office| {
        let words = visitor.state.texts.voice(office.row, voice);
        office.config(|config| (words.of_text(&config.name), Notice::of(config, &words)))
    });
    let notices = notices.collect();
    ok(&PrivacyPage { f: visitor.frame(), notices })
}
