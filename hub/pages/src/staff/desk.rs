//! A desk: what its clerk presses, and the page that answers. One big button, always in the same place.

use crate::problem::status_of;
use std::sync::Arc;

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{TimeDelta, Utc};
use office::{DeskId, Origin, VisitState};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::ProblemCode;

use super::{
    desk_view::{AtDesk, NoteBefore, Shown},
    signed::Signed,
};
use crate::{form::Sent, frame::page, problem, visitor::Visitor};
use acts::{Fault, Look, LookKind};
use people::{Behalf, Details, readable};
use writer::{CommandId, OfficeHandle};

/// Shows the desk.
pub async fn get(signed: Signed, Path((key, desk)): Path<(String, u16)>, Query(came): Query<Came>) -> Response {
    match signed.office(&key) {
        Ok(handle) => show(&signed, handle, desk, &came, None).await,
        Err(fault) => fault.into_response(),
    }
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Came {
    /// A visit whose documents are missing, which was tolerated (TRN-12).
    #[serde(default)]
    warned: String,
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
    first: String,
    note_read: String,
    identity: String,
    representation: String,
    papers: String,
    note: String,
}

/// Does something at the desk, as the API would, and shows it.
pub async fn post(
    signed: Signed,
    Path((key, desk, action)): Path<(String, u16, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => Arc::clone(handle),
        Err(fault) => return fault.into_response(),
    };
    let done = act(&signed, &visitor, &handle, desk, &action, &fields).await;
    match done {
        Ok(()) if action == "close" => Redirect::to("/staff?all=1").into_response(),
        Ok(()) => {
            let lacking = Some(&fields.visit).filter(|_| action == "missing-documents");
            let warned = lacking.and_then(|visit| Uuid::try_parse(visit).ok());
            let warned = warned.map(|visit| format!("?warned={visit}")).unwrap_or_default();
            Redirect::to(&format!("/staff/{key}/desks/{desk}{warned}")).into_response()
        }
        Err(fault) => show(&signed, &handle, desk, &Came::default(), Some(&fault)).await,
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
    let id = id.map(|id| CommandId {
        id,
        body_hash: Sha256::digest(format!("{action} {desk} {} {body}", fields.visit)).into(),
    });
    match action {
        "come-back" | "leave" => {
            api::about_visit(&visitor.state.writer, handle, &signed.session, id, &fields.visit, action, body).await
        }
        _ => {
            let done =
                api::at_desk(&visitor.state.writer, handle, &signed.session, id, DeskId(desk), action, body).await;
            // The code's own sentence is about calls out of order.
            let own = match action {
                "shown" => "shown-reason-needed",
                "calls" | "calls-after-note" | "finishes" => "documents-first",
                _ => return done,
            };
            done.map_err(|fault| match fault.code {
                ProblemCode::ReasonNeeded => Fault { words: Some(text::words(own, &[])), ..fault },
                _ => fault,
            })
        }
    }
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
            "calls-after-note" => json!({
                "holds": given(&self.holds), "note_read": self.note_read, "finish": self.finish == "yes",
            }),
            "open" | "close" | "resume" | "come-back" | "leave" => json!({}),
            "break" => {
                let minutes = self.minutes.parse::<i64>().ok().filter(|minutes| (1..=480).contains(minutes));
                json!({ "because": self.because, "until": minutes.map(|minutes| now + TimeDelta::minutes(minutes)) })
            }
            "recalls" | "put-backs" | "appeared" | "no-shows" | "failed-attempts" | "parkings"
            | "missing-documents" => visit(),
            "shown" => json!({
                "visit": self.visit, "identity": self.identity == "yes", "representation": self.representation == "yes",
                "papers": given(&self.papers).unwrap_or_else(|| "unseen".to_owned()), "note": given(&self.note),
            }),
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
                body.extend(given(&self.first).map(|why| ("first_in_line".to_owned(), json!(why))));
                Value::Object(body)
            }
            _ => return Err(ProblemCode::NotFound.into()),
        })
    }
}

