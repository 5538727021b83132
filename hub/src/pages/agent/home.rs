//! An agent's own page: what they have booked, what they may still book, and the way to book (TRN-07).

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    list::{Line, lines},
    session::AgentSigned,
};
use crate::{
    csv,
    pages::{
        frame::{Frame, ok},
        problem,
    },
};

#[derive(Template)]
#[template(path = "agent/home.html")]
struct HomePage {
    f: Frame,
    done: Option<String>,
    name: String,
    lines: Vec<Line>,
    per_day: u16,
    share: u16,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    entrusted: String,
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
    match lines(state, &agent, visitor.voice).await {
        Ok(lines) => ok(&HomePage {
            f: visitor.frame().at("/agent"),
            done: (!done.entrusted.is_empty()).then(|| visitor.voice.say("agent-entrusted")),
            name: agent.name,
            lines,
            per_day,
            share,
        }),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}

/// The same list for a spreadsheet.
pub async fn csv(signed: AgentSigned) -> Response {
    let AgentSigned { visitor, agent } = signed;
    let voice = visitor.voice;
    let lines = match lines(&visitor.state, &agent, voice).await {
        Ok(lines) => lines,
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    };
    let heads =
        ["fact-when", "fact-service", "agent-whom", "agent-standing", "fact-code"].map(|id| voice.say(id)).to_vec();
    let row = |line: Line| vec![line.when, line.service, line.whom, line.standing, line.code.unwrap_or_default()];
    let rows: Vec<Vec<String>> = std::iter::once(heads).chain(lines.into_iter().map(row)).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"bookings.csv\""),
    ];
    (headers, csv::table(rows.iter().map(Vec::as_slice))).into_response()
}
