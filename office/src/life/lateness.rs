//! Who is late, and who is not: the grace, the rest of the booked time, and an office that is itself not so far (TRN-03).

use chrono::{DateTime, Duration, Utc};

use super::asking::Standpoint;
use crate::{Booking, Desk, DeskId, DeskState, OpenDesk, Rank, ServiceId, Visit, VisitState};

/// Whether somebody who comes now keeps the booked place (TRN-03).
pub(crate) fn keeps_place(asking: &Standpoint<'_>, booking: &Booking) -> bool {
    let Some(deadline) = deadline(asking, booking) else { return true };
    asking.now <= deadline
        || rest_holds_service(asking, booking)
        || !office_has_reached(asking, booking.promise.service, booking.promise.start)
}

/// Until when the grace runs: from the booked time, or from when the office could first have served, whichever is later.
/// Outages and closed desks make nobody late (PROM-12); `None` while nobody could have been served yet.
pub(crate) fn deadline(asking: &Standpoint<'_>, booking: &Booking) -> Option<DateTime<Utc>> {
    let grace = Duration::minutes(i64::from(asking.config.rules.grace_minutes));
    let mut from = booking.promise.start;
    loop {
        let open = first_open(asking, booking.promise.service, from)?;
        let up = asking.office.outages.iter().filter(|out| out.from <= open && open < out.to).map(|out| out.to).max();
        match up {
            Some(up) => from = up,
            None => {
                from = open;
                break;
            }
        }
    }
    let mut deadline = from + grace;
    for outage in &asking.office.outages {
        if outage.from <= deadline && from <= outage.to {
            deadline = deadline.max(outage.to + grace);
        }
    }
    Some(deadline)
}

/// The first moment from `from` on at which a desk that serves this was open. A time ahead counts as open: nobody can be
/// late for it yet.
fn first_open(asking: &Standpoint<'_>, service: ServiceId, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if from > asking.now {
        return Some(from);
    }
    let spans = asking.office.day.as_ref().map(|day| day.desk_spans.as_slice()).unwrap_or_default();
    let serves = |desk: &DeskId| asking.config.desks.get(desk).is_some_and(|desk| desk.services.contains(&service));
    let living = spans.iter().filter(|span| serves(&span.desk) && span.to.is_none_or(|to| from < to));
    living.map(|span| span.from.max(from)).min()
}

/// Whether what is left of the booked time still holds the service.
fn rest_holds_service(asking: &Standpoint<'_>, booking: &Booking) -> bool {
    let promise = &booking.promise;
    let needed = asking
        .service(promise.service)
        .and_then(|service| super::length::planned_minutes(service, promise.persons, promise.cases))
        .unwrap_or(promise.minutes)
        .min(promise.minutes);
    asking.now + Duration::minutes(i64::from(needed)) <= promise.end()
}

/// Whether the office itself has come to a booked time: some open desk that serves this has neither somebody from before
/// that time in hand, nor a booked citizen of that time or an earlier one waiting. Where no such desk is open any more,
/// [`deadline`] alone says how it was.
fn office_has_reached(asking: &Standpoint<'_>, service: ServiceId, start: DateTime<Utc>) -> bool {
    let office = asking.office;
    let serving = office.desks.iter().filter_map(|(id, open)| {
        let desk = asking.config.desks.get(id).filter(|desk| desk.services.contains(&service))?;
        matches!(open.state, DeskState::Open).then_some((*id, open, desk))
    });
    let serving: Vec<(DeskId, &OpenDesk, &Desk)> = serving.collect();
    let waiting = office.open_visits.iter().filter_map(|id| office.visits.get(id));
    let earlier: Vec<(Option<DeskId>, ServiceId)> =
        waiting.filter_map(|visit| waits_for(visit, start).map(|desk| (desk, visit.service))).collect();
    let reached = |(id, open, desk): &(DeskId, &OpenDesk, &Desk)| {
        let in_hand = open.holds.and_then(|visit| office.visits.get(&visit));
        let from_before = in_hand.and_then(|visit| visit.state.in_hand()).is_some_and(|(since, _)| since <= start);
        let due =
            earlier.iter().any(|(only, wants)| only.is_none_or(|only| only == *id) && desk.services.contains(wants));
        !from_before && !due
    };
    serving.is_empty() || serving.iter().any(reached)
}

/// For which desk alone, if for one, a booked citizen of that time or an earlier one waits.
fn waits_for(visit: &Visit, start: DateTime<Utc>) -> Option<Option<DeskId>> {
    match (visit.rank, &visit.state) {
        (Rank::Booked { start: theirs }, VisitState::Waiting { desk, .. }) if theirs <= start => Some(*desk),
        (Rank::Booked { .. } | Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine, _) => None,
    }
}
