//! What time alone brings: holds lapse, telephone bookings fall due, nobody came, ready desks call, the day ends.

use chrono::{DateTime, Days, Duration, NaiveTime, Utc};
use uuid::Uuid;

use super::{arrivals, asking::Standpoint, bookings, calls, ends, house, lateness, night};
use crate::{
    Booking, BookingEvent, BookingId, BookingLife, CancelledBy, Channel, DeskId, DeskState, Event, HouseEvent,
    LateChoice, Nobody, PublicId, Rule, SuspensionScope, VisitEvent, calendar, order,
};

/// A ready desk looks again after so long, while somebody is in the house whom it cannot call yet.
const READY_AGAIN_SECONDS: i64 = 60;

/// What is due now. What draws new numbers comes one at a time: ask [`crate::next_due`] again after each.
pub(crate) fn tick(asking: &Standpoint<'_>) -> Vec<Event> {
    let closing = night::close(asking);
    if !closing.is_empty() {
        return closing;
    }
    let mut events = house::end_holds(asking);
    events.extend(house::end_suspensions(asking));
    events.extend(if asking.office.day.is_none() { night::leftovers(asking) } else { Vec::new() });
    let uncorrected = if asking.in_doubt { Vec::new() } else { bookings::uncorrected(asking) };
    if !uncorrected.is_empty() {
        // Who is void for that can be neither late nor missed in the same decision.
        events.extend(uncorrected);
        return events;
    }
    if !asking.in_doubt {
        events.extend(given_up_by_lateness(asking));
        events.extend(missed(asking));
    }
    events.extend(ends::told_unreachable(asking));
    if events.is_empty() {
        events.extend(remote_arrival(asking).or_else(|| ready_call(asking)));
    }
    events
}

/// When time alone next brings something after now, where [`tick`] has nothing to do.
pub(crate) fn next_after(asking: &Standpoint<'_>) -> Option<DateTime<Utc>> {
    let office = asking.office;
    let hold = office.holds_by_expiry.first().map(|(at, _)| *at);
    let correction = office.corrections_due.first().map(|(at, _)| *at);
    let suspensions = office.suspensions.iter().filter_map(|one| one.until);
    let midnight = office.day.as_ref().and_then(|day| day.date.checked_add_days(Days::new(1)));
    let midnight = midnight.map(|date| calendar::instant_from(asking.config.zone, date.and_time(NaiveTime::MIN)));
    let closing = expected_today(asking).next().and_then(|_| serving_end(asking));
    let bookings = expected_today(asking).flat_map(|booking| booking_due(asking, booking, closing));
    let remote = office.expected_remote.range((asking.now, BookingId(u64::MAX))..).next().map(|(start, _)| *start);
    let candidates = hold.into_iter().chain(suspensions).chain(midnight).chain(bookings).chain(remote).chain(closing);
    let candidates = candidates.chain(correction).chain(ends::next_look(asking)).chain(ready_hints(asking));
    candidates.filter(|at| *at > asking.now).min()
}

/// Bookings of today whose person has not come.
fn expected_today<'a>(asking: &Standpoint<'a>) -> impl Iterator<Item = &'a Booking> {
    let (office, zone, today) = (asking.office, asking.config.zone, asking.today);
    let midnight =
        today.checked_add_days(Days::new(1)).map(|date| calendar::instant_from(zone, date.and_time(NaiveTime::MIN)));
    let expected =
        office.expected.iter().take_while(move |(start, _)| midnight.is_none_or(|midnight| *start < midnight));
    expected.filter_map(|(_, id)| office.bookings.get(id))
}

/// When something may become of a booking whose person has not come.
fn booking_due(
    asking: &Standpoint<'_>,
    booking: &Booking,
    closing: Option<DateTime<Utc>>,
) -> impl Iterator<Item = DateTime<Utc>> {
    let second = Duration::seconds(1);
    let given_up = gives_up_by_itself(booking).then(|| lateness::deadline(asking, booking)).flatten();
    let end = booking.promise.end();
    let after_closing = closing.is_none_or(|closing| closing < end).then_some(end);
    let grace = if asking.now >= end { lateness::deadline(asking, booking) } else { None };
    [given_up.map(|at| at + second), after_closing, grace.map(|at| at + second)].into_iter().flatten()
}

/// Whether the citizen chose at booking that being late gives the booking up (TRN-05).
fn gives_up_by_itself(booking: &Booking) -> bool {
    let chosen = booking.life.party().and_then(|party| party.if_late);
    chosen == Some(LateChoice::BookAnew) && booking.promise.channel == Channel::InPerson
}

