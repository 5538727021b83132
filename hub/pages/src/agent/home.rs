//! An agent's own page: what they have booked, what they may still book, and the way to book (TRN-07).

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use office::{BookingId, Command, Reference};
use serde::Deserialize;
use wire::ProblemCode;

use super::{
    list::{Line, Range, lines},
    session::AgentSigned,
};
use crate::{
    book::times::fault_of,
    csv,
    form::Sent,
    frame::{Frame, ok},
    problem,
};
use store::Actor;

#[derive(Template)]
#[template(path = "agent/home.html")]
struct HomePage {
    f: Frame,
    done: Option<String>,
    name: String,
    lines: Vec<Line>,
    /// The days that were asked for, as they stand in the form.
    from: String,
    to: String,
    /// Whether any were.
    asked: bool,
    /// The same list as a file.
    csv: String,
    per_day: u16,
    share: u16,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    entrusted: String,
    #[serde(default)]
    withdrawn: String,
    #[serde(flatten)]
    days: DaysAsked,
}

/// The days that a list is about.
#[derive(Debug, Default, Deserialize)]
pub struct DaysAsked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl DaysAsked {
    fn range(&self) -> Range {
        Range::new(&self.from, &self.to)
    }
}

/// Shows it.
pub async fn get(signed: AgentSigned, Query(done): Query<Done>) -> Response {
    let AgentSigned { visitor, agent } = signed;
    let state = &visitor.state;
    let office = state.offices.iter().find(|office| office.row == agent.office);
    let limits = office.and_then(|office| {
        office.config(|config| {
            let online = &config.rules.online;
            (online.agent_bookings_per_day_max, u16::from(online.agents_share_percent))
        })
    });
    let (per_day, share) = limits.unwrap_or_default();
    let said = match (done.entrusted.is_empty(), done.withdrawn.is_empty()) {
        (false, _) => Some("agent-entrusted"),
        (true, false) => Some("agent-withdrawn"),
        (true, true) => None,
    };
    let range = done.days.range();
    let day = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let (from, to) = (day(range.from), day(range.to));
    let query = format!("?from={from}&to={to}");
    match lines(state, &agent, range, visitor.voice).await {
        Ok(lines) => ok(&HomePage {
            f: visitor.frame().at(format!("/agent{query}")),
            done: said.map(|id| visitor.voice.say(id)),
            name: agent.name,
            lines,
            asked: range.from.is_some() || range.to.is_some(),
            csv: format!("/agent/bookings.csv{query}"),
            from,
            to,
            per_day,
            share,
        }),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}

/// Which one to withdraw.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    booking: String,
}

/// Takes back what waits for a citizen, e.g. where the address was mistyped: the time is free, what was typed is gone.
pub async fn withdraw(signed: AgentSigned, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let agent = signed.agent;
    let state = &visitor.state;
    let nothing = || problem::page_of(&visitor, ProblemCode::NotFound);
    let (Some(handle), Ok(booking)) =
        (state.offices.iter().find(|office| office.row == agent.office), fields.booking.parse().map(BookingId))
    else {
        return nothing();
    };
    let row = agent.office;
    let found = state.readers.read(move |store| store.entrusted(row, booking)).await;
    if !found.is_ok_and(|found| found.is_some_and(|one| one.agent == agent.id && one.typed.is_some())) {
        return nothing();
    }
    let withdrawn = state.writer.submit_with(&handle.key, Actor::Citizen, None, move |bench| {
        bench.drop_entrusted(row, booking);
        bench.decide(&Command::ReleaseHold { booking })
    });
    match withdrawn.await {
        Ok(_) => Redirect::to("/agent?withdrawn=1").into_response(),
        // The citizen was quicker, or the time has lapsed.
        Err(refused) => problem::page_of_fault(&visitor, &fault_of(&handle.read(), &refused)),
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to("/agent")
}

/// The same list for a spreadsheet.
pub async fn csv(signed: AgentSigned, Query(days): Query<DaysAsked>) -> Response {
    let AgentSigned { visitor, agent } = signed;
    let voice = visitor.voice;
    let lines = match lines(&visitor.state, &agent, days.range(), voice).await {
        Ok(lines) => lines,
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    };
    let heads =
        ["fact-when", "fact-service", "agent-whom", "agent-standing", "fact-code"].map(|id| voice.say(id)).to_vec();
    // In one piece, for whoever goes on with it in a program.
    let code = |code: Option<Reference>| code.map(|code| code.0).unwrap_or_default();
    let row = |line: Line| vec![line.stamp, line.service, line.whom, line.standing, code(line.code)];
    let rows: Vec<Vec<String>> = std::iter::once(heads).chain(lines.into_iter().map(row)).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"bookings.csv\""),
    ];
    (headers, csv::table(rows.iter().map(Vec::as_slice))).into_response()
}
