//! `POST …/check-ins`: somebody with a booking is here.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use office::{BookingId, BookingLife, Command, Event, EventKind, Office, Refusal, Visit, VisitEvent};
use wire::{BookingCode, CheckInAnswer, CheckInRequest, DeviceKind, ProblemCode};

use super::{
    Fault,
    answers::{standing_of, ticket},
    request::Asked,
    write::{Said, ask, office},
};
use crate::{
    codes::{draw_public, is_ours},
    feed::Expected,
    offices::OfficeHandle,
    state::AppState,
    writer::Workbench,
};

/// Checks somebody in.
#[utoipa::path(post, path = "/api/v1/offices/{office}/check-ins", tag = "kiosk", request_body = CheckInRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = CheckInAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<AppState>,
    Path(key): Path<String>,
    asked: Asked<CheckInRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.device_or_staff(DeviceKind::Kiosk, &handle)?;
    let CheckInRequest { code, language, late } = asked.body;
    let public = draw_public();
    let code: BookingCode = code.parse().map_err(|_| Fault::from(ProblemCode::UnknownCode))?;
    let hub = state.clone();
    let arrival = move |booking| Command::CheckIn { booking, public, language, late, priority: false };
    let expected = expected(&handle, &code, arrival, state.clock.now());
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let booking = match find(&hub, bench.office(), &code, bench.now()) {
            Ok(booking) => booking,
            Err(fault) => return Said::No(fault),
        };
        let command = arrival(booking);
        let start = bench.office().bookings.get(&booking).map(|booking| booking.promise.start);
        match bench.decide(&command) {
            Ok(decided) => {
                match checked_in(&decided.events) {
                    Some(visit) => arrived(&hub, bench, visit, expected, false),
                    // They chose to give the booking up and book anew (TRN-05): there is no visit, and no ticket.
                    None => Said::No(ProblemCode::BookingCancelled.into()),
                }
            }
            Err(Refusal::AlreadyHere { visit }) => match bench.office().visits.get(&visit).cloned() {
                Some(visit) => arrived(&hub, bench, &visit, expected, true),
                None => Said::no(bench, &Refusal::UnknownVisit),
            },
            // The refusal knows the day; the person wants to know the time too.
            Err(Refusal::OtherDay { .. }) => Said::No(Fault::at(ProblemCode::OtherDay, start)),
            Err(refused) => Said::no(bench, &refused),
        }
    })
    .await
}

/// What the person may expect, looked up before the writer's turn, which is too dear for it: the rules are asked what
/// would come of the command now.
fn expected(
    handle: &OfficeHandle,
    code: &BookingCode,
    arrival: impl Fn(BookingId) -> Command,
    now: chrono::DateTime<chrono::Utc>,
) -> Expected {
    let office = handle.read();
    let Some(booking) = by_reference(&office, code.reference()) else { return Expected::default() };
    match office::decide(&office, &arrival(booking), now) {
        Ok(events) => checked_in(&events).map(|visit| handle.feeds.expected_of(&office, visit, now)),
        Err(Refusal::AlreadyHere { visit }) => {
            office.visits.get(&visit).map(|visit| handle.feeds.expected_of(&office, visit, now))
        }
        Err(_) => None,
    }
    .unwrap_or_default()
}

/// The visit that begins with these events.
fn checked_in(events: &[Event]) -> Option<&Visit> {
    events.iter().find_map(|event| match &event.kind {
        EventKind::Visit(VisitEvent::CheckedIn(visit)) => Some(visit.as_ref()),
        _ => None,
    })
}

fn arrived(state: &AppState, bench: &Workbench<'_>, visit: &Visit, expected: Expected, again: bool) -> Said {
    let Some(config) = &bench.office().config else { return Said::no(bench, &Refusal::NotConfigured) };
    let standing = standing_of(bench.office(), visit);
    Said::yes(&CheckInAnswer { standing, ticket: ticket(state, config, visit, expected), again })
}

/// The booking that a code names: known, of this office, of a day that is not over, and made by this hub.
fn find(
    state: &AppState,
    office: &Office,
    code: &BookingCode,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<BookingId, Fault> {
    let Some(config) = &office.config else { return Err(ProblemCode::Configuration.into()) };
    let today = now.with_timezone(&config.zone).date_naive();
    if let BookingCode::Scanned { office: number, date, reference, mac } = code {
        if !is_ours(&state.key, *number, *date, reference, mac) {
            return Err(ProblemCode::UnknownCode.into());
        }
        if *number != config.number {
            return Err(ProblemCode::OtherOffice.into());
        }
        return match by_reference(office, reference) {
            // Also where the time was moved since this code was made: the newest promise counts.
            Some(id) => Ok(id),
            // Its day is over, and the office keeps no more of it.
            None if *date < today => Err(ProblemCode::BookingMissed.into()),
            None => Err(ProblemCode::UnknownCode.into()),
        };
    }
    if let Some(id) = by_reference(office, code.reference()) {
        return Ok(id);
    }
    let elsewhere = state.offices.iter().any(|other| {
        let other = other.read();
        other.config.as_ref().is_some_and(|there| there.number != config.number)
            && by_reference(&other, code.reference()).is_some()
    });
    Err(if elsewhere { ProblemCode::OtherOffice } else { ProblemCode::UnknownCode }.into())
}

fn by_reference(office: &Office, reference: &str) -> Option<BookingId> {
    let id = *office.bookings_by_reference.get(&office::Reference(reference.to_owned()))?;
    let booking = office.bookings.get(&id)?;
    // A hold is nobody's booking yet, so its reference is no code.
    (!matches!(booking.life, BookingLife::Held { .. })).then_some(id)
}
