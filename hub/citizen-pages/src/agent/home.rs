//! An agent's own page: what they have booked, what they may still book, and the way to book (TRN-07).

use acts::{
    Fault, Turn,
    withdraw::{self, Withdrawal},
};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use office::{BookingId, Reference, calendar};
use paths::Page;
use serde::Deserialize;
use stationery::{
    csv,
    date_field::{date_if_any, in_order},
    day_rows::{DayRows, day_rows},
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, marks, status_of},
};
use store::Actor;
use text::Dates;
use wire::ProblemCode;

use super::{
    list::{AgentLine, DaysShown, lines},
    session::{AgentVisitor, BooksAs},
};

#[derive(Template)]
#[template(path = "agent/home.html")]
struct AgentHomePage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    name: String,
    /// By day.
    list: Vec<DayRows<AgentLine>>,
    /// The days that were asked for, as they stand in the form.
    from: String,
    to: String,
    /// Whether any were.
    asked: bool,
    /// The same list as a file.
    csv: String,
    per_day: u16,
    share: u16,
    /// The office for which the list is, where they are an agent of others too; and the way to the lists of those.
    office: Option<String>,
    others: Vec<(String, String)>,
}

/// How the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct AgentHomeQuery {
    /// The booking that was left to a citizen.
    #[serde(default)]
    entrusted: String,
    /// Anything, after one was withdrawn.
    #[serde(default)]
    withdrawn: String,
    #[serde(flatten)]
    days: AgentListQuery,
}

/// The days that a list is about.
#[derive(Debug, Default, Deserialize)]
pub struct AgentListQuery {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl AgentListQuery {
    /// The days, in their order.
    fn days(&self) -> Result<DaysShown, Fault> {
        let days = DaysShown {
            from: date_if_any("from", "agent-from", &self.from)?,
            to: date_if_any("to", "agent-to", &self.to)?,
        };
        if let (Some(from), Some(to)) = (days.from, days.to) {
            in_order((from, to), "to", ["agent-from", "agent-to"])?;
        }
        Ok(days)
    }
}

/// Shows it.
pub async fn get(signed: AgentVisitor, PageQuery(query): PageQuery<AgentHomeQuery>) -> Result<Response, Fault> {
    let AgentVisitor { visitor, agent, others } = signed;
    let state = &visitor.state;
    let office = state.offices.iter().find(|office| office.row == agent.office);
    let limits = office.and_then(|office| {
        office.config(|config| {
            let online = &config.rules.online;
            (online.agent_bookings_per_day_max, u16::from(online.agents_share_percent))
        })
    });
    let (per_day, share) = limits.unwrap_or_default();
    let news = [(&query.entrusted, "agent-entrusted"), (&query.withdrawn, "agent-withdrawn")];
    let said = news.into_iter().find(|(asked, _)| !asked.is_empty()).map(|(_, sentence)| sentence);
    let (days, fault) = match query.days.days() {
        Ok(days) => (days, None),
        Err(fault) => (DaysShown::default(), Some(fault)),
    };
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let asked = format!("from={}&to={}", day(days.from), day(days.to));
    let lines = match &fault {
        Some(_) => Vec::new(),
        None => lines(state, &agent, days, visitor.voice).await?,
    };
    let AgentListQuery { from, to } = query.days;
    let marked = fault.as_ref().map(marks).unwrap_or_default();
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| status_of(fault.code));
    let zone = office.and_then(|office| office.config(|config| config.zone)).unwrap_or(chrono_tz::Europe::Athens);
    let dates = Dates { voice: visitor.voice, zone, now: state.clock.now() };
    let list = day_rows(
        lines.into_iter().map(|line| (line.start, line)),
        dates,
        calendar::local_date(zone, state.clock.now()),
    );
    let name_of = |row: u32| {
        let named = state.offices.iter().find(|office| office.row == row);
        named.and_then(|office| office.config(|config| visitor.voice.of_text(&config.name))).unwrap_or_default()
    };
    let others =
        others.into_iter().map(|one| (Page::Agent.asking(format_args!("agent={}", one.id)), name_of(one.office)));
    let others: Vec<(String, String)> = others.collect();
    let books_as = BooksAs::Agent(agent.id);
    let shown = AgentHomePage {
        f: visitor.frame().at(Page::Agent.asking(&asked)).marking(marked),
        refusal: fault.map(|fault| problem::sentence(&visitor, &fault)),
        done: said.map(|id| visitor.voice.say(id)),
        name: agent.name,
        list,
        asked: !from.is_empty() || !to.is_empty(),
        csv: Page::AgentCsv.asking(&asked),
        from,
        to,
        per_day,
        share,
        office: (!others.is_empty()).then(|| name_of(agent.office)),
        others,
    };
    Ok(books_as.kept(state, page(status, &shown)))
}

/// A time that waits for a citizen and is to wait no longer.
#[derive(Debug, Deserialize)]
pub struct WithdrawalForm {
    #[serde(default)]
    booking: String,
}

/// Takes back what waits for a citizen, e.g. where the address was mistyped.
pub async fn withdraw(
    signed: AgentVisitor,
    OwnForm { visitor, fields }: OwnForm<WithdrawalForm>,
) -> Result<Response, Fault> {
    let (state, agent) = (&visitor.state, signed.agent);
    let office = state.offices.iter().find(|office| office.row == agent.office).ok_or(ProblemCode::NotFound)?;
    let office = state.office(&office.key)?;
    let booking = fields.booking.parse::<u64>().map(BookingId).map_err(|_| ProblemCode::NotFound)?;
    let turn = Turn { writer: &state.writer, office, actor: Actor::Citizen, id: None };
    withdraw::run(turn, Withdrawal { agent: agent.id, booking }).await?;
    Ok(Redirect::to(&Page::Agent.asking("withdrawn=1")).into_response())
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Agent.to_string())
}

/// The same list for a spreadsheet.
pub async fn csv(signed: AgentVisitor, PageQuery(query): PageQuery<AgentListQuery>) -> Result<Response, Fault> {
    let AgentVisitor { visitor, agent, .. } = signed;
    let voice = visitor.voice;
    let lines = lines(&visitor.state, &agent, query.days()?, voice).await?;
    let heads =
        ["fact-when", "fact-service", "agent-whom", "agent-standing", "fact-code"].map(|id| voice.say(id)).to_vec();
    // In one piece, for whoever goes on with it in a program.
    let code = |code: Option<Reference>| code.map(|code| code.0).unwrap_or_default();
    let row = |line: AgentLine| vec![line.stamp, line.service, line.whom, line.standing.said, code(line.code)];
    let rows: Vec<Vec<String>> = std::iter::once(heads).chain(lines.into_iter().map(row)).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"bookings.csv\""),
    ];
    Ok((headers, csv::table(rows.iter().map(Vec::as_slice))).into_response())
}
