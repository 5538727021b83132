//! Another time, title, address or number of places for a conference.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, ConferenceRefusal};
use coordination::conferences::{
    ConferenceFlaw, DESCRIPTION_MAX, TITLE_MAX, URL_MAX,
    change::{self, ConferenceChange},
    view,
};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    problem::WrongField,
    signed::MemberVisitor,
};
use uuid::Uuid;

use super::form::{ConferenceForm, dates_of, field, held};

#[derive(Template)]
#[template(path = "conferences/change.html")]
struct ConferenceChangePage {
    f: Frame,
    action: String,
    back: String,
    refusal: Option<String>,
    typed: ConferenceForm,
    title_max: usize,
    description_max: usize,
    url_max: usize,
    places_max: u16,
    /// Where it is held if no address is written.
    held: String,
}

fn shown(member: &MemberVisitor, public: Uuid, typed: ConferenceForm, wrong: Option<WrongField>) -> Response {
    let visitor = &member.visitor;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let here = Page::ConferenceChange { conference: public }.to_string();
    let shown = ConferenceChangePage {
        f: visitor.frame().staff("conferences").at(here.clone()).marking(marks),
        action: here,
        back: Page::ConferenceOne { conference: public }.to_string(),
        refusal,
        typed,
        title_max: TITLE_MAX,
        description_max: DESCRIPTION_MAX,
        url_max: URL_MAX,
        places_max: visitor.state.body.conferences.as_ref().map_or(2, |rules| rules.participants_each),
        held: held(visitor),
    };
    page(status, &shown)
}

/// Shows it as it stands.
pub async fn get(member: MemberVisitor, PagePath(public): PagePath<Uuid>) -> Result<Response, Fault> {
    let (visitor, by) = (&member.visitor, AccountId(member.session.account.id));
    let dates = dates_of(visitor);
    let view = view::run(visitor.state.conferences(), (public, by)).await?.map_err(|flaw| flaw.fault(dates))?;
    if !view.is_manager {
        return Err(ConferenceFlaw::from(ConferenceRefusal::NotYours).fault(dates));
    }
    let typed = ConferenceForm::of(&view.row.conference, &view.words, visitor.state.body.zone);
    Ok(shown(&member, public, typed, None))
}

/// Makes it so, or says what is wrong.
pub async fn post(
    member: MemberVisitor,
    PagePath(public): PagePath<Uuid>,
    OwnForm { visitor, fields }: OwnForm<ConferenceForm>,
) -> Result<Response, Fault> {
    let (dates, by) = (dates_of(&visitor), AccountId(member.session.account.id));
    let (texts, times, places) = (fields.texts(), fields.times().ok(), fields.places());
    let wanted = ConferenceChange { public, by, texts, times, places };
    let Err(flaw) = change::run(visitor.state.conferences(), wanted).await? else {
        let one = Page::ConferenceOne { conference: public }.asking("done=changed");
        return Ok(Redirect::to(&one).into_response());
    };
    match flaw {
        ConferenceFlaw::NotFound
        | ConferenceFlaw::NotHeld
        | ConferenceFlaw::NoCoordinator
        | ConferenceFlaw::Rule(ConferenceRefusal::NotYours, _) => Err(flaw.fault(dates)),
        ConferenceFlaw::TitleMissing
        | ConferenceFlaw::TooLong
        | ConferenceFlaw::BadAddress
        | ConferenceFlaw::BadAddresses(_)
        | ConferenceFlaw::NamesOfMany(_)
        | ConferenceFlaw::TooManyAddresses
        | ConferenceFlaw::BadTime
        | ConferenceFlaw::UnknownUnit
        | ConferenceFlaw::TooManyAhead
        | ConferenceFlaw::Series(_)
        | ConferenceFlaw::Rule(..) => {
            let wrong = WrongField::new(flaw.said(dates), field(&flaw));
            Ok(shown(&member, public, fields, Some(wrong)))
        }
    }
}
