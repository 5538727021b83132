//! Another time for a booking, for a caller (FLD-14): of all times that staff can have, not of the public's alone.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{Audience, Command, Promise, slots};
use serde::Deserialize;
use wire::ProblemCode;

use super::known::{KnownBooking, submit};
use crate::problem::status_of;
use crate::{
    book::calendar::{Calendar, Looked, Month, by_day},
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
};
use acts::Fault;
use secrets::{draw_id, readable};

#[derive(Template)]
#[template(path = "staff/move.html")]
struct MovePage {
    f: Frame,
    refusal: Option<String>,
    back: String,
    reference: String,
    now: String,
    service: String,
    month: Option<Month>,
    action: String,
    hidden: Vec<(&'static str, String)>,
}

/// Shows the times.
pub async fn get(
    signed: Signed,
    Path((key, reference)): Path<(String, String)>,
    Query(looked): Query<Looked>,
) -> Response {
    match KnownBooking::of(&signed, &key, &reference) {
        Ok(known) if known.is_open() || known.first_choice(signed.visitor.state.clock.now()).is_some() => {
            show(&signed, &known, looked, None)
        }
        Ok(known) => Redirect::to(&known.href()).into_response(),
        Err(fault) => fault.into_response(),
    }
}

fn show(signed: &Signed, known: &KnownBooking, looked: Looked, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let (now, zone, voice) = (visitor.state.clock.now(), known.config.zone, visitor.voice);
    let Promise { service, channel, persons, cases, .. } = known.booking.promise;
    let today = now.with_timezone(&zone).date_naive();
    let days = known.service().map_or(0, |service| service.horizon_days).saturating_add(1);
    let displaced = known.first_choice(now).and_then(|_| slots::to_choose(&known.config, &known.booking, now));
    let any = slots::Query { service, channel, audience: Audience::Internal, persons, cases, from: today, days };
    let free = known.handle.free_times_to_move(&displaced.unwrap_or(any), &known.booking, now);
    let action = format!("{}/move", known.href());
    let free = by_day(free.into_iter().map(|slot| slot.start), zone);
    let calendar = Calendar { free, today, zone, href: format!("{action}?"), voice };
    let month = calendar.month(looked);
    let here = month.as_ref().map_or_else(|| action.clone(), |month| month.here.clone());
    page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &MovePage {
            f: visitor.frame().at(here).staff("bookings"),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            back: known.href(),
            reference: readable(&known.booking.reference),
            now: voice.text(if displaced.is_some() { "change-was" } else { "change-now" }, "when", &known.when(voice)),
            service: known.service_name(voice),
            month,
            action,
            hidden: vec![("command", draw_id().to_string())],
        },
    )
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    start: String,
    #[serde(default)]
    command: String,
}

/// Moves it.
pub async fn post(
    signed: Signed,
    Path((key, reference)): Path<(String, String)>,
    Sent { visitor: _, fields }: Sent<Fields>,
) -> Response {
    let known = match KnownBooking::of(&signed, &key, &reference) {
        Ok(known) => known,
        Err(fault) => return fault.into_response(),
    };
    let Ok(start) = fields.start.parse::<DateTime<Utc>>() else {
        return show(&signed, &known, Looked::default(), Some(&ProblemCode::SlotNotOffered.into()));
    };
    let (booking, person) = (known.booking.id, known.person());
    let said = format!("move {booking} {start}");
    let displaced = known.first_choice(signed.visitor.state.clock.now()).is_some();
    let moved = submit(&signed, &known.handle, &fields.command, &said, move |bench| {
        let decided = bench.decide(&if displaced {
            Command::ChooseAnew { booking, start }
        } else {
            Command::Move { booking, start, audience: Audience::Internal }
        })?;
        if let Some(person) = person {
            bench.note_visit(person, start);
        }
        Ok(decided)
    });
    match moved.await {
        Ok(_) => Redirect::to(&format!("{}?done=moved", known.href())).into_response(),
        Err(fault) => {
            let day = Some(start.with_timezone(&known.config.zone).date_naive());
            show(&signed, &known, Looked { month: None, day }, Some(&fault))
        }
    }
}
