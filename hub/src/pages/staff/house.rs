//! The house as a whole: suspend a service, a desk or the giving of tickets and resume in one press (FLD-30); after an
//! outage the roll call, and who was served on paper meanwhile (PROM-12).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveTime, Utc};
use office::{
    Command, DeskId, Office, OfficeConfig, Outcome, Refusal, ServiceId, SuspensionScope, VisitId, VisitState, Words,
    calendar,
};
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemCode;

use super::{
    bookings::known::{submit, submit_one},
    signed::Signed,
    view::desk_name,
};
use crate::{
    api::{Fault, status},
    codes::{draw_id, draw_public},
    offices::OfficeHandle,
    pages::{
        book::times::service_of,
        form::Sent,
        frame::{Frame, page},
        problem,
    },
    people::is_unseen,
    text::{Dates, Voice, both},
};

/// Longest reason.
const BECAUSE_CHARACTERS_MAX: usize = 200;
/// Reasons that are at hand, with their sentences.
const REASONS: [(&str, &str); 4] = [
    ("registry", "suspend-registry"),
    ("clerk", "suspend-clerk"),
    ("strike", "suspend-strike"),
    ("technical", "suspend-technical"),
];

#[derive(Template)]
#[template(path = "staff/house.html")]
struct HousePage {
    f: Frame,
    base: String,
    office: String,
    refusal: Option<String>,
    done: Option<String>,
    suspended: Vec<Suspended>,
    scopes: Vec<(String, String)>,
    reasons: Vec<(&'static str, String)>,
    outages: Vec<String>,
    waiting: Vec<Waiting>,
    desks: Vec<(String, String)>,
    services: Vec<(String, String)>,
    commands: [String; 3],
}

struct Suspended {
    scope: String,
    what: String,
    since: String,
    because: String,
    command: String,
}

struct Waiting {
    visit: String,
    number: String,
    service: String,
    since: String,
}

/// Just done.
#[derive(Debug, Default, Deserialize)]
pub struct Came {
    #[serde(default)]
    done: String,
}

/// Leads to the house where one works.
pub async fn first(signed: Signed) -> Response {
    let mine = signed.visitor.state.offices.iter().find(|office| signed.session.works_in(office));
    match mine {
        Some(office) => Redirect::to(&format!("/staff/{}/house", office.key)).into_response(),
        None => problem::page_of(&signed.visitor, ProblemCode::NotAllowed),
    }
}

/// Shows it.
pub async fn get(signed: Signed, Path(key): Path<String>, Query(came): Query<Came>) -> Response {
    let done = match came.done.as_str() {
        "suspend" => Some("house-suspended"),
        "resume" => Some("house-resumed"),
        "roll-call" => Some("house-roll-called"),
        "paper" => Some("house-paper-entered"),
        _ => None,
    };
    match signed.office(&key) {
        Ok(handle) => show(&signed, handle, done, None),
        Err(response) => response,
    }
}

fn show(signed: &Signed, handle: &OfficeHandle, done: Option<&str>, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let office = handle.read();
    let Some(config) = &office.config else { return problem::page_of(visitor, ProblemCode::Unavailable) };
    let dates = Dates { voice, zone: config.zone };
    let base = format!("/staff/{}/house", handle.key);
    let name = |service: &office::Service| (service.key.clone(), voice.of_text(&service.name));
    let services: Vec<(String, String)> = config.services.values().map(name).collect();
    let desks: Vec<(String, String)> =
        config.desks.keys().map(|desk| (desk.to_string(), desk_name(config, desk.0, voice))).collect();
    let outages = office.outages.iter().map(|outage| format!("{}–{}", dates.time(outage.from), dates.time(outage.to)));
    page(
        fault.map_or(StatusCode::OK, |fault| status(fault.code)),
        &HousePage {
            f: visitor.frame().at(&base).staff("house"),
            base,
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            done: done.map(|id| voice.say(id)),
            suspended: suspended(&office, config, now, dates),
            scopes: scopes(&services, &desks, voice),
            reasons: REASONS.map(|(value, id)| (value, voice.say(id))).into(),
            outages: outages.collect(),
            waiting: waiting(&office, config, dates),
            desks,
            services,
            commands: std::array::from_fn(|_| draw_id().to_string()),
        },
    )
}

fn scopes(services: &[(String, String)], desks: &[(String, String)], voice: Voice) -> Vec<(String, String)> {
    let tickets = [("tickets".to_owned(), voice.say("suspend-tickets"))];
    let services = services.iter().map(|(key, name)| (format!("service:{key}"), name.clone()));
    let desks = desks.iter().map(|(number, name)| (format!("desk:{number}"), name.clone()));
    tickets.into_iter().chain(services).chain(desks).collect()
}

fn suspended(office: &Office, config: &OfficeConfig, now: DateTime<Utc>, dates: Dates) -> Vec<Suspended> {
    let voice = dates.voice;
    let in_force = office.suspensions.iter().filter(|one| one.until.is_none_or(|until| now < until));
    let row = |one: &office::Suspension| {
        let (scope, what) = match one.scope {
            SuspensionScope::Tickets => ("tickets".to_owned(), voice.say("suspend-tickets")),
            SuspensionScope::Service(id) => {
                let service = config.services.get(&id);
                let key = service.map(|service| service.key.clone()).unwrap_or_default();
                (format!("service:{key}"), service.map(|service| voice.of_text(&service.name)).unwrap_or_default())
            }
            SuspensionScope::Desk(desk) => (format!("desk:{desk}"), desk_name(config, desk.0, voice)),
        };
        let since = match one.until {
            Some(until) => voice.say_with(
                "suspended-until",
                [("since", dates.near(one.since, now).into()), ("until", dates.near(until, now).into())],
            ),
            None => voice.with("suspended-since", "since", dates.near(one.since, now)),
        };
        Suspended { scope, what, since, because: voice.of_text(&one.because), command: draw_id().to_string() }
    };
    in_force.map(row).collect()
}

/// Everybody who should be sitting in the room.
fn waiting(office: &Office, config: &OfficeConfig, dates: Dates) -> Vec<Waiting> {
    let visits = office.open_visits.iter().filter_map(|id| office.visits.get(id));
    let present = visits.filter(|visit| {
        !visit.is_remote() && matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. })
    });
    let row = |visit: &office::Visit| Waiting {
        visit: visit.public.0.to_string(),
        number: visit.number.to_string(),
        service: config.services.get(&visit.service).map(|one| dates.voice.of_text(&one.name)).unwrap_or_default(),
        since: dates.time(visit.arrived_at),
    };
    present.map(row).collect()
}

