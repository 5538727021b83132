//! The conferences that a coordinator planned or oversees.

use acts::Fault;
use askama::Template;
use axum::response::Response;
use body::{AccountId, AnswerGiven, Conference, ConferencePhase, CoordinatorPost, MaintenanceWindow};
use coordination::conferences::list;
use office::calendar::instant_from;
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    frame::{Frame, ok},
    signed::MemberVisitor,
};
use text::{Dates, Voice};

use super::form::dates_of;

#[derive(Template)]
#[template(path = "conferences/list.html")]
struct ConferencesPage {
    f: Frame,
    past: bool,
    rows: Vec<ConferenceLine>,
    /// Whether they decide who becomes a coordinator.
    decides: bool,
    /// Whether they make units.
    makes_units: bool,
    /// When nobody confers.
    maintenance: Vec<String>,
}

/// A conference, in the list.
struct ConferenceLine {
    href: String,
    when: String,
    title: String,
    unit: String,
    class: &'static str,
    standing: String,
    people: String,
}

/// Which are shown.
#[derive(Debug, Default, Deserialize)]
pub struct ConferencesQuery {
    #[serde(default)]
    past: String,
}

/// The class of its tag, and where it stands, in words.
pub fn standing(conference: &Conference, now: chrono::DateTime<chrono::Utc>, voice: Voice) -> (&'static str, String) {
    let (class, id) = match conference.phase {
        ConferencePhase::Cancelled => ("tag-cancelled", "conference-phase-cancelled"),
        ConferencePhase::Ended => ("tag-served", "conference-phase-over"),
        ConferencePhase::Planned if now >= conference.span.until => ("tag-served", "conference-phase-over"),
        ConferencePhase::Planned if now >= conference.span.from => ("tag-here", "conference-phase-now"),
        ConferencePhase::Planned => ("tag-expected", "conference-phase-planned"),
    };
    (class, voice.say(id))
}

/// From when until when nobody confers, and why.
pub fn window_said(window: &MaintenanceWindow, dates: Dates) -> String {
    let [from, to] = [window.from, window.to].map(|at| dates.day_and_time(instant_from(dates.zone, at)));
    format!("{from} – {to}: {}", dates.voice.of_text(&window.because))
}

/// Shows them.
pub async fn get(member: MemberVisitor, PageQuery(query): PageQuery<ConferencesQuery>) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let (by, past) = (AccountId(member.session.account.id), query.past == "1");
    let dates = dates_of(visitor);
    let listed = list::run(state.conferences(), by, past).await?.map_err(|flaw| flaw.fault(dates))?;
    let desk = list::desk(state.conferences(), by).await?;
    let line = |(row, words): (store::ConferenceRow, store::ConferenceWords)| {
        let conference = &row.conference;
        let (class, standing) = standing(conference, dates.now, voice);
        let confirmed = conference
            .participants
            .values()
            .filter(|one| !one.is_removed && one.answer == AnswerGiven::Confirmed)
            .count();
        let counts = [("confirmed", confirmed.into()), ("invited", conference.invited().into())];
        let unit = conference.unit.and_then(|unit| desk.unit(unit)).map(|name| voice.of_text(name));
        ConferenceLine {
            href: Page::ConferenceOne { conference: row.public }.to_string(),
            when: dates.day_and_time(conference.span.from),
            title: voice.of_text(&words.title),
            unit: unit.unwrap_or_else(|| voice.say("conference-for-organisation")),
            class,
            standing,
            people: voice.say_with("conference-people", counts),
        }
    };
    let rows = listed.into_iter().map(line).collect();
    let decides = CoordinatorPost::Unit(body::UnitId(0)).may_be_decided(&desk.grants);
    let makes_units = body::grant::may(&desk.grants, body::Action::MakeUnits, &body::ActionPlace::BODY);
    let maintenance = desk.maintenance.iter().map(|window| window_said(window, dates)).collect();
    let f = visitor.frame().staff("conferences");
    Ok(ok(&ConferencesPage { f, past, rows, decides, makes_units, maintenance }))
}
