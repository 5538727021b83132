//! Somebody late takes another time at the kiosk, by their code alone (TRN-05): the old time is given up in the same decision
//! that gives the new one, so that never both are held, and never neither.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use office::{
    Audience, Booking, BookingLife, CivilInstant, Command, Language, MovedBy, Office, calendar, slots::Query,
};
use secrets::{ServerKey, booking_code, readable};
use serde::Serialize;
use wire::{BookingCode, ProblemCode, RebookingAnswer, RebookingTimes, Slot};
use writer::{OfficeHandle, Workbench};

use crate::{
    change_booking::note_new_time,
    check_in::{by_reference, if_unknown},
    fault::Fault,
    turn::{Turn, decide},
};

/// So many days are looked at.
const DAYS: u16 = 30;

/// So many times are told: more than three pages of a kiosk nobody reads.
const TIMES_MAX: usize = 18;

/// Another time for whoever has this code.
#[derive(Debug, Clone, Serialize)]
pub struct RebookingWish {
    /// The code as it was scanned or typed.
    pub code: String,
    /// The new time.
    pub start: CivilInstant,
    /// The language of the slip, if not the booking's.
    pub language: Option<Language>,
}

/// The times that whoever has this code can have instead; earliest first.
///
/// # Errors
/// A [`Fault`] where the code is no booking's of here and today whose time has passed.
pub fn times(
    office: &Arc<OfficeHandle>,
    key: &ServerKey,
    code: &str,
    now: DateTime<Utc>,
) -> Result<RebookingTimes, Fault> {
    let code = code.parse::<BookingCode>().map_err(|_| Fault::from(ProblemCode::UnknownCode))?;
    let unknown = if_unknown(office, key, &code, now)?;
    let (booking, service) = {
        let office = office.read();
        let booking = late_booking(&office, &code, unknown, now)?.clone();
        let config = office.config.as_ref().ok_or(ProblemCode::Configuration)?;
        let service = config.services.get(&booking.promise.service).ok_or(ProblemCode::UnknownService)?;
        (booking, service.name.clone())
    };
    let free = free(office, &booking, now)?;
    Ok(RebookingTimes { service, slots: free.into_iter().take(TIMES_MAX).collect() })
}

/// Gives the booking another time, and tells what the slip says.
///
/// # Errors
/// A [`Fault`] where the code is no such booking's, the time is not to be had, or the hub cannot write.
pub async fn run(
    turn: Turn<'_>,
    key: &ServerKey,
    now: DateTime<Utc>,
    wish: RebookingWish,
) -> Result<RebookingAnswer, Fault> {
    let code = wish.code.parse::<BookingCode>().map_err(|_| Fault::from(ProblemCode::UnknownCode))?;
    let unknown = if_unknown(turn.office, key, &code, now)?;
    let start = wish.start.utc();
    // What the public cannot have, nobody has at a kiosk. One that stands at that time already stays so.
    let booking =
        turn.office.read().bookings_by_reference.get(&office::Reference(code.reference().to_owned())).copied();
    let standing = booking.and_then(|id| turn.office.read().bookings.get(&id).cloned());
    if let Some(booking) = standing.filter(|booking| booking.promise.start != start) {
        let offered = free(turn.office, &booking, now)?.iter().any(|slot| slot.start == start);
        if !offered {
            return Err(ProblemCode::SlotTaken.into());
        }
    }
    let (asked, key) = (wish.clone(), key.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let id = by_reference(bench.office(), code.reference()).ok_or(unknown)?;
        let before = bench.office().bookings.get(&id).ok_or(unknown)?;
        let moves = before.promise.start != start;
        if moves {
            late_booking(bench.office(), &code, unknown, bench.now())?;
            let (audience, by) = (Audience::Internal, MovedBy::Citizen);
            decide(bench, &Command::Move { booking: id, start, audience, by })?;
        }
        let after = bench.office().bookings.get(&id).ok_or(unknown)?.clone();
        // Whoever pressed twice stands there already, and was told.
        if moves {
            note_new_time(bench, &after);
        }
        let now = bench.now();
        answer(bench.office(), &key, &after, wish.language, now)
    };
    turn.take("rebook", &asked, work).await
}

/// What the slip says.
fn answer(
    office: &Office,
    key: &ServerKey,
    booking: &Booking,
    language: Option<Language>,
    now: DateTime<Utc>,
) -> Result<RebookingAnswer, Fault> {
    let config = office.config.as_ref().ok_or(ProblemCode::Configuration)?;
    let service = config.services.get(&booking.promise.service).ok_or(ProblemCode::UnknownService)?;
    let start = booking.promise.start;
    let date = calendar::local_date(config.zone, start);
    let own = booking.life.party().map(|party| party.language).unwrap_or_default();
    Ok(RebookingAnswer {
        service: service.name.clone(),
        start,
        at: now,
        reference: readable(&booking.reference),
        code: booking_code(key, config.number, date, &booking.reference).to_string(),
        language: language.unwrap_or(own),
    })
}

/// The booking with this code, whose person is not here yet and whose time has passed today.
fn late_booking<'a>(
    office: &'a Office,
    code: &BookingCode,
    unknown: ProblemCode,
    now: DateTime<Utc>,
) -> Result<&'a Booking, Fault> {
    let id = by_reference(office, code.reference()).ok_or(unknown)?;
    let booking = office.bookings.get(&id).ok_or(unknown)?;
    let waits = matches!(booking.life, BookingLife::Confirmed { .. });
    let late = booking.promise.start < now;
    if waits && late { Ok(booking) } else { Err(ProblemCode::ChangeTooLate.into()) }
}

/// The public's free times for the same, from today on.
fn free(office: &Arc<OfficeHandle>, booking: &Booking, now: DateTime<Utc>) -> Result<Vec<Slot>, Fault> {
    let zone = office.config(|config| config.zone).ok_or(ProblemCode::Configuration)?;
    let query = Query {
        service: booking.promise.service,
        channel: booking.promise.channel,
        audience: Audience::Public,
        persons: booking.promise.persons,
        cases: booking.promise.cases,
        from: calendar::local_date(zone, now),
        days: DAYS,
    };
    let free = office.free_times_to_move(&query, booking, now);
    Ok(free.iter().map(|slot| Slot { start: slot.start, minutes: slot.minutes }).collect())
}
