//! A new conference, or a series of them: from nothing, or as a copy of one with its participants.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, UnitId};
use coordination::conferences::{
    ConferenceFlaw, DESCRIPTION_MAX, TITLE_MAX, URL_MAX, invite,
    list::{self, CoordinatorDesk},
    plan::{self, ConferencePlan},
    view,
};
use office::Words;
use paths::Page;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, page},
    problem::WrongField,
    signed::MemberVisitor,
};
use uuid::Uuid;

use super::form::{ConferenceForm, dates_of, field, held};

#[derive(Template)]
#[template(path = "conferences/new.html")]
struct ConferenceNewPage {
    f: Frame,
    action: String,
    refusal: Option<String>,
    typed: ConferenceForm,
    /// Whether they coordinate the whole organisation: then its own conferences come first.
    of_organisation: bool,
    units: Vec<(String, String, bool)>,
    /// The holidays on which it would be, until they are sure.
    holidays: Vec<String>,
    title_max: usize,
    description_max: usize,
    url_max: usize,
    places_max: u16,
    /// Where it is held if no address is written.
    held: String,
}

/// From what the form is filled.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    /// A conference that is copied.
    #[serde(default)]
    copy: String,
    /// Whether those are put in who were invited before.
    #[serde(default)]
    before: String,
}

async fn shown(
    member: &MemberVisitor,
    desk: &CoordinatorDesk,
    typed: ConferenceForm,
    (wrong, holidays): (Option<WrongField>, Vec<String>),
) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let unit = |(id, name): &(UnitId, Words)| {
        let id = id.to_string();
        let is_chosen = id == typed.unit;
        (id, visitor.voice.of_text(name), is_chosen)
    };
    let is_wrong = wrong.is_some() || !holidays.is_empty();
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let here = Page::ConferenceNew.to_string();
    let shown = ConferenceNewPage {
        f: visitor.frame().staff("conferences").at(here.clone()).marking(marks),
        action: here,
        refusal,
        of_organisation: desk.of_organisation,
        units: desk.units.iter().map(unit).collect(),
        holidays,
        title_max: TITLE_MAX,
        description_max: DESCRIPTION_MAX,
        url_max: URL_MAX,
        places_max: visitor.state.body.conferences.as_ref().map_or(2, |rules| rules.participants_each),
        held: held(visitor),
        typed,
    };
    Ok(page(status, &shown))
}

/// What whoever plans may do; refused in words where that is nothing.
async fn desk(member: &MemberVisitor) -> Result<CoordinatorDesk, Fault> {
    let visitor = &member.visitor;
    let (state, dates) = (&visitor.state, dates_of(visitor));
    if state.body.conferences.is_none() {
        return Err(ConferenceFlaw::NotHeld.fault(dates));
    }
    let desk = list::desk(state.conferences(), AccountId(member.session.account.id)).await?;
    if desk.is_coordinator() { Ok(desk) } else { Err(ConferenceFlaw::NoCoordinator.fault(dates)) }
}

/// Shows the form.
pub async fn get(member: MemberVisitor, PageQuery(query): PageQuery<NewQuery>) -> Result<Response, Fault> {
    let desk = desk(&member).await?;
    let visitor = &member.visitor;
    let (state, dates, by) = (&visitor.state, dates_of(visitor), AccountId(member.session.account.id));
    let mut typed = ConferenceForm::default();
    // Who coordinates a unit plans for it, unless they choose the organisation.
    if let Some((unit, _)) = desk.units.first().filter(|_| !desk.of_organisation) {
        typed.unit = unit.to_string();
    }
    if let Ok(copied) = Uuid::try_parse(&query.copy) {
        let view = view::run(state.conferences(), (copied, by)).await?.map_err(|flaw| flaw.fault(dates))?;
        typed = ConferenceForm::of(&view.row.conference, &view.words, state.body.zone);
        // Another day is chosen: the old one is past, or taken.
        typed.day.clear();
        let stands =
            |id| view.row.conference.participants.get(&id).is_some_and(|one: &body::Participant| !one.is_removed);
        let people = view.people.iter().filter(|one| stands(one.participant));
        let line = |one: &store::ConferenceParticipant| {
            let email = one.email.clone()?;
            Some(one.name.as_ref().map_or_else(|| email.clone(), |name| format!("{name} <{email}>")))
        };
        typed.invited = people.filter_map(line).collect::<Vec<_>>().join("\n");
    }
    if query.before == "1" {
        let before = list::invited_before(state.conferences(), by).await?;
        view::keep_look(state.conferences(), by, before.len()).await?;
        typed.invited = before.join("\n");
    }
    typed.request = draw_id().to_string();
    shown(&member, &desk, typed, (None, Vec::new())).await
}

/// Plans it, or says what is wrong with it.
pub async fn post(
    member: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<ConferenceForm>,
) -> Result<Response, Fault> {
    let desk = desk(&member).await?;
    let (state, dates, by) = (&visitor.state, dates_of(&visitor), AccountId(member.session.account.id));
    let invited = invite::read(state.conferences(), by, &fields.invited).await?;
    let read = || -> Result<_, ConferenceFlaw> {
        let (times, series) = (fields.times()?, fields.series()?);
        Ok((times, series, invited?))
    };
    let flaw = match read() {
        Ok((times, series, invited)) => {
            let holidays = fields.holidays(&state.body.calendar, dates);
            if !holidays.is_empty() && fields.sure != "yes" {
                return shown(&member, &desk, fields, (None, holidays)).await;
            }
            let plan = ConferencePlan {
                public: Uuid::try_parse(&fields.request).unwrap_or_else(|_| draw_id()),
                by,
                unit: fields.unit(),
                texts: fields.texts(),
                times,
                series,
                places: fields.places(),
                invited,
                language: visitor.voice.0,
            };
            match plan::run(state.conferences(), plan).await? {
                Ok(row) => {
                    let one = Page::ConferenceOne { conference: row.public }.asking("done=planned");
                    return Ok(Redirect::to(&one).into_response());
                }
                Err(flaw) => flaw,
            }
        }
        Err(flaw) => flaw,
    };
    if matches!(flaw, ConferenceFlaw::NotFound | ConferenceFlaw::NotHeld | ConferenceFlaw::NoCoordinator) {
        return Err(flaw.fault(dates));
    }
    let wrong = WrongField::new(flaw.said(dates), field(&flaw));
    shown(&member, &desk, fields, (Some(wrong), Vec::new())).await
}
