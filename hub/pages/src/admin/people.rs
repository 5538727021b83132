//! One person's data, exported or erased on request (FLD-23). The address is asked for in a form, never in a link; every
//! look is logged (FLD-22).

use acts::{Fault, Look, LookKind};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use office::{BookingId, BookingLife, CancelledBy, Command, PersonId};
use people::Details;
use serde::{Deserialize, Serialize};
use store::{Actor, Record, Upload};
use text::Dates;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    form::Sent,
    frame::{Frame, page},
    paths::Page,
    staff::signed::Signed,
    visitor::Visitor,
};

/// Longest e-mail address.
const EMAIL_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    email: String,
    found: Vec<PersonBox>,
}

impl PeoplePage {
    /// The form alone.
    fn new(visitor: &Visitor) -> Self {
        let f = visitor.frame().admin("admin-people").at(Page::AdminPeople.to_string());
        Self { f, refusal: None, done: None, email: String::new(), found: Vec::new() }
    }
}

/// What is kept of one person.
struct PersonBox {
    id: String,
    lines: Vec<(String, String)>,
}

/// Asks whose.
pub async fn get(signed: Signed) -> Result<Response, Fault> {
    signed.hub_admin()?;
    Ok(page(StatusCode::OK, &PeoplePage::new(&signed.visitor)))
}

/// Whose data is looked for.
#[derive(Debug, Deserialize)]
pub struct PeopleForm {
    #[serde(default)]
    email: String,
}

/// Shows what is kept of the people of an address.
pub async fn post(signed: Signed, Sent { visitor, fields }: Sent<PeopleForm>) -> Result<Response, Fault> {
    signed.hub_admin()?;
    let email = fields.email.trim().chars().take(EMAIL_CHARACTERS_MAX).collect::<String>();
    let wanted = email.clone();
    let records = visitor.state.readers.read(move |store| store.records_of(&wanted)).await?;
    for record in &records {
        look(&signed, record, LookKind::Person).keep(&visitor.state.ledger).await?;
    }
    let shown = PeoplePage { email, ..PeoplePage::new(&visitor) };
    if records.is_empty() {
        let refusal = Some(visitor.voice.say("people-none"));
        return Ok(page(StatusCode::NOT_FOUND, &PeoplePage { refusal, ..shown }));
    }
    let found = records.iter().map(|record| PersonBox { id: record.id.0.to_string(), lines: lines(&visitor, record) });
    Ok(page(StatusCode::OK, &PeoplePage { found: found.collect(), ..shown }))
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

/// One person of those found.
#[derive(Debug, Deserialize)]
pub struct PersonForm {
    #[serde(default)]
    person: String,
}

impl PersonForm {
    /// The person whom it names.
    fn person(&self) -> Result<PersonId, ProblemCode> {
        Uuid::try_parse(&self.person).map(PersonId).map_err(|_| ProblemCode::NotFound)
    }
}

/// Everything that is kept of a person, as the downloaded file has it.
#[derive(Debug, Serialize)]
struct PersonFile {
    /// What they sent beforehand.
    documents: Vec<Upload>,
    /// What stands of them in the store.
    person: Record,
}

/// Everything that is kept of a person, as a file.
pub async fn export(signed: Signed, Sent { visitor, fields }: Sent<PersonForm>) -> Result<Response, Fault> {
    signed.hub_admin()?;
    let body = everything(&signed, &visitor, fields.person()?).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"person.json\"")),
    ];
    Ok((headers, body).into_response())
}

/// Takes a person out; a booking that still stands is given up with it.
pub async fn erase(signed: Signed, Sent { visitor, fields }: Sent<PersonForm>) -> Result<Response, Fault> {
    signed.hub_admin()?;
    take_out(&signed, &visitor, fields.person()?).await?;
    let done = Some(visitor.voice.say("people-erased"));
    Ok(page(StatusCode::OK, &PeoplePage { done, ..PeoplePage::new(&visitor) }))
}

/// Everything that is kept of a person, as JSON; the look is kept first.
async fn everything(signed: &Signed, visitor: &Visitor, person: PersonId) -> Result<String, Fault> {
    let found = visitor.state.readers.read(move |store| Ok((store.record(person)?, store.uploads_of(person)?)));
    let (record, uploads): (Option<Record>, Vec<Upload>) = found.await?;
    let record = record.ok_or(ProblemCode::NotFound)?;
    look(signed, &record, LookKind::Export).keep(&visitor.state.ledger).await?;
    let file = PersonFile { documents: uploads, person: record };
    serde_json::to_string(&file).map_err(|_| ProblemCode::Unavailable.into())
}

/// Gives up what is booked for a person, and takes them out.
async fn take_out(signed: &Signed, visitor: &Visitor, person: PersonId) -> Result<(), Fault> {
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
    let forgotten = state.writer.change(move |store| store.erase_person(person, now)).await?;
    if forgotten.people == 0 {
        return Err(ProblemCode::NotFound.into());
    }
    uploads::remove(&state.uploads, &forgotten.files).await;
    tracing::info!(admin = signed.session.account.id, person = %person.0, "a person's data was erased");
    Ok(())
}
