//! Another time for a booking, for a caller (FLD-14): of all times that staff can have, not of the public's alone.

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault,
    change_booking::{self, BookingChange},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Audience, CivilDate, CivilInstant, Promise, calendar, slots};
use secrets::{draw_id, readable};
use serde::Deserialize;
use stationery::{
    calendar::{CalendarQuery, FreeCalendar, Month, by_day},
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, status_of},
    signed::StaffVisitor,
    suspended::{SuspensionBox, SuspensionReader},
};
use wire::ProblemCode;

use super::{known::KnownBooking, news::BookingNews};

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
    suspended: Option<SuspensionBox>,
}

/// Shows the times.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
    PageQuery(looked): PageQuery<CalendarQuery>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    let now = signed.visitor.state.clock.now();
    if known.is_open() || known.first_choice(now).is_some() {
        Ok(show(&signed, &known, looked, looked.fault().as_ref()))
    } else {
        Ok(Redirect::to(&known.page().to_string()).into_response())
    }
}

fn show(signed: &StaffVisitor, known: &KnownBooking, looked: CalendarQuery, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let (now, zone, voice) = (visitor.state.clock.now(), known.config.zone, visitor.voice);
    let Promise { service, channel, persons, cases, .. } = known.booking.promise;
    let today = now.with_timezone(&zone).date_naive();
    let days = known.service().map_or(0, |service| service.horizon_days).saturating_add(1);
    let displaced = known.first_choice(now).and_then(|_| slots::to_choose(&known.config, &known.booking, now));
    let any = slots::Query { service, channel, audience: Audience::Internal, persons, cases, from: today, days };
    let free = known.handle.free_times_to_move(&displaced.unwrap_or(any), &known.booking, now);
    let action =
        Page::StaffBookingMove { office: &known.config.key, reference: &known.booking.reference.0 }.to_string();
    let free = by_day(free.into_iter().map(|slot| slot.start), zone);
    let shown = FreeCalendar { free, today, zone, href: format!("{action}?"), voice, own: BTreeMap::new() };
    // Who was displaced is asked first about the time that is kept for them.
    let kept = known.first_choice(now).and_then(|choice| choice.kept).filter(|kept| kept.start > now);
    let looked = looked.or_day(kept.map(|kept| calendar::local_date(zone, kept.start)));
    let office = &known.handle.read();
    let reader = SuspensionReader { office, config: &known.config, now, voice };
    let suspended = reader.of_staff(service);
    let month = shown.month(looked);
    let here = month.as_ref().map_or_else(|| action.clone(), |month| month.here.clone());
    page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &MovePage {
            f: visitor.frame().at(here).staff("bookings"),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            back: known.page().to_string(),
            reference: readable(&known.booking.reference),
            now: voice.text(if displaced.is_some() { "change-was" } else { "change-now" }, "when", &known.when(voice)),
            service: known.service_name(voice),
            month,
            action,
            hidden: vec![("command", draw_id().to_string())],
            suspended,
        },
    )
}

/// What the button of another time sends.
#[derive(Debug, Deserialize)]
pub struct StaffMoveForm {
    /// The time that was chosen.
    #[serde(default)]
    start: String,
    /// The command's id.
    #[serde(default)]
    command: String,
}

/// Moves it.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
    OwnForm { visitor: _, fields }: OwnForm<StaffMoveForm>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    let Ok(start) = fields.start.parse::<CivilInstant>() else {
        return Ok(show(&signed, &known, CalendarQuery::default(), Some(&ProblemCode::SlotNotOffered.into())));
    };
    let change = BookingChange { booking: known.name(), start, audience: Audience::Internal };
    match change_booking::run(known.turn(&signed, &fields.command), change).await {
        Ok(_) => Ok(Redirect::to(&known.page().asking(BookingNews::Moved.query())).into_response()),
        Err(fault) => {
            let day = CivilDate::new(calendar::local_date(known.config.zone, start.utc()));
            Ok(show(&signed, &known, CalendarQuery::of_day(day), Some(&fault)))
        }
    }
}
