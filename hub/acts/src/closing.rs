//! What closing a day or a desk, or other hours, does to the bookings that stand: whom it touches, what could be offered
//! instead, and what becomes of them (FLD-15). The preview is computed on a copy by the same rules, so that it is what happens.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use office::{
    Audience, Booking, BookingEvent, BookingId, BookingLife, CancelledBy, CivilInstant, Closure, Command, Event,
    EventKind, HouseEvent, MovedBy, Office, OfficeConfig, Promise, apply, calendar, check_calendar, slots,
};
use serde::{Deserialize, Serialize};
use writer::Workbench;

use crate::{change_booking::note_new_time, fault::Fault, refusals::refusal_in, turn::decide};

/// Another time is looked for in so many days.
const LOOKED_AHEAD_DAYS: u16 = 60;

/// A booking that loses its place by a change.
#[derive(Debug, Clone)]
pub struct Displacement {
    /// The booking, as it stands.
    pub booking: Booking,
    /// The next time that it could have instead; each proposal leaves room for those before it.
    pub instead: Option<DateTime<Utc>>,
}

/// What becomes of a booking that loses its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ClosingRemedy {
    /// It has another time.
    Move(CivilInstant),
    /// It is given up; who had it chooses first (FLD-33).
    Cancel,
}

/// What became of those who were moved or cancelled with a change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Aftermath {
    /// Those who have another time.
    pub moved: Vec<BookingId>,
    /// Those whose booking was given up.
    pub cancelled: Vec<BookingId>,
    /// Those for whom something was chosen that could not be done any more: they are left where they are.
    pub left: Vec<BookingId>,
}

/// Sets the office up so, and moves or cancels as was chosen.
///
/// # Errors
/// If the office cannot be set up so.
pub(crate) fn carry_out(
    bench: &mut Workbench<'_>,
    changed: OfficeConfig,
    mut remedies: Vec<(BookingId, ClosingRemedy)>,
) -> Result<Aftermath, Fault> {
    decide(bench, &Command::Configure(Box::new(changed)))?;
    // Who is moved has the proposed time before one is kept for who chooses later.
    remedies.sort_by_key(|(booking, remedy)| (*remedy == ClosingRemedy::Cancel, *booking));
    let mut aftermath = Aftermath::default();
    for (booking, remedy) in remedies {
        let (command, of_its_kind) = match remedy {
            ClosingRemedy::Cancel => (Command::Cancel { booking, by: CancelledBy::Office }, &mut aftermath.cancelled),
            ClosingRemedy::Move(start) => {
                let (audience, by) = (Audience::Internal, MovedBy::Office);
                (Command::Move { booking, start: start.utc(), audience, by }, &mut aftermath.moved)
            }
        };
        // Who has come or cancelled in the meantime is left alone; a time that was taken leaves the booking where it is.
        if bench.decide(&command).is_err() {
            aftermath.left.push(booking);
            continue;
        }
        of_its_kind.push(booking);
        let after = bench.office().bookings.get(&booking).cloned();
        if let Some(moved) = after.filter(|_| matches!(remedy, ClosingRemedy::Move(_))) {
            note_new_time(bench, &moved);
        }
    }
    Ok(aftermath)
}

/// Whether the calendar may be changed so, as the rules will say when it is.
///
/// # Errors
/// The rules' no, in the words of the office.
pub fn judge(office: &Office, changed: &OfficeConfig, now: DateTime<Utc>) -> Result<(), Fault> {
    check_calendar(office.config.as_ref(), changed, now).map_err(|refusal| refusal_in(office, &refusal))
}

/// Those who are expected while a closure lasts, by time.
pub fn expected_within(office: &Office, closure: &Closure, now: DateTime<Utc>) -> Vec<Booking> {
    let Some(zone) = office.config.as_ref().map(|config| config.zone) else { return Vec::new() };
    let (from, to) = (calendar::instant_from(zone, closure.from), calendar::instant_to(zone, closure.to));
    let within = office.expected.iter().filter_map(|(_, id)| office.bookings.get(id)).filter(|booking| {
        let promise = &booking.promise;
        matches!(booking.life, BookingLife::Confirmed { .. })
            && promise.start > now
            && promise.start < to
            && promise.end() > from
    });
    within.cloned().collect()
}

