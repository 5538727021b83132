//! A desk: who is there, why, what can be done, and who waits. One big button, always in the same place.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{TimeDelta, Utc};
use office::{ClerkId, DeskId, OverrideReason};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::{FloorDeskState, FloorView, FloorVisit, FloorVisitState, ProblemCode};

use super::{
    signed::Signed,
    view::{clerk_at, desk_name, desk_state, visit_state, zone},
};
use crate::{
    api::{self, Fault},
    codes::draw_id,
    feed::floor_view,
    offices::OfficeHandle,
    pages::{
        form::Sent,
        frame::{Frame, page},
        problem,
        visitor::Visitor,
    },
    text::{Dates, override_reason},
    writer::CommandId,
};

#[derive(Template)]
#[template(path = "staff/desk.html")]
struct DeskPage {
    f: Frame,
    office: String,
    desk: String,
    href: String,
    feed: String,
    state: String,
    state_class: &'static str,
    refusal: Option<String>,
    alarms: Vec<String>,
    mine: bool,
    closed: bool,
    on_break: bool,
    called: bool,
    can_finish: bool,
    holds: String,
    holding: Option<Holding>,
    idle: String,
    waiting: usize,
    queue: Vec<Waiting>,
    floor: Vec<OtherDesk>,
    desks: Vec<Choice>,
    services: Vec<Choice>,
    overrides: Vec<Choice>,
    commands: Commands,
}

/// The visit at the desk.
struct Holding {
    id: String,
    number: String,
    state: String,
    service: String,
    booked: Option<String>,
    priority: bool,
    reason: Option<String>,
    card: bool,
}

/// Somebody in the list.
struct Waiting {
    id: String,
    number: String,
    class: &'static str,
    service: String,
    state: Option<String>,
    booked: Option<String>,
    arrived: String,
    priority: bool,
    act: Option<Act>,
}

/// Calling somebody in particular.
struct Act {
    command: String,
    reason_needed: bool,
}

struct OtherDesk {
    name: String,
    state: String,
}

struct Choice {
    value: String,
    name: String,
}

/// The ids of the commands that the page's forms would send: the same form sent twice does nothing twice (PROM-09).
struct Commands {
    open: String,
    close: String,
    rest: String,
    resume: String,
    next: String,
    appeared: String,
    recall: String,
    no_show: String,
    put_back: String,
    finish: String,
    park: String,
    interrupt: String,
    transfer: String,
}

impl Commands {
    fn draw() -> Self {
        let id = || draw_id().to_string();
        Self {
            open: id(),
            close: id(),
            rest: id(),
            resume: id(),
            next: id(),
            appeared: id(),
            recall: id(),
            no_show: id(),
            put_back: id(),
            finish: id(),
            park: id(),
            interrupt: id(),
            transfer: id(),
        }
    }
}

/// Shows the desk.
pub async fn get(signed: Signed, Path((key, desk)): Path<(String, u16)>) -> Response {
    match signed.office(&key) {
        Ok(handle) => show(&signed, handle, desk, None),
        Err(response) => response,
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path((key, desk, _)): Path<(String, u16, String)>) -> Redirect {
    Redirect::to(&format!("/staff/{key}/desks/{desk}"))
}

/// Every field of the desk's forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    command: String,
    holds: String,
    finish: String,
    visit: String,
    because: String,
    minutes: String,
    outcome: String,
    resume: String,
    same_desk: String,
    to: String,
}

/// Does something at the desk, as the API would, and shows it.
pub async fn post(
    signed: Signed,
    Path((key, desk, action)): Path<(String, u16, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => Arc::clone(handle),
        Err(response) => return response,
    };
    let done = act(&signed, &visitor, &handle, desk, &action, &fields).await;
    match done {
        Ok(()) if action == "close" => Redirect::to("/staff?all=1").into_response(),
        Ok(()) => Redirect::to(&format!("/staff/{key}/desks/{desk}")).into_response(),
        Err(fault) => show(&signed, &handle, desk, Some(&fault)),
    }
}

async fn act(
    signed: &Signed,
    visitor: &Visitor,
    handle: &Arc<OfficeHandle>,
    desk: u16,
    action: &str,
    fields: &Fields,
) -> Result<(), Fault> {
    let body = fields.body(action, visitor.state.clock.now())?;
    let id = Uuid::try_parse(&fields.command).ok();
    let id = id.map(|id| CommandId { id, body_hash: Sha256::digest(format!("{action} {desk} {body}")).into() });
    api::at_desk(&visitor.state, handle, &signed.session, id, DeskId(desk), action, body).await
}