/// The form of any of the actions, as it was typed.
pub type Fields = BTreeMap<String, String>;

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path((key, _)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("/staff/{key}/house"))
}

/// Does it, and shows the house.
pub async fn post(
    signed: Signed,
    Path((key, action)): Path<(String, String)>,
    Sent { visitor: _, fields }: Sent<Fields>,
) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    match act(&signed, handle, &action, &fields).await {
        Ok(()) => Redirect::to(&format!("/staff/{key}/house?done={action}")).into_response(),
        Err(fault) => show(&signed, handle, None, Some(&fault)),
    }
}

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(|text| text.trim()).unwrap_or_default()
}

async fn act(signed: &Signed, handle: &OfficeHandle, action: &str, fields: &Fields) -> Result<(), Fault> {
    let (id, said) = (text(fields, "command"), format!("{action} {fields:?}"));
    let command = match action {
        "suspend" => suspend(signed, handle, fields)?,
        "resume" => Command::Resume { scope: scope(handle, text(fields, "scope"))? },
        "roll-call" => return roll_call(signed, handle, id, &said, fields).await,
        "paper" => paper(signed, handle, fields)?,
        _ => return Err(ProblemCode::NotFound.into()),
    };
    submit_one(signed, handle, id, &said, command).await.map(drop)
}