async fn show(signed: &Signed, handle: &OfficeHandle, desk: u16, came: &Came, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let Some(view) = visitor.state.floor(handle, visitor.state.clock.now()) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let note = match fault.map(|fault| fault.code) {
        Some(ProblemCode::NoteFirst) => match note_before(signed, handle, DeskId(desk)).await {
            Ok(note) => note,
            Err(error) => return problem::page_of_fault(visitor, &error),
        },
        Some(_) | None => None,
    };
    let at_desk = match at_desk(signed, handle, DeskId(desk)).await {
        Ok(at_desk) => at_desk,
        Err(error) => return problem::page_of_fault(visitor, &error),
    };
    let warned = Uuid::try_parse(&came.warned).ok();
    match (Shown { signed, handle, view, desk, at_desk, warned }).page(fault, note) {
        Some(template) => page(fault.map_or(StatusCode::OK, |fault| status_of(fault.code)), &template),
        None => problem::page_of(visitor, ProblemCode::UnknownDesk),
    }
}

/// What the store knows of the visit that this clerk's desk holds: the number to call, and whether somebody represents
/// somebody. That a number was shown is kept (FLD-22).
async fn at_desk(signed: &Signed, handle: &OfficeHandle, desk: DeskId) -> Result<AtDesk, Fault> {
    let state = &signed.visitor.state;
    let held = {
        let office = handle.read();
        let mine = office.desks.get(&desk).filter(|open| open.clerk.0 == signed.session.account.id);
        let visit = mine.and_then(|open| open.holds).and_then(|visit| office.visits.get(&visit));
        visit.and_then(|visit| {
            let Origin::Booked { booking, .. } = visit.origin else { return None };
            let person = office.bookings.get(&booking)?.life.party()?.person;
            // One call is one look, however often the page renews itself; whom they reached has been looked at before.
            let call = match visit.state {
                VisitState::Called { call, .. } => Some(call.0),
                _ => None,
            };
            Some((person, visit.is_remote(), call, (booking, visit.public.0)))
        })
    };
    let Some((person, remote, call, (booking, visit))) = held else { return Ok(AtDesk::default()) };
    let record = state.readers.read(move |store| store.record(person)).await?;
    let phone = record.as_ref().filter(|_| remote).and_then(|record| record.phone.clone());
    if let (Some(_), Some(call)) = (&phone, call) {
        let look = Look::new(signed.session.account.id, handle.row, LookKind::Number);
        Look { booking: Some(booking), visit: Some(visit), occasion: Some(call), ..look }.keep(&state.ledger).await?;
    }
    let details = record.and_then(|record| Details::from_json(record.details.as_ref()?));
    let represents = details.is_some_and(|details| details.behalf != Behalf::Oneself);
    Ok(AtDesk { phone: phone.as_deref().map(readable), represents })
}

/// The note that is to be read before the next visit is called (FLD-05).
async fn note_before(signed: &Signed, handle: &OfficeHandle, desk: DeskId) -> Result<Option<NoteBefore>, Fault> {
    let state = &signed.visitor.state;
    let next = {
        let office = handle.read();
        let proposed = office::order::propose(&office, desk, state.clock.now()).ok();
        let visit = proposed.and_then(|proposal| office.visits.get(&proposal.visit));
        visit.and_then(|visit| Some((visit.public.0, visit.number.to_string(), visit.note?)))
    };
    let Some((visit, number, note)) = next else { return Ok(None) };
    let row = handle.row;
    let found = state.readers.read(move |store| store.note(row, note)).await?;
    let look = Look::new(signed.session.account.id, row, LookKind::Note);
    Look { visit: Some(visit), ..look }.keep(&state.ledger).await?;
    let text = found.and_then(|note| note.text);
    Ok(text.map(|text| NoteBefore { visit: visit.to_string(), number, text }))
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