impl Fields {
    /// The body that the API takes for this action.
    fn body(&self, action: &str, now: chrono::DateTime<Utc>) -> Result<Value, Fault> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let visit = || json!({ "visit": self.visit });
        Ok(match action {
            "calls" => json!({ "holds": given(&self.holds), "finish": self.finish == "yes" }),
            "chosen-calls" => json!({
                "holds": given(&self.holds), "visit": self.visit, "because": given(&self.because),
            }),
            "open" | "close" | "resume" => json!({}),
            "break" => {
                let minutes = self.minutes.parse::<i64>().ok().filter(|minutes| (1..=480).contains(minutes));
                json!({ "because": self.because, "until": minutes.map(|minutes| now + TimeDelta::minutes(minutes)) })
            }
            "recalls" | "put-backs" | "appeared" | "no-shows" | "parkings" => visit(),
            "interruptions" => {
                json!({ "visit": self.visit, "resume": self.resume, "same_desk": self.same_desk == "yes" })
            }
            "finishes" => json!({ "visit": self.visit, "outcome": self.outcome }),
            "transfers" => {
                let mut body = Map::from_iter([("visit".to_owned(), json!(self.visit))]);
                match self.to.split_once(':') {
                    Some(("desk", desk)) => {
                        let desk: u16 = desk.parse().map_err(|_| Fault::from(ProblemCode::UnknownDesk))?;
                        body.insert("desk".to_owned(), json!(desk));
                    }
                    Some(("service", service)) => drop(body.insert("service".to_owned(), json!(service))),
                    Some(_) | None => return Err(ProblemCode::Malformed.into()),
                }
                Value::Object(body)
            }
            _ => return Err(ProblemCode::NotFound.into()),
        })
    }
}

fn show(signed: &Signed, handle: &OfficeHandle, desk: u16, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let Some(view) = floor_view(&visitor.state, handle, visitor.state.clock.now()) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let shown = Shown { signed, handle, view, desk };
    match shown.page(fault) {
        Some(template) => page(fault.map_or(StatusCode::OK, |fault| api::status(fault.code)), &template),
        None => problem::page_of(visitor, ProblemCode::UnknownDesk),
    }
}

/// A desk within the floor.
struct Shown<'a> {
    signed: &'a Signed,
    handle: &'a OfficeHandle,
    view: FloorView,
    desk: u16,
}

