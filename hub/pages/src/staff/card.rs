//! Who a visit is, for the clerk who serves it. Every look is logged (FLD-22).

use crate::problem::status_of;
use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{BookingId, FillerKind, NoteId, Office, Origin, PersonId, PublicId, Rank, Service, VisitState};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::ProblemCode;

use super::signed::Signed;
use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
};
use acts::{Fault, Look, LookKind};
use people::{Behalf, Details};
use post::document;
use secrets::draw_id;
use store::Paper;
use text::{Dates, Voice};
use writer::CommandId;

#[derive(Template)]
#[template(path = "staff/card.html")]
struct CardPage {
    f: Frame,
    number: String,
    name: Option<String>,
    phone: String,
    email: String,
    service: String,
    booked: Option<String>,
    documents: Vec<(String, Option<&'static str>)>,
    represents: bool,
    note: Option<String>,
    lines: Vec<(String, String)>,
    sent: Vec<(String, String)>,
    refusal: Option<String>,
    here: String,
    /// Came too late for the booked place: the clerk may still admit (TRN-03).
    late: bool,
    waits: bool,
    commands: [String; 2],
}

/// What is asked about the visit.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    command: String,
    text: String,
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path((key, public, _)): Path<(String, String, String)>) -> Redirect {
    Redirect::to(&format!("/staff/{key}/visits/{public}"))
}

/// Attaches a note that is read before the call (FLD-05), or admits somebody late into the booked place (TRN-03).
pub async fn post(
    signed: Signed,
    Path((key, public, action)): Path<(String, String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let body = match action.as_str() {
        "note" => json!({ "text": (!fields.text.trim().is_empty()).then(|| fields.text.trim()) }),
        "admit" => json!({}),
        _ => return problem::page_of(&visitor, ProblemCode::NotFound),
    };
    let said = Sha256::digest(format!("{action} {public} {body}")).into();
    let id = Uuid::try_parse(&fields.command).ok().map(|id| CommandId { id, body_hash: said });
    match api::about_visit(&visitor.state.writer, handle, &signed.session, id, &public, &action, body).await {
        Ok(()) => Redirect::to(&format!("/staff/{key}/visits/{public}")).into_response(),
        Err(fault) => show(&signed, &key, &public, Some(&fault)).await,
    }
}

/// Shows the card.
pub async fn get(signed: Signed, Path((key, public)): Path<(String, String)>) -> Response {
    show(&signed, &key, &public, None).await
}

/// A visit, as the office knows it.
struct InHouse {
    number: String,
    service: Service,
    note: Option<NoteId>,
    person: Option<PersonId>,
    booking: Option<BookingId>,
    booked: Option<String>,
    late: bool,
    waits: bool,
}

impl InHouse {
    fn find(office: &Office, public: Uuid, voice: Voice) -> Option<Self> {
        let visit = office.visits.get(office.visits_by_public.get(&PublicId(public))?)?;
        let config = office.config.as_ref()?;
        let dates = Dates { voice, zone: config.zone };
        let (person, booking, booked) = match visit.origin {
            Origin::Booked { booking, start, .. } => {
                let life = office.bookings.get(&booking).map(|booking| &booking.life);
                let person = life.and_then(|life| life.party()).map(|party| party.person);
                (person, Some(booking), Some(dates.day_and_time(start)))
            }
            Origin::WalkIn | Origin::Direct | Origin::Paper => (None, None, None),
        };
        let lost_its_place = matches!(visit.rank, Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late });
        Some(Self {
            number: visit.number.to_string(),
            service: config.services.get(&visit.service)?.clone(),
            note: visit.note,
            person,
            booking,
            late: booked.is_some() && lost_its_place && matches!(visit.state, VisitState::Waiting { .. }),
            booked,
            waits: !visit.state.is_over(),
        })
    }
}

/// What the service needs, each with what staff found of it.
fn documents(service: &Service, papers: &[Paper], voice: Voice) -> Vec<(String, Option<&'static str>)> {
    let found = |what: String| {
        let paper = papers.iter().find(|paper| paper.what == what)?;
        Some(if paper.complete { "paper-complete" } else { "paper-missing" })
    };
    let all = service.documents.iter().enumerate();
    all.map(|(number, one)| (document(one, voice), found(format!("needed:{number}")))).collect()
}

async fn show(signed: &Signed, key: &str, public: &str, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let handle = match signed.office(key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let unknown = || problem::page_of(visitor, ProblemCode::UnknownVisit);
    let Ok(public) = Uuid::try_parse(public) else { return unknown() };
    let (voice, row) = (visitor.voice, handle.row);
    let Some(visit) = InHouse::find(&handle.read(), public, voice) else { return unknown() };
    let (person, note) = (visit.person, visit.note);
    let look = Look::new(signed.session.account.id, row, LookKind::Card);
    let look = Look { booking: visit.booking, visit: Some(public), ..look };
    if let Err(fault) = look.keep(&visitor.state.ledger).await {
        return problem::page_of_fault(visitor, &fault);
    }
    let read = visitor.state.readers.read(move |store| {
        let sent = person.map(|person| store.uploads_of(person)).transpose()?.unwrap_or_default();
        let person = person.map(|person| store.record(person)).transpose()?.flatten();
        let note = note.map(|note| store.note(row, note)).transpose()?.flatten();
        Ok((person, note, sent))
    });
    let (person, note, sent) = match read.await {
        Ok(read) => read,
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    let person = person.as_ref();
    let papers = person.map(|person| person.papers.as_slice()).unwrap_or_default();
    let details = person.and_then(|person| Details::from_json(person.details.as_ref()?));
    let here = format!("/staff/{key}/visits/{public}");
    let shown = CardPage {
        f: visitor.frame().at(&here),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        here,
        late: visit.late,
        waits: visit.waits,
        commands: std::array::from_fn(|_| draw_id().to_string()),
        number: visit.number,
        name: person.map(|person| person.name.clone().unwrap_or_else(|| voice.say("card-erased"))),
        phone: person.and_then(|person| person.phone.clone()).unwrap_or_default(),
        email: person.and_then(|person| person.email.clone()).unwrap_or_default(),
        service: voice.of_text(&visit.service.name),
        booked: visit.booked,
        documents: documents(&visit.service, papers, voice),
        represents: details.as_ref().is_some_and(|details| details.behalf != Behalf::Oneself),
        note: note.and_then(|note| note.text),
        lines: details.map(|details| details.lines(Some(&visit.service), voice)).unwrap_or_default(),
        sent: sent.into_iter().map(|one| (one.name, format!("/staff/{key}/documents/{}", one.id))).collect(),
    };
    page(fault.map_or(StatusCode::OK, |fault| status_of(fault.code)), &shown)
}
