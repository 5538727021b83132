//! How it is chosen who is next, what the choice knows, and how to contest it (NEW-02, Law 4961/2022); and when the line is
//! usually short today (NEW-12).

use askama::Template;
use axum::response::Response;
use stationery::{
    frame::{Frame, ok},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage {
    f: Frame,
    offices: Vec<OfficeLines>,
}

/// An office, as far as its lines are known.
struct OfficeLines {
    name: String,
    /// When few wait long, e.g. "08:00–09:30".
    short: Vec<String>,
    /// Of a hundred appointments, how many began within three minutes of their time, as a sentence.
    kept: Option<String>,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let offices = visitor.state.offices.going().filter_map(|handle| {
        let words = visitor.state.texts.voice(handle.row, voice);
        let office = handle.read();
        let name = words.of_text(&office.config.as_ref()?.name);
        let short = office::outlook::short_lines_today(&office, now);
        let short = short.into_iter().map(|(from, to)| format!("{}–{}", from.format("%H:%M"), to.format("%H:%M")));
        let kept = office::outlook::appointments_kept_percent(&office);
        let kept = kept.map(|percent| voice.with("order-kept", "percent", percent));
        Some(OfficeLines { name, short: short.collect(), kept })
    });
    let offices = offices.collect();
    ok(&OrderPage { f: visitor.frame(), offices })
}