impl Shown<'_> {
    fn dates(&self) -> Dates {
        Dates { voice: self.signed.visitor.voice, zone: zone(&self.view) }
    }

    fn page(&self, fault: Option<&Fault>) -> Option<DeskPage> {
        let visitor = &self.signed.visitor;
        let (voice, dates) = (visitor.voice, self.dates());
        let office = self.handle.read();
        let config = office.config.as_ref()?;
        let here = self.view.desks.iter().find(|desk| desk.number == self.desk)?;
        let clerk = clerk_at(&office, self.desk);
        let mine = clerk == Some(ClerkId(self.signed.session.account.id));
        let held = here.holds.and_then(|held| self.view.visits.iter().find(|visit| visit.visit == held));
        let called = held.is_some_and(|visit| matches!(visit.state, FloorVisitState::Called { .. }));
        let on_break = matches!(here.state, FloorDeskState::Break { .. });
        let serves = config.desks.get(&DeskId(self.desk)).map(|desk| desk.services.clone()).unwrap_or_default();
        let serves: Vec<&str> = serves
            .iter()
            .filter_map(|service| config.services.get(service))
            .map(|service| service.key.as_str())
            .collect();
        let href = format!("/staff/{}/desks/{}", self.handle.key, self.desk);
        let idle = match (clerk.is_none(), on_break) {
            (true, _) => "idle-closed",
            (false, true) => "idle-break",
            (false, false) => "idle-desk",
        };
        let others = self.view.desks.iter();
        Some(DeskPage {
            f: visitor.frame().at(&href),
            office: self.handle.key.to_string(),
            desk: desk_name(config, self.desk, voice),
            feed: format!("/api/v1/offices/{}/feeds/floor", self.handle.key),
            state: desk_state(&self.view, here, dates),
            state_class: if on_break || clerk.is_none() { "tag-off" } else { "tag-on" },
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            alarms: self.view.alarms.iter().map(|alarm| voice.of(alarm)).collect(),
            mine,
            closed: clerk.is_none(),
            on_break,
            called,
            can_finish: held.is_some() && !called,
            holds: here.holds.map(|held| held.to_string()).unwrap_or_default(),
            holding: held.map(|visit| self.holding(visit)),
            idle: voice.say(idle),
            waiting: self.view.visits.iter().filter(|visit| waits(visit)).count(),
            queue: self.queue(&serves),
            floor: others
                .clone()
                .map(|desk| OtherDesk {
                    name: desk_name(config, desk.number, voice),
                    state: desk_state(&self.view, desk, dates),
                })
                .collect(),
            desks: others
                .filter(|desk| desk.number != self.desk && !matches!(desk.state, FloorDeskState::Closed))
                .map(|desk| Choice { value: desk.number.to_string(), name: desk_name(config, desk.number, voice) })
                .collect(),
            services: config
                .services
                .values()
                .map(|service| Choice { value: service.key.clone(), name: voice.of_text(&service.name) })
                .collect(),
            overrides: self.overrides(),
            commands: Commands::draw(),
            href,
        })
    }

    fn overrides(&self) -> Vec<Choice> {
        let voice = self.signed.visitor.voice;
        let reasons = [
            (OverrideReason::ShortMatter, "short-matter"),
            (OverrideReason::BroughtDocuments, "brought-documents"),
            (OverrideReason::Urgent, "urgent"),
            (OverrideReason::Mistake, "mistake"),
            (OverrideReason::Other, "other"),
        ];
        let choice = |(reason, value): (OverrideReason, &str)| Choice {
            value: value.to_owned(),
            name: override_reason(reason, voice),
        };
        reasons.into_iter().map(choice).collect()
    }

    fn holding(&self, visit: &FloorVisit) -> Holding {
        let dates = self.dates();
        Holding {
            id: visit.visit.to_string(),
            number: visit.number.clone(),
            state: visit_state(visit, self.desk, dates),
            service: dates.voice.of(&visit.service_name),
            booked: visit.booked_for.map(|at| dates.time(at)),
            priority: visit.priority,
            reason: visit.reason.as_ref().map(|reason| dates.voice.of(&reason.words)),
            card: visit.booked_for.is_some() || visit.note,
        }
    }

    /// Everybody who is at no desk: first those who wait, in the order in which they are expected to be called.
    fn queue(&self, serves: &[&str]) -> Vec<Waiting> {
        let dates = self.dates();
        let (waiting, apart): (Vec<_>, Vec<_>) = self
            .view
            .visits
            .iter()
            .filter(|visit| !matches!(visit.state, FloorVisitState::Called { .. } | FloorVisitState::Serving { .. }))
            .partition(|visit| waits(visit));
        let row = |visit: &FloorVisit| {
            let parked_here = matches!(visit.state, FloorVisitState::Parked { desk, .. } if desk == self.desk);
            let callable = (waits(visit) && serves.contains(&visit.service.as_str())) || parked_here;
            Waiting {
                id: visit.visit.to_string(),
                number: visit.number.clone(),
                class: if waits(visit) { "waits" } else { "apart" },
                service: dates.voice.of(&visit.service_name),
                state: (!matches!(visit.state, FloorVisitState::Waiting { .. }))
                    .then(|| visit_state(visit, self.desk, dates)),
                booked: visit.booked_for.map(|at| dates.time(at)),
                arrived: dates.time(visit.arrived_at),
                priority: visit.priority,
                act: callable.then(|| Act { command: draw_id().to_string(), reason_needed: !parked_here }),
            }
        };
        waiting.into_iter().chain(apart).map(row).collect()
    }
}

/// Whether somebody waits to be called.
const fn waits(visit: &FloorVisit) -> bool {
    matches!(visit.state, FloorVisitState::Waiting { .. } | FloorVisitState::Interrupted { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(action: &str, fields: Fields) -> Value {
        fields.body(action, "2026-11-24T08:00:00Z".parse().unwrap()).unwrap()
    }

    #[test]
    fn prom_04_next_says_whom_the_desk_was_believed_to_hold() {
        let fields = Fields { holds: "x".into(), finish: "yes".into(), ..Fields::default() };
        assert_eq!(body("calls", fields), json!({ "holds": "x", "finish": true }));
        assert_eq!(body("calls", Fields::default()), json!({ "holds": null, "finish": false }));
    }

    #[test]
    fn a_break_has_a_stated_end_or_none() {
        let fields = Fields { because: "rest".into(), minutes: "15".into(), ..Fields::default() };
        assert_eq!(body("break", fields), json!({ "because": "rest", "until": "2026-11-24T08:15:00Z" }));
        let fields = Fields { because: "rest".into(), ..Fields::default() };
        assert_eq!(body("break", fields), json!({ "because": "rest", "until": null }));
    }

    #[test]
    fn a_transfer_goes_to_a_desk_or_to_a_service() {
        let to = |to: &str| Fields { visit: "v".into(), to: to.into(), ..Fields::default() };
        assert_eq!(body("transfers", to("desk:2")), json!({ "visit": "v", "desk": 2 }));
        assert_eq!(body("transfers", to("service:address")), json!({ "visit": "v", "service": "address" }));
        assert!(to("nowhere").body("transfers", "2026-11-24T08:00:00Z".parse().unwrap()).is_err());
    }
}
