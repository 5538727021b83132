//! Everything that is kept of who booked, for them to take along, and its erasing on their wish (FLD-23).

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use office::{BookingLife, CancelledBy, Command};
use serde::Deserialize;
use wire::ProblemCode;

use super::manage::Known;
use crate::{
    book::times::fault_of,
    form::Sent,
    frame::{Frame, ok},
    problem,
    visitor::Visitor,
};
use people::Details;
use secrets::Holder;
use store::{Actor, Record, Upload};
use text::Dates;

#[derive(Template)]
#[template(path = "booking/data.html")]
struct DataPage {
    f: Frame,
    back: String,
    json: String,
    lines: Vec<(String, String)>,
    uploads: Vec<Upload>,
    agreed: Option<String>,
}

/// Everything that is kept of who booked.
struct Everything {
    known: Known,
    record: Record,
    uploads: Vec<Upload>,
    /// The privacy notice that they agreed to, as they read it (OMB-12).
    agreed: Option<String>,
}

/// As a page that prints well.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Response {
    let Everything { known, record, uploads, agreed } = match everything(&visitor, &link).await {
        Ok(all) => all,
        Err(code) => return problem::page_of(&visitor, code),
    };
    let voice = visitor.voice;
    let dates = Dates { voice, zone: known.config.zone };
    let service = known.config.services.get(&known.booking.promise.service);
    let mut lines = vec![
        (voice.say("fact-when"), known.when(&visitor)),
        (voice.say("fact-service"), known.service(&visitor)),
        (voice.say("fact-code"), secrets::readable(&known.booking.reference)),
        (voice.say("data-created"), dates.day_and_time(record.created_at)),
    ];
    lines.extend(record.email.clone().map(|email| (voice.say("fact-email"), email)));
    if let Some((at, ..)) = &record.consent {
        lines.push((voice.say("data-consent"), dates.day_and_time(*at)));
    }
    let details = record.details.as_ref().and_then(Details::from_json);
    lines.extend(details.map(|details| details.lines(service, voice)).unwrap_or_default());
    let back = format!("/booking/{link}");
    let f = visitor.frame().at(format!("{back}/data"));
    ok(&DataPage { f, json: format!("{back}/data.json"), back, lines, uploads, agreed })
}

/// As JSON, for programs.
pub async fn json(visitor: Visitor, Path(link): Path<String>) -> Response {
    let Everything { known, record, uploads, agreed } = match everything(&visitor, &link).await {
        Ok(all) => all,
        Err(code) => return problem::page_of(&visitor, code),
    };
    let body = serde_json::json!({
        "office": known.config.key,
        "booking": known.booking.reference.0,
        "promise": known.booking.promise,
        "person": record,
        "documents": uploads,
        "agreed_to": agreed,
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"my-data.json\"")),
    ];
    (headers, body.to_string()).into_response()
}

async fn everything(visitor: &Visitor, link: &str) -> Result<Everything, ProblemCode> {
    let known = Known::behind(visitor, link).map_err(|fault| fault.code)?;
    let person = known.person().ok_or(ProblemCode::NotFound)?;
    let found = visitor.state.readers.read(move |store| {
        let record = store.record(person)?;
        let consent = record.as_ref().and_then(|record| record.consent.as_ref());
        let agreed = consent.map(|(_, version, _)| store.notice(version)).transpose()?.flatten();
        Ok((record, store.uploads_of(person)?, agreed))
    });
    let (record, uploads, agreed) = found.await.map_err(|_| ProblemCode::Unavailable)?;
    let mut record = record.ok_or(ProblemCode::NotFound)?;
    if known.holder == Holder::Served {
        // Where the mails of who booked go is theirs to tell.
        record.email = None;
    }
    Ok(Everything { known, record, uploads, agreed })
}

#[derive(Template)]
#[template(path = "booking/erase.html")]
struct ErasePage {
    f: Frame,
    back: String,
    when: String,
    service: String,
    open: bool,
}

/// Asks whether it is meant.
pub async fn ask(visitor: Visitor, Path(link): Path<String>) -> Response {
    match Known::behind(&visitor, &link) {
        Ok(known) => {
            let back = format!("/booking/{link}");
            let f = visitor.frame().at(format!("{back}/erase"));
            let (when, service) = (known.when(&visitor), known.service(&visitor));
            ok(&ErasePage { f, back, when, service, open: known.is_open() })
        }
        Err(fault) => problem::page_of_fault(&visitor, &fault),
    }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

#[derive(Template)]
#[template(path = "booking/erased.html")]
struct ErasedPage {
    f: Frame,
}

/// Gives the booking up if it still stands, and takes out everything that is kept of who booked.
pub async fn erase(Path(link): Path<String>, Sent { visitor, fields: Nothing {} }: Sent<Nothing>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    if matches!(known.booking.life, BookingLife::Arrived { .. }) {
        return Redirect::to(&format!("/booking/{link}")).into_response();
    }
    let Some(party) = known.booking.life.party().cloned() else {
        return problem::page_of(&visitor, ProblemCode::NotFound);
    };
    let state = &visitor.state;
    if known.is_open() {
        // Past the closing time for changes the wish to be forgotten still stands.
        let command = Command::Cancel { booking: known.booking.id, by: CancelledBy::Staff };
        if let Err(refused) = state.writer.submit(&known.handle.key, Actor::Citizen, None, command).await {
            return problem::page_of_fault(&visitor, &fault_of(&known.handle.read(), &refused));
        }
    }
    let now = state.clock.now();
    let erased = state.writer.change(move |store| {
        let forgotten = store.erase_person(party.person, now)?;
        if let Some(address) = party.address {
            store.forget_address(address)?;
        }
        Ok(forgotten)
    });
    match erased.await {
        Ok(forgotten) => {
            uploads::remove(&state.uploads, &forgotten.files).await;
            ok(&ErasedPage { f: visitor.frame().at("/") })
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
