//! Another day or time for a booking (OMB-16): one decision, so that never both times are held, and never neither.

use std::collections::BTreeMap;

use acts::{
    BookingName, Fault,
    change_booking::{self, BookingChange},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Audience, CivilDate, CivilInstant, Promise, calendar, slots};
use serde::Deserialize;
use stationery::{
    calendar::{CalendarQuery, FreeCalendar, Month, by_day},
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, status_of},
    suspended::{SuspensionBox, SuspensionReader},
    visitor::Visitor,
};
use wire::ProblemCode;

use super::linked::LinkedBooking;

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
    suspended: Option<SuspensionBox>,
}

/// Shows the times to which it can be moved.
pub async fn get(
    visitor: Visitor,
    PagePath(link): PagePath<String>,
    PageQuery(looked): PageQuery<CalendarQuery>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    if linked.is_changeable(&visitor) || linked.first_choice(&visitor).is_some() {
        Ok(show(&visitor, &linked, looked, looked.fault().as_ref()))
    } else {
        Ok(Redirect::to(&linked.paths.booking()).into_response())
    }
}

fn show(visitor: &Visitor, linked: &LinkedBooking, looked: CalendarQuery, fault: Option<&Fault>) -> Response {
    let now = visitor.state.clock.now();
    let zone = linked.config.zone;
    let today = now.with_timezone(&zone).date_naive();
    let query = query(visitor, linked);
    let free = query.map(|query| linked.handle.free_times_to_move(&query, &linked.booking, now)).unwrap_or_default();
    let action = linked.paths.change();
    let shown = FreeCalendar {
        free: by_day(free.into_iter().map(|slot| slot.start), zone),
        today,
        zone,
        href: format!("{action}?"),
        voice: visitor.voice,
        own: BTreeMap::new(),
    };
    // Who was displaced looks first where a time is kept for them.
    let kept = linked.first_choice(visitor).and_then(|choice| choice.kept).filter(|kept| kept.start > now);
    let looked = looked.or_day(kept.map(|kept| calendar::local_date(zone, kept.start)));
    let office = &linked.handle.read();
    let reader = SuspensionReader { office, config: &linked.config, now, voice: visitor.voice };
    let suspended = reader.of_times(linked.booking.promise.service, !shown.free.is_empty());
    let month = shown.month(looked);
    let here = month.as_ref().map_or_else(|| action.clone(), |month| month.here.clone());
    page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &ChangePage {
            f: visitor.frame().at(here),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            back: linked.paths.booking(),
            now: visitor.voice.text(
                if linked.is_open() { "change-now" } else { "change-was" },
                "when",
                &linked.when(visitor),
            ),
            service: linked.service(visitor),
            month,
            action,
            hidden: Vec::new(),
            suspended,
        },
    )
}

/// Among which times is chosen: whom the office displaced has all that staff could give (FLD-33).
fn query(visitor: &Visitor, linked: &LinkedBooking) -> Option<slots::Query> {
    let now = visitor.state.clock.now();
    if linked.first_choice(visitor).is_some() {
        return slots::to_choose(&linked.config, &linked.booking, now);
    }
    let Promise { service, channel, persons, cases, .. } = linked.booking.promise;
    let horizon = linked.config.services.get(&service)?.horizon_days;
    // What an agent made is moved within the agents' share (TRN-07).
    let audience = Some(linked.booking.promise.audience).filter(|audience| audience.is_public());
    let audience = audience.unwrap_or(Audience::Public);
    let from = now.with_timezone(&linked.config.zone).date_naive();
    Some(slots::Query { service, channel, audience, persons, cases, from, days: horizon.saturating_add(1) })
}

/// What the button of another time sends.
#[derive(Debug, Deserialize)]
pub struct MoveForm {
    #[serde(default)]
    start: String,
}

/// Moves it.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: form }: OwnForm<MoveForm>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let Ok(start) = form.start.parse::<CivilInstant>() else {
        let fault = ProblemCode::SlotNotOffered.into();
        return Ok(show(&visitor, &linked, CalendarQuery::default(), Some(&fault)));
    };
    let booking = BookingName::Number(linked.booking.id);
    let change = BookingChange { booking, start, audience: Audience::Public };
    match change_booking::run(linked.turn(&visitor), change).await {
        Ok(_) => Ok(Redirect::to(&linked.paths.done("moved")).into_response()),
        Err(fault) => {
            let day = CivilDate::new(calendar::local_date(linked.config.zone, start.utc()));
            Ok(show(&visitor, &linked, CalendarQuery::of_day(day), Some(&fault)))
        }
    }
}
