//! Everything that is kept of who booked, for them to take along, and its erasing on their wish (FLD-23).

use acts::{
    Fault, erase,
    export::{self, ExportWish, PersonExport},
    said_with,
};
use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use office::BookingLife;
use paths::Page;
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, ok},
    visitor::Visitor,
};
use store::{Actor, Upload};
use text::Dates;
use wire::ProblemCode;

use super::{BookingPaths, CodeGoal, code::CodeProof, linked::LinkedBooking};

#[derive(Template)]
#[template(path = "booking/data.html")]
struct DataPage {
    f: Frame,
    paths: BookingPaths,
    lines: Vec<(String, String)>,
    uploads: Vec<Upload>,
    agreed: Option<String>,
}

/// Everything that is kept of who booked, for who has the link.
async fn exported(visitor: &Visitor, linked: &LinkedBooking) -> Result<PersonExport, Fault> {
    let person = linked.person().ok_or(ProblemCode::NotFound)?;
    let state = &visitor.state;
    export::run(&state.ledger, &state.offices, Actor::Citizen, ExportWish { person, holder: linked.holder }).await
}

/// The booking behind a link, for who has shown that its address is theirs today; anybody else is asked for a code first.
async fn proven(
    visitor: &Visitor,
    link: &str,
    (proof, goal): (&CodeProof, CodeGoal),
) -> Result<Result<LinkedBooking, Redirect>, Fault> {
    let linked = LinkedBooking::behind(visitor, link).await?;
    let is_proven = proof.is_of(visitor, &linked);
    Ok(if is_proven { Ok(linked) } else { Err(Redirect::to(&linked.paths.code(goal))) })
}

/// As a page that prints well.
pub async fn get(visitor: Visitor, proof: CodeProof, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = match proven(&visitor, &link, (&proof, CodeGoal::Data)).await? {
        Ok(linked) => linked,
        Err(first) => return Ok(first.into_response()),
    };
    let PersonExport { person: record, documents, agreed_to, .. } = exported(&visitor, &linked).await?;
    let voice = visitor.voice;
    let dates = Dates { voice, zone: linked.config.zone, now: visitor.state.clock.now() };
    let service = linked.config.services.get(&linked.booking.promise.service);
    let mut lines = vec![
        (voice.say("fact-when"), linked.when_it_stood(&visitor)),
        (voice.say("fact-service"), linked.service(&visitor)),
        (voice.say("fact-code"), secrets::readable(&linked.booking.reference)),
        (voice.say("data-created"), dates.day_and_time(record.created_at)),
    ];
    lines.extend(record.email.clone().map(|email| (voice.say("fact-email"), email)));
    if let Some((at, ..)) = &record.consent {
        lines.push((voice.say("data-consent"), dates.day_and_time(*at)));
    }
    lines.extend(said_with(&record).map(|details| details.lines(service, voice)).unwrap_or_default());
    let paths = linked.paths;
    let f = visitor.frame().at(paths.data());
    Ok(ok(&DataPage { f, paths, lines, uploads: documents, agreed: agreed_to }))
}

/// As JSON, for programs.
pub async fn json(visitor: Visitor, proof: CodeProof, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = match proven(&visitor, &link, (&proof, CodeGoal::Data)).await? {
        Ok(linked) => linked,
        Err(first) => return Ok(first.into_response()),
    };
    let export = exported(&visitor, &linked).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"my-data.json\"")),
    ];
    Ok((headers, Json(export)).into_response())
}

#[derive(Template)]
#[template(path = "booking/erase.html")]
struct ErasePage {
    f: Frame,
    paths: BookingPaths,
    when: String,
    service: String,
    open: bool,
}

/// Asks whether it is meant.
pub async fn ask(visitor: Visitor, proof: CodeProof, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = match proven(&visitor, &link, (&proof, CodeGoal::Erase)).await? {
        Ok(linked) => linked,
        Err(first) => return Ok(first.into_response()),
    };
    let f = visitor.frame().at(linked.paths.erase());
    let (when, service, open) = (linked.when_it_stood(&visitor), linked.service(&visitor), linked.is_open());
    Ok(ok(&ErasePage { f, paths: linked.paths, when, service, open }))
}

#[derive(Template)]
#[template(path = "booking/erased.html")]
struct ErasedPage {
    f: Frame,
}

/// Gives the booking up if it still stands, and takes out everything that is kept of who booked.
pub async fn erase(
    proof: CodeProof,
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: EmptyForm {} }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let linked = match proven(&visitor, &link, (&proof, CodeGoal::Erase)).await? {
        Ok(linked) => linked,
        Err(first) => return Ok(first.into_response()),
    };
    if matches!(linked.booking.life, BookingLife::Arrived { .. }) {
        return Ok(Redirect::to(&linked.paths.booking()).into_response());
    }
    let person = linked.person().ok_or(ProblemCode::NotFound)?;
    let state = &visitor.state;
    erase::run(&state.ledger, &state.offices, &state.uploads, Actor::Citizen, person).await?;
    Ok(ok(&ErasedPage { f: visitor.frame().at(Page::Front.to_string()) }))
}