/// Whom a change of the configuration touches, by time: those whose promise could be kept without it and cannot with it.
/// Those who booked first keep what is left of the desks. A booking off the grid, or longer than the service takes by now, is
/// judged as it was promised.
pub fn displacements(office: &Office, changed: &OfficeConfig, now: DateTime<Utc>) -> Vec<Displacement> {
    let Some(config) = &office.config else { return Vec::new() };
    let date_of = |booking: &Booking| calendar::local_date(config.zone, booking.promise.start);
    let expected = office.expected.iter().filter_map(|(_, id)| office.bookings.get(id));
    let mut expected: Vec<Booking> = expected.filter(|booking| booking.promise.start > now).cloned().collect();
    let dates: BTreeSet<NaiveDate> = expected.iter().map(date_of).collect();
    let differ: BTreeSet<NaiveDate> =
        dates.into_iter().filter(|date| !slots::is_alike(config, changed, *date)).collect();
    expected.retain(|booking| differ.contains(&date_of(booking)));
    expected.sort_by_key(|booking| booking.id);
    let (gone, mut after) = lost(office, changed, &expected, now);
    if gone.is_empty() {
        return Vec::new();
    }
    let (gone_already, _) = lost(office, config, &expected, now);
    let mut displaced: Vec<Booking> =
        expected.into_iter().filter(|one| gone.contains(&one.id) && !gone_already.contains(&one.id)).collect();
    displaced.sort_by_key(|booking| (booking.promise.start, booking.id));
    let mut findings = slots::Findings::default();
    displaced
        .into_iter()
        .map(|booking| {
            let instead = next_free(&after, &mut findings, &booking, now);
            if let Some(start) = instead {
                let promise = Promise { start, audience: Audience::Internal, ..booking.promise.clone() };
                let moved = Booking { promise, ..booking.clone() };
                findings.apply(
                    &mut after,
                    &Event { at: now, kind: EventKind::Booking(BookingEvent::Booked(Box::new(moved))) },
                );
            }
            Displacement { booking, instead }
        })
        .collect()
}

/// Who of those expected would have no place, were they all put to desks anew under a configuration, in this order; and the
/// office with the others in it.
fn lost(
    office: &Office,
    config: &OfficeConfig,
    expected: &[Booking],
    now: DateTime<Utc>,
) -> (BTreeSet<BookingId>, Office) {
    let mut after = office.clone();
    let mut happens = |kind| apply(&mut after, &Event { at: now, kind });
    happens(EventKind::House(HouseEvent::Configured(Box::new(config.clone()))));
    for booking in expected {
        let (by, cools_until) = (CancelledBy::Office, now);
        happens(EventKind::Booking(BookingEvent::Cancelled {
            booking: booking.id,
            by,
            cools_until,
            first_choice: None,
        }));
    }
    let mut gone = BTreeSet::new();
    for booking in expected {
        if slots::can_be_kept(&after, &booking.promise, now) {
            apply(
                &mut after,
                &Event { at: now, kind: EventKind::Booking(BookingEvent::Booked(Box::new(booking.clone()))) },
            );
        } else {
            gone.insert(booking.id);
        }
    }
    (gone, after)
}

fn next_free(
    office: &Office,
    findings: &mut slots::Findings,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let Promise { service, channel, persons, cases, start, .. } = booking.promise;
    let zone = office.config.as_ref()?.zone;
    let from = start.with_timezone(&zone).date_naive();
    let (audience, days) = (Audience::Internal, LOOKED_AHEAD_DAYS);
    let query = slots::Query { service, channel, persons, cases, audience, from, days };
    slots::free(office, &query, now, findings).first().map(|slot| slot.start)
}