fn suspend(signed: &Signed, handle: &OfficeHandle, fields: &Fields) -> Result<Command, Fault> {
    let scope = scope(handle, text(fields, "scope"))?;
    let until = match text(fields, "until") {
        "" => None,
        time => Some(today_at(signed, handle, time)?),
    };
    let words = |name: &str| -> String {
        text(fields, name).chars().filter(|c| !is_unseen(*c)).take(BECAUSE_CHARACTERS_MAX).collect()
    };
    let (el, en) = (words("el"), words("en"));
    let because = if el.is_empty() {
        let chosen = REASONS.iter().find(|(value, _)| *value == text(fields, "because"));
        let (_, sentence) = chosen.ok_or(ProblemCode::ReasonNeeded)?;
        both(|voice| voice.say(sentence))
    } else {
        let en = if en.is_empty() { el.clone() } else { en };
        Words { el, en }
    };
    Ok(Command::Suspend { scope, until, because })
}

/// What a form means: `tickets`, `service:KEY`, `desk:N`.
fn scope(handle: &OfficeHandle, name: &str) -> Result<SuspensionScope, Fault> {
    match name.split_once(':') {
        None if name == "tickets" => Ok(SuspensionScope::Tickets),
        Some(("service", key)) => service(handle, key).map(SuspensionScope::Service),
        Some(("desk", number)) => desk(number).map(SuspensionScope::Desk),
        Some(_) | None => Err(ProblemCode::Malformed.into()),
    }
}

fn service(handle: &OfficeHandle, key: &str) -> Result<ServiceId, Fault> {
    handle.config(|config| service_of(config, key)).flatten().ok_or_else(|| ProblemCode::UnknownService.into())
}

fn desk(number: &str) -> Result<DeskId, Fault> {
    number.parse().map(DeskId).map_err(|_| ProblemCode::UnknownDesk.into())
}

/// A time of today's, in the office's zone.
fn today_at(signed: &Signed, handle: &OfficeHandle, time: &str) -> Result<DateTime<Utc>, Fault> {
    let wrong = || Fault::malformed("time".to_owned());
    let time: NaiveTime = format!("{time}:00").parse().map_err(|_| wrong())?;
    let zone = handle.config(|config| config.zone).ok_or_else(wrong)?;
    let today = signed.visitor.state.clock.now().with_timezone(&zone).date_naive();
    Ok(calendar::instant_from(zone, today.and_time(time)))
}

/// Those whose box is ticked are gone.
async fn roll_call(signed: &Signed, handle: &OfficeHandle, id: &str, said: &str, fields: &Fields) -> Result<(), Fault> {
    let gone: Vec<Uuid> = fields.keys().filter_map(|name| Uuid::try_parse(name.strip_prefix("gone-")?).ok()).collect();
    submit(signed, handle, id, said, move |bench| {
        let by_public = &bench.office().visits_by_public;
        let visit = |public: &Uuid| by_public.get(&office::PublicId(*public)).copied().ok_or(Refusal::UnknownVisit);
        let gone = gone.iter().map(visit).collect::<Result<Vec<VisitId>, Refusal>>()?;
        bench.decide(&Command::RollCall { gone })
    })
    .await
    .map(drop)
}

/// Somebody who was served on paper, with the true times.
fn paper(signed: &Signed, handle: &OfficeHandle, fields: &Fields) -> Result<Command, Fault> {
    let at = |name: &str| today_at(signed, handle, text(fields, name));
    let outcome = match text(fields, "outcome") {
        "not-possible" => Outcome::NotPossible,
        "documents-missing" => Outcome::DocumentsMissing,
        _ => Outcome::Done,
    };
    Ok(Command::EnterPaper {
        desk: desk(text(fields, "desk"))?,
        service: service(handle, text(fields, "service"))?,
        public: draw_public(),
        arrived_at: at("arrived")?,
        served_from: at("from")?,
        served_to: at("to")?,
        outcome,
    })
}