/// Late beyond every allowance, and the citizen chose to book anew then: cancelled by itself (TRN-05).
fn given_up_by_lateness(asking: &Standpoint<'_>) -> Vec<Event> {
    if !asking.strict(Rule::Late) {
        return Vec::new();
    }
    let started = expected_today(asking).take_while(|booking| booking.promise.start < asking.now);
    let late = started.filter(|booking| gives_up_by_itself(booking) && !lateness::keeps_place(asking, booking));
    late.map(|booking| {
        let cools_until = asking.cools_until(booking.promise.start);
        asking.event(BookingEvent::Cancelled {
            booking: booking.id,
            by: CancelledBy::Lateness,
            cools_until,
            first_choice: None,
        })
    })
    .collect()
}

/// Serving has ended and nobody came (never for want of an open office: PROM-12).
fn missed(asking: &Standpoint<'_>) -> Vec<Event> {
    if expected_today(asking).next().is_none() || serving_end(asking).is_some_and(|end| asking.now < end) {
        return Vec::new();
    }
    let over = expected_today(asking).filter(|booking| {
        booking.promise.channel == Channel::InPerson
            && booking.promise.end() <= asking.now
            && !(asking.strict(Rule::Late) && gives_up_by_itself(booking))
            && !lateness::keeps_place(asking, booking)
    });
    over.map(|booking| asking.event(BookingEvent::Missed { booking: booking.id })).collect()
}

/// When serving ends today.
fn serving_end(asking: &Standpoint<'_>) -> Option<DateTime<Utc>> {
    calendar::day(asking.config, asking.today).serving.last().map(|span| span.1)
}

/// A telephone or teleconference booking "arrives" at its time (OMB-20).
fn remote_arrival(asking: &Standpoint<'_>) -> Option<Event> {
    let mut due = asking.office.expected_remote.iter().take_while(|(start, _)| *start <= asking.now);
    // Of a day that may not have been yet, none has come.
    let (_, id) = due.find(|(start, _)| !asking.in_doubt || asking.date_of(*start) == asking.today)?;
    let booking = asking.office.bookings.get(id)?;
    if asking.office.day.is_none() {
        return Some(asking.event(HouseEvent::DayOpened { date: asking.today }));
    }
    let BookingLife::Confirmed { party } = &booking.life else { return None };
    let public = PublicId(drawn_from(party.person.0, booking.id.0));
    let visit = arrivals::booked_visit(asking, booking, party, public).ok()?;
    Some(asking.event(VisitEvent::CheckedIn(Box::new(visit))))
}

/// An id for a visit that begins without anybody there to draw one: mixed from what the hub drew for the booking. It is
/// seen by staff alone, since such a visit has no ticket and is never on the board.
fn drawn_from(person: Uuid, booking: u64) -> Uuid {
    let (high, low) = person.as_u64_pair();
    Uuid::from_u64_pair(mixed(high ^ booking), mixed(low.wrapping_add(booking)))
}

/// The finishing step of SplitMix64 (Steele, Lea, Flood 2014): each bit of the input moves half of the output's.
const fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Desks that would call by themselves.
fn ready_desks<'a>(asking: &Standpoint<'a>) -> impl Iterator<Item = DeskId> {
    let (office, now) = (asking.office, asking.now);
    let ready = office.desks.iter().filter(move |(id, desk)| {
        desk.ready
            && desk.holds.is_none()
            && matches!(desk.state, DeskState::Open)
            && office.suspension(SuspensionScope::Desk(**id), now).is_none()
    });
    ready.map(|(id, _)| *id)
}

/// The first ready desk for which somebody is next calls (FLD-07), unless a note is to be read first (FLD-05).
fn ready_call(asking: &Standpoint<'_>) -> Option<Event> {
    ready_desks(asking).find_map(|desk| {
        if order::nobody_for(asking.office, desk, asking.now).is_some() {
            return None;
        }
        let proposal = order::propose(asking.office, desk, asking.now).ok()?;
        let unread = asking.office.visits.get(&proposal.visit)?.note.is_some();
        (!unread).then(|| calls::called(asking, desk, proposal))
    })
}

/// When a ready desk may have somebody to call.
fn ready_hints(asking: &Standpoint<'_>) -> Vec<DateTime<Utc>> {
    let mut hints = Vec::new();
    for desk in ready_desks(asking) {
        match order::nobody_for(asking.office, desk, asking.now) {
            Some(Nobody::AfterBookings { last_booked_for, .. }) => hints.push(last_booked_for),
            Some(Nobody::TooEarly { callable_at, .. }) => hints.push(callable_at),
            Some(Nobody::NoneWaiting) => continue,
            Some(Nobody::NoneForThisDesk | Nobody::Closing { .. }) | None => {}
        }
        hints.push(asking.now + Duration::seconds(READY_AGAIN_SECONDS));
    }
    hints
}
