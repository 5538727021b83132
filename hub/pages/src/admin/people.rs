//! One person's data, exported or erased on request (FLD-23). The address is asked for in a form, never in a link; every
//! look is logged (FLD-22).

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use office::{BookingId, BookingLife, CancelledBy, Command, PersonId};
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
    visitor::Visitor,
};
use acts::{Look, LookKind};
use people::Details;
use store::{Actor, Record, Upload};
use text::Dates;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    email: String,
    found: Vec<Found>,
}

struct Found {
    id: String,
    lines: Vec<(String, String)>,
}

/// Asks whose.
pub async fn get(signed: Signed) -> Response {
    match signed.hub_admin() {
        Ok(()) => show(&signed.visitor, StatusCode::OK, (None, None), String::new(), Vec::new()),
        Err(fault) => fault.into_response(),
    }
}

fn show(
    visitor: &Visitor,
    status: StatusCode,
    (refusal, done): (Option<String>, Option<String>),
    email: String,
    found: Vec<Found>,
) -> Response {
    let f = visitor.frame().admin("admin-people").at("/admin/people");
    page(status, &PeoplePage { f, refusal, done, email, found })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    email: String,
}

/// Shows what is kept of the people of an address.
pub async fn post(signed: Signed, Sent { visitor, fields }: Sent<Fields>) -> Response {
    if let Err(fault) = signed.hub_admin() {
        return fault.into_response();
    }
    let email = fields.email.trim().chars().take(254).collect::<String>();
    let (wanted, voice) = (email.clone(), visitor.voice);
    let records = match visitor.state.readers.read(move |store| store.records_of(&wanted)).await {
        Ok(records) => records,
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    };
    for record in &records {
        if let Err(fault) = look(&signed, record, LookKind::Person).keep(&visitor.state.ledger).await {
            return problem::page_of_fault(&visitor, &fault);
        }
    }
    if records.is_empty() {
        let none = Some(voice.say("people-none"));
        return show(&visitor, StatusCode::NOT_FOUND, (none, None), email, Vec::new());
    }
    let found = records.iter().map(|record| Found { id: record.id.0.to_string(), lines: lines(&visitor, record) });
    show(&visitor, StatusCode::OK, (None, None), email, found.collect())
}

/// A look at all that is kept of somebody: it stands with the looks of the office of their booking.
fn look(signed: &Signed, record: &Record, kind: LookKind) -> Look {
    let (office, booking) = record.booking.unzip();
    Look { office, booking: booking.map(BookingId), ..Look::new(signed.session.account.id, 0, kind) }
}

fn lines(visitor: &Visitor, record: &Record) -> Vec<(String, String)> {
    let voice = visitor.voice;
    let dates = Dates { voice, zone: chrono_tz::Europe::Athens };
    let mut lines = vec![
        (voice.say("fact-name"), record.name.clone().unwrap_or_default()),
        (voice.say("data-created"), dates.day_and_time(record.created_at)),
    ];
    lines.extend(record.visit_at.map(|at| (voice.say("fact-when"), dates.day_and_time(at))));
    let details = record.details.as_ref().and_then(Details::from_json);
    lines.extend(details.map(|details| details.lines(None, voice)).unwrap_or_default().into_iter().skip(1));
    lines
}

/// Which person.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    person: String,
}

/// Everything that is kept of a person, as a file.
pub async fn export(signed: Signed, Sent { visitor, fields }: Sent<Chosen>) -> Response {
    if let Err(fault) = signed.hub_admin() {
        return fault.into_response();
    }
    let Ok(id) = Uuid::try_parse(&fields.person) else { return problem::page_of(&visitor, ProblemCode::NotFound) };
    let person = PersonId(id);
    let found = visitor.state.readers.read(move |store| Ok((store.record(person)?, store.uploads_of(person)?)));
    let (record, uploads): (Record, Vec<Upload>) = match found.await {
        Ok((Some(record), uploads)) => (record, uploads),
        Ok((None, _)) => return problem::page_of(&visitor, ProblemCode::NotFound),
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    };
    if let Err(fault) = look(&signed, &record, LookKind::Export).keep(&visitor.state.ledger).await {
        return problem::page_of_fault(&visitor, &fault);
    }
    let body = serde_json::json!({ "person": record, "documents": uploads }).to_string();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"person.json\"")),
    ];
    (headers, body).into_response()
}

/// Takes a person out; a booking that still stands is given up with it.
pub async fn erase(signed: Signed, Sent { visitor, fields }: Sent<Chosen>) -> Response {
    if let Err(fault) = signed.hub_admin() {
        return fault.into_response();
    }
    let Ok(id) = Uuid::try_parse(&fields.person) else { return problem::page_of(&visitor, ProblemCode::NotFound) };
    let person = PersonId(id);
    let state = &visitor.state;
    for handle in state.offices.iter() {
        let open: Vec<BookingId> = {
            let office = handle.read();
            let is_theirs =
                |life: &BookingLife| matches!(life, BookingLife::Confirmed { party } if party.person == person);
            office.bookings.values().filter(|booking| is_theirs(&booking.life)).map(|booking| booking.id).collect()
        };
        for booking in open {
            let command = Command::Cancel { booking, by: CancelledBy::Staff };
            let actor = Actor::Account(signed.session.account.id);
            if let Err(error) = state.writer.submit(&handle.key, actor, None, command).await {
                tracing::warn!(%error, %booking, "the booking of an erased person could not be given up");
            }
        }
    }
    let now = state.clock.now();
    match state.writer.change(move |store| store.erase_person(person, now)).await {
        Ok(forgotten) if forgotten.people > 0 => {
            uploads::remove(&state.uploads, &forgotten.files).await;
            tracing::info!(admin = signed.session.account.id, person = %id, "a person's data was erased");
            let done = Some(visitor.voice.say("people-erased"));
            show(&visitor, StatusCode::OK, (None, done), String::new(), Vec::new())
        }
        Ok(_) => problem::page_of(&visitor, ProblemCode::NotFound),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
