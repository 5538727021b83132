//! Another day or time for a booking (OMB-16): one decision, so that never both times are held, and never neither.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{Audience, Command, Promise, slots};
use serde::Deserialize;

use super::manage::Known;
use crate::problem::status_of;
use crate::{
    book::{
        calendar::{Calendar, Looked, Month, by_day},
        times::fault_of,
    },
    form::Sent,
    frame::{Frame, page},
    problem,
    visitor::Visitor,
};
use acts::Fault;
use store::Actor;

#[derive(Template)]
#[template(path = "booking/change.html")]
struct ChangePage {
    f: Frame,
    refusal: Option<String>,
    back: String,
    now: String,
    service: String,
    month: Option<Month>,
    action: String,
    hidden: Vec<(&'static str, String)>,
}

/// Shows the times to which it can be moved.
pub async fn get(visitor: Visitor, Path(link): Path<String>, Query(looked): Query<Looked>) -> Response {
    match Known::behind(&visitor, &link) {
        Ok(known) if known.is_changeable(&visitor) || known.first_choice(&visitor).is_some() => {
            show(&visitor, &link, &known, looked, None)
        }
        Ok(_) => Redirect::to(&format!("/booking/{link}")).into_response(),
        Err(fault) => problem::page_of_fault(&visitor, &fault),
    }
}

fn show(visitor: &Visitor, link: &str, known: &Known, looked: Looked, fault: Option<&Fault>) -> Response {
    let now = visitor.state.clock.now();
    let zone = known.config.zone;
    let today = now.with_timezone(&zone).date_naive();
    let query = query(visitor, known);
    let free = query.map(|query| known.handle.free_times_to_move(&query, &known.booking, now)).unwrap_or_default();
    let action = format!("/booking/{link}/change");
    let calendar = Calendar {
        free: by_day(free.into_iter().map(|slot| slot.start), zone),
        today,
        zone,
        href: format!("{action}?"),
        voice: visitor.voice,
    };
    let month = calendar.month(looked);
    let here = month.as_ref().map_or_else(|| action.clone(), |month| month.here.clone());
    page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &ChangePage {
            f: visitor.frame().at(here),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            back: format!("/booking/{link}"),
            now: visitor.voice.text(
                if known.is_open() { "change-now" } else { "change-was" },
                "when",
                &known.when(visitor),
            ),
            service: known.service(visitor),
            month,
            action,
            hidden: Vec::new(),
        },
    )
}

/// Among which times is chosen: whom the office displaced has all that staff could give (FLD-33).
fn query(visitor: &Visitor, known: &Known) -> Option<slots::Query> {
    let now = visitor.state.clock.now();
    if known.first_choice(visitor).is_some() {
        return slots::to_choose(&known.config, &known.booking, now);
    }
    let Promise { service, channel, persons, cases, .. } = known.booking.promise;
    let horizon = known.config.services.get(&service)?.horizon_days;
    // What an agent made is moved within the agents' share (TRN-07).
    let audience = Some(known.booking.promise.audience).filter(|audience| audience.is_public());
    let audience = audience.unwrap_or(Audience::Public);
    let from = now.with_timezone(&known.config.zone).date_naive();
    Some(slots::Query { service, channel, audience, persons, cases, from, days: horizon.saturating_add(1) })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    start: String,
}

/// Moves it.
pub async fn post(Path(link): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let Ok(start) = fields.start.parse::<DateTime<Utc>>() else {
        let fault = wire::ProblemCode::SlotNotOffered.into();
        return show(&visitor, &link, &known, Looked::default(), Some(&fault));
    };
    let booking = known.booking.id;
    let person = known.booking.life.party().map(|party| party.person);
    let displaced = known.first_choice(&visitor).is_some();
    let moved = visitor.state.writer.submit_with(&known.handle.key, Actor::Citizen, None, move |bench| {
        let decided = bench.decide(&if displaced {
            Command::ChooseAnew { booking, start }
        } else {
            Command::Move { booking, start, audience: Audience::Public }
        })?;
        if let Some(person) = person {
            bench.note_visit(person, start);
        }
        Ok(decided)
    });
    match moved.await {
        Ok(_) => Redirect::to(&format!("/booking/{link}?moved=1")).into_response(),
        Err(refused) => {
            let fault = fault_of(&known.handle.read(), &refused);
            let day = Some(start.with_timezone(&known.config.zone).date_naive());
            show(&visitor, &link, &known, Looked { month: None, day }, Some(&fault))
        }
    }
}
