//! The link to the person for whom somebody else booked (OMB-14): opening it changes nothing; a button has the mails of the
//! booking sent there too, another has the address forgotten.

use acts::{
    Fault, booking_key,
    prove_served::{self, ServedAnswer, ServedOutcome},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use secrets::{Holder, booking_link, read_served};
use serde::Deserialize;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok, page},
    visitor::Visitor,
};
use text::Dates;
use wire::ProblemCode;

#[derive(Template)]
#[template(path = "booking/served.html")]
struct ServedPage {
    f: Frame,
    office: String,
    when: String,
    action: String,
}

#[derive(Template)]
#[template(path = "booking/served_over.html")]
struct ServedOverPage {
    f: Frame,
    title: String,
    sentence: String,
}

fn over(visitor: &Visitor, status: StatusCode, title: &str, sentence: &str) -> Response {
    let f = visitor.frame().at(Page::Front.to_string());
    page(status, &ServedOverPage { f, title: visitor.voice.say(title), sentence: visitor.voice.say(sentence) })
}

fn gone(visitor: &Visitor) -> Response {
    over(visitor, StatusCode::GONE, "served-over-title", "served-over")
}

/// Shows the two buttons.
pub async fn get(visitor: Visitor, PagePath(text): PagePath<String>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let Some(link) = read_served(&state.key, &text) else { return Ok(gone(&visitor)) };
    let waiting = prove_served::waiting(&state.ledger, &state.offices, &link).await?;
    let Some((handle, booking)) = waiting else { return Ok(gone(&visitor)) };
    let voice = visitor.voice;
    let said = handle.config(|config| {
        let dates = Dates { voice, zone: config.zone, now: state.clock.now() };
        (voice.of_text(&config.name), dates.day_and_time(booking.promise.start))
    });
    let (office, when) = said.ok_or(ProblemCode::Unavailable)?;
    let action = Page::Served { link: &text }.to_string();
    Ok(ok(&ServedPage { f: visitor.frame().of_office(state, &handle), office, when, action }))
}

/// Which button was pressed.
#[derive(Debug, Deserialize)]
pub struct ServedForm {
    #[serde(default)]
    answer: String,
}

/// Proves the address, or forgets it.
pub async fn post(
    PagePath(text): PagePath<String>,
    OwnForm { visitor, fields: form }: OwnForm<ServedForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let Some(link) = read_served(&state.key, &text) else { return Ok(gone(&visitor)) };
    let answer = if form.answer == "yes" { ServedAnswer::Mine } else { ServedAnswer::NotMine };
    Ok(match prove_served::run(&state.ledger, &state.offices, &link, answer).await? {
        ServedOutcome::Proven => {
            let handle = state.office(&link.office)?;
            let booking = handle.read().bookings.get(&link.booking).cloned().ok_or(ProblemCode::NotFound)?;
            let opens = booking_key::run(&state.readers, handle, &booking, Holder::Served).await?;
            let own = booking_link(&state.key, &opens);
            Redirect::to(&format!("{own}?served=1")).into_response()
        }
        ServedOutcome::Forgotten => over(&visitor, StatusCode::OK, "served-forgotten-title", "served-forgotten"),
        ServedOutcome::Over => gone(&visitor),
    })
}
