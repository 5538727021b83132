//! Who a visit is, for the clerk who serves it. Every look is logged (FLD-22).

use paths::Page;
use std::sync::Arc;

use acts::{
    Fault,
    about_visit::{self, AboutVisit},
    card::{self, VisitCard},
    said_with,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{FillerKind, Origin, Rank, Service, Visit, VisitState};
use people::Behalf;
use post::document;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    problem::{self, marks, status_of},
    signed::StaffVisitor,
    visitor::Visitor,
};
use store::DocumentFinding;
use text::{Dates, Voice};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

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
    /// The note as it stands in the form.
    typed: String,
    /// Whether that form is open.
    is_open: bool,
    lines: Vec<(String, String)>,
    sent: Vec<(String, String)>,
    refusal: Option<String>,
    /// Where the account of who comes for it is certified; none for other visits.
    certify: Option<String>,
    admit_href: String,
    note_href: String,
    /// Came too late for the booked place: the clerk may still admit (TRN-03).
    late: bool,
    waits: bool,
    commands: [String; 2],
}

/// The card's forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CardForm {
    command: String,
    text: String,
}

page_actions! {
    /// What a form of the card is for.
    CardAction {
        /// A note that is read before the call.
        Note = "note",
        /// Somebody late has the booked place after all.
        Admit = "admit",
    }
}

impl CardForm {
    /// What the form asks, by the last part of its address.
    fn change(&self, action: &str) -> Result<AboutVisit, ProblemCode> {
        Ok(match action.parse::<CardAction>()? {
            CardAction::Note => AboutVisit::SetNote(Some(self.text.trim().to_owned()).filter(|text| !text.is_empty())),
            CardAction::Admit => AboutVisit::Admit,
        })
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, public, _)): PagePath<(String, String, String)>) -> Result<Redirect, Fault> {
    Ok(Redirect::to(&Page::Card { office: &key, visit: visit_of(&public)? }.to_string()))
}

/// Attaches a note that is read before the call (FLD-05), or admits somebody late into the booked place (TRN-03).
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, public, action)): PagePath<(String, String, String)>,
    OwnForm { visitor: _, fields: form }: OwnForm<CardForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let (change, visit) = (form.change(&action)?, visit_of(&public)?);
    match about_visit::run(signed.turn(handle, &form.command), visit, change).await {
        Ok(_) => Ok(Redirect::to(&Page::Card { office: &key, visit }.to_string()).into_response()),
        Err(fault) => show(&signed, handle, visit, Some((&fault, form.text))).await,
    }
}

/// Shows the card.
pub async fn get(signed: StaffVisitor, PagePath((key, public)): PagePath<(String, String)>) -> Result<Response, Fault> {
    show(&signed, signed.office(&key)?, visit_of(&public)?, None).await
}

fn visit_of(public: &str) -> Result<Uuid, ProblemCode> {
    Uuid::try_parse(public).map_err(|_| ProblemCode::UnknownVisit)
}

/// What the service needs, each with what staff found of it.
fn documents(service: &Service, papers: &[DocumentFinding], voice: Voice) -> Vec<(String, Option<&'static str>)> {
    let found = |what: String| {
        let paper = papers.iter().find(|paper| paper.what == what)?;
        Some(if paper.complete { "paper-complete" } else { "paper-missing" })
    };
    let all = service.documents.iter().enumerate();
    all.map(|(number, one)| (document(one, voice), found(format!("needed:{number}")))).collect()
}

/// The booked time, if the visit was booked.
const fn booked_time(visit: &Visit) -> Option<DateTime<Utc>> {
    match visit.origin {
        Origin::Booked { start, .. } => Some(start),
        Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    }
}

/// Whether somebody came too late for the booked place and still waits.
const fn lost_its_place(visit: &Visit) -> bool {
    booked_time(visit).is_some()
        && matches!(visit.rank, Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late })
        && matches!(visit.state, VisitState::Waiting { .. })
}

/// Whether a service is the visit at which this body certifies people.
fn is_certification(visitor: &Visitor, handle: &OfficeHandle, service: &Service) -> bool {
    let rules = visitor.state.body.certification.as_ref();
    rules.is_some_and(|rules| *rules.visit.office == *handle.key && rules.visit.service == service.key)
}

async fn show(
    signed: &StaffVisitor,
    handle: &Arc<OfficeHandle>,
    public: Uuid,
    refused: Option<(&Fault, String)>,
) -> Result<Response, Fault> {
    let (fault, typed) = refused.unzip();
    let visitor = &signed.visitor;
    let (voice, account) = (visitor.voice, signed.session.account.id);
    let VisitCard { visit, record, note, uploads } = card::run(&visitor.state.ledger, handle, account, public).await?;
    let known = handle.config(|config| Some((config.services.get(&visit.service)?.clone(), config.zone))).flatten();
    let (service, zone) = known.ok_or(ProblemCode::UnknownVisit)?;
    let dates = Dates { voice, zone, now: visitor.state.clock.now() };
    let person = record.as_ref();
    let papers = person.map(|person| person.papers.as_slice()).unwrap_or_default();
    let details = person.and_then(said_with);
    let office: &str = &handle.key;
    let action = |action| Page::CardAction { office, visit: public, action }.to_string();
    let document = |document| Page::StaffDocument { office, document }.to_string();
    let shown = CardPage {
        f: visitor
            .frame()
            .at(Page::Card { office, visit: public }.to_string())
            .marking(fault.map(marks).unwrap_or_default()),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        certify: is_certification(visitor, handle, &service).then(|| Page::Certify { office }.to_string()),
        admit_href: action(CardAction::Admit.name()),
        note_href: action(CardAction::Note.name()),
        late: lost_its_place(&visit),
        waits: !visit.state.is_over(),
        commands: std::array::from_fn(|_| draw_id().to_string()),
        number: visit.number.to_string(),
        name: person.map(|person| person.name.clone().unwrap_or_else(|| voice.say("card-erased"))),
        phone: person.and_then(|person| person.phone.clone()).unwrap_or_default(),
        email: person.and_then(|person| person.email.clone()).unwrap_or_default(),
        service: voice.of_text(&service.name),
        booked: booked_time(&visit).map(|start| dates.day_and_time(start)),
        documents: documents(&service, papers, voice),
        represents: details.as_ref().is_some_and(|details| details.behalf != Behalf::Oneself),
        is_open: typed.is_some(),
        typed: typed.or_else(|| note.clone()).unwrap_or_default(),
        note,
        lines: details.map(|details| details.lines(Some(&service), voice)).unwrap_or_default(),
        sent: uploads.into_iter().map(|one| (one.name, document(one.id))).collect(),
    };
    Ok(page(fault.map_or(StatusCode::OK, |fault| status_of(fault.code)), &shown))
}
