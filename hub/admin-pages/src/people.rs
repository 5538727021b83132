//! One person's data, exported or erased on request (FLD-23). The address is asked for in a form, never in a link; every
//! look is logged (FLD-22).

use acts::{
    Fault, LookGrant, LookKind, erase,
    export::{self, ExportWish},
    said_with,
};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use office::{BookingId, PersonId};
use paths::Page;
use secrets::Holder;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    signed::StaffVisitor,
    visitor::Visitor,
};
use store::{Actor, Record};
use uuid::Uuid;
use wire::ProblemCode;

/// Longest e-mail address.
const EMAIL_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    email: String,
    /// Where citizens' accounts are looked after.
    citizens: Option<String>,
    found: Vec<PersonBox>,
}

impl PeoplePage {
    /// The form alone.
    fn new(visitor: &Visitor) -> Self {
        let f = visitor.frame().admin("admin-people").at(Page::AdminPeople.to_string());
        let office = visitor.state.offices.going().next();
        let citizens = office.map(|office| Page::Citizens { office: &office.key }.to_string());
        Self { f, refusal: None, done: None, email: String::new(), citizens, found: Vec::new() }
    }
}

/// What is kept of one person.
struct PersonBox {
    id: String,
    lines: Vec<(String, String)>,
}

/// Asks whose.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
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
pub async fn post(signed: StaffVisitor, OwnForm { visitor, fields }: OwnForm<PeopleForm>) -> Result<Response, Fault> {
    signed.hub_admin()?;
    let email = fields.email.trim().chars().take(EMAIL_CHARACTERS_MAX).collect::<String>();
    let wanted = people::address_as_kept(&email);
    let records = visitor.state.readers.read(move |store| store.records_of(&wanted)).await?;
    for record in &records {
        look(&signed, record, LookKind::Person).keep(&visitor.state.ledger).await?;
    }
    let shown = PeoplePage { email, ..PeoplePage::new(&visitor) };
    if records.is_empty() {
        let refusal = Some(visitor.voice.say("people-none"));
        let f = shown.f.marking(["email"]);
        return Ok(page(StatusCode::NOT_FOUND, &PeoplePage { f, refusal, ..shown }));
    }
    let found = records.iter().map(|record| PersonBox { id: record.id.0.to_string(), lines: lines(&visitor, record) });
    Ok(page(StatusCode::OK, &PeoplePage { found: found.collect(), ..shown }))
}

/// A look at all that is kept of somebody: it stands with the looks of the office of their booking.
fn look(signed: &StaffVisitor, record: &Record, kind: LookKind) -> LookGrant {
    let (office, booking) = record.booking.unzip();
    LookGrant { office, booking: booking.map(BookingId), ..LookGrant::new(signed.session.account.id, 0, kind) }
}

fn lines(visitor: &Visitor, record: &Record) -> Vec<(String, String)> {
    let voice = visitor.voice;
    let dates = visitor.dates_of_hub();
    let mut lines = vec![
        (voice.say("fact-name"), record.name.clone().unwrap_or_default()),
        (voice.say("data-created"), dates.day_and_time(record.created_at)),
    ];
    lines.extend(record.visit_at.map(|at| (voice.say("fact-when"), dates.day_and_time(at))));
    lines.extend(said_with(record).map(|details| details.lines(None, voice)).unwrap_or_default().into_iter().skip(1));
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

/// Everything that is kept of a person, as a file.
pub async fn export_person(
    signed: StaffVisitor,
    OwnForm { visitor, fields }: OwnForm<PersonForm>,
) -> Result<Response, Fault> {
    signed.hub_admin()?;
    let (state, actor) = (&visitor.state, Actor::Account(signed.session.account.id));
    let wish = ExportWish { person: fields.person()?, holder: Holder::Applicant };
    let person = export::run(&state.ledger, &state.offices, actor, wish).await?;
    let body = serde_json::to_string(&person).map_err(|_| ProblemCode::Unavailable)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"person.json\"")),
    ];
    Ok((headers, body).into_response())
}

/// Takes a person out; a booking that still stands is given up with it.
pub async fn erase_person(
    signed: StaffVisitor,
    OwnForm { visitor, fields }: OwnForm<PersonForm>,
) -> Result<Response, Fault> {
    signed.hub_admin()?;
    let (state, actor) = (&visitor.state, Actor::Account(signed.session.account.id));
    erase::run(&state.ledger, &state.offices, &state.uploads, actor, fields.person()?).await?;
    let done = Some(visitor.voice.say("people-erased"));
    Ok(page(StatusCode::OK, &PeoplePage { done, ..PeoplePage::new(&visitor) }))
}
