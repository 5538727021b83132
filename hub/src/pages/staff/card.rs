//! Who a visit is, for the clerk who serves it. Every look is logged (FLD-22).

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{FillerKind, Origin, PublicId, Rank, VisitState};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::ProblemCode;

use super::signed::Signed;
use crate::{
    api::{self, Fault},
    codes::draw_id,
    mail::document,
    pages::{
        form::Sent,
        frame::{Frame, page},
        problem,
    },
    people::{Behalf, Details},
    text::Dates,
    writer::CommandId,
};

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
        Err(response) => return response,
    };
    let body = match action.as_str() {
        "note" => json!({ "text": (!fields.text.trim().is_empty()).then(|| fields.text.trim()) }),
        "admit" => json!({}),
        _ => return problem::page_of(&visitor, ProblemCode::NotFound),
    };
    let said = Sha256::digest(format!("{action} {public} {body}")).into();
    let id = Uuid::try_parse(&fields.command).ok().map(|id| CommandId { id, body_hash: said });
    match api::about_visit(&visitor.state, handle, &signed.session, id, &public, &action, body).await {
        Ok(()) => Redirect::to(&format!("/staff/{key}/visits/{public}")).into_response(),
        Err(fault) => show(&signed, &key, &public, Some(&fault)).await,
    }
}

/// Shows the card.
pub async fn get(signed: Signed, Path((key, public)): Path<(String, String)>) -> Response {
    show(&signed, &key, &public, None).await
}

async fn show(signed: &Signed, key: &str, public: &str, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let handle = match signed.office(key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    let unknown = || problem::page_of(visitor, ProblemCode::UnknownVisit);
    let Ok(public) = Uuid::try_parse(public) else { return unknown() };
    let (voice, row) = (visitor.voice, handle.row);
    let found = {
        let office = handle.read();
        office.visits_by_public.get(&PublicId(public)).and_then(|id| office.visits.get(id)).and_then(|visit| {
            let config = office.config.as_ref()?;
            let service = config.services.get(&visit.service)?;
            let dates = Dates { voice, zone: config.zone };
            let (person, booked) = match visit.origin {
                Origin::Booked { booking, start, .. } => {
                    let life = office.bookings.get(&booking).map(|booking| &booking.life);
                    (life.and_then(|life| life.party()).map(|party| party.person), Some(dates.day_and_time(start)))
                }
                Origin::WalkIn | Origin::Direct | Origin::Paper => (None, None),
            };
            let all = service.documents.iter().enumerate();
            let documents: Vec<(String, String)> =
                all.map(|(number, one)| (format!("needed:{number}"), document(one, voice))).collect();
            let names = (visit.number.to_string(), voice.of_text(&service.name), service.clone());
            let late = booked.is_some()
                && matches!(visit.rank, Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late })
                && matches!(visit.state, VisitState::Waiting { .. });
            let standing = (late, !visit.state.is_over());
            Some((names, visit.note, person, booked, documents, standing))
        })
    };
    let Some(((number, name, service), note, person, booked, documents, (late, waits))) = found else {
        return unknown();
    };
    let read = visitor.state.readers.read(move |store| {
        let sent = person.map(|person| store.uploads_of(person)).transpose()?.unwrap_or_default();
        let papers = person.map(|person| store.papers_of(person)).transpose()?.unwrap_or_default();
        let person = person.map(|person| store.record(person)).transpose()?.flatten();
        let note = note.map(|note| store.note(row, note)).transpose()?.flatten();
        Ok((person, note, sent, papers))
    });
    let (person, note, sent, papers) = match read.await {
        Ok(read) => read,
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    tracing::info!(account = signed.session.account.id, visit = %public, "a card was read");
    let person = person.as_ref();
    let details = person.and_then(|person| Details::from_json(person.details.as_ref()?));
    let found = |what: &str| {
        let paper = papers.iter().find(|paper| paper.what == what)?;
        Some(if paper.complete { "paper-complete" } else { "paper-missing" })
    };
    let documents = documents.into_iter().map(|(what, name)| (name, found(&what))).collect();
    let here = format!("/staff/{key}/visits/{public}");
    let shown = CardPage {
        f: visitor.frame().at(&here),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        here,
        late,
        waits,
        commands: std::array::from_fn(|_| draw_id().to_string()),
        number,
        name: person.map(|person| person.name.clone().unwrap_or_else(|| voice.say("card-erased"))),
        phone: person.and_then(|person| person.phone.clone()).unwrap_or_default(),
        email: person.and_then(|person| person.email.clone()).unwrap_or_default(),
        service: name,
        booked,
        documents,
        represents: details.as_ref().is_some_and(|details| details.behalf != Behalf::Oneself),
        note: note.and_then(|note| note.text),
        lines: details.map(|details| details.lines(Some(&service), voice)).unwrap_or_default(),
        sent: sent.into_iter().map(|one| (one.name, format!("/staff/{key}/documents/{}", one.id))).collect(),
    };
    page(fault.map_or(StatusCode::OK, |fault| api::status(fault.code)), &shown)
}
