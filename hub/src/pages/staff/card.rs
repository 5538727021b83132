//! Who a visit is, for the clerk who serves it. Every look is logged (FLD-22).

use askama::Template;
use axum::{extract::Path, response::Response};
use office::{Origin, PublicId};
use uuid::Uuid;
use wire::ProblemCode;

use super::signed::Signed;
use crate::{
    mail::document,
    pages::{
        frame::{Frame, ok},
        problem,
    },
    people::{Behalf, Details},
    text::Dates,
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
}

/// Shows the card.
pub async fn get(signed: Signed, Path((key, public)): Path<(String, String)>) -> Response {
    let visitor = &signed.visitor;
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    let unknown = || problem::page_of(visitor, ProblemCode::UnknownVisit);
    let Ok(public) = Uuid::try_parse(&public) else { return unknown() };
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
            Some((names, visit.note, person, booked, documents))
        })
    };
    let Some(((number, name, service), note, person, booked, documents)) = found else { return unknown() };
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
    ok(&CardPage {
        f: visitor.frame(),
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
    })
}
