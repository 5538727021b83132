//! Calling somebody to a desk, and what follows until they are there or not.

use chrono::Duration;

use super::{asking::Standpoint, desks, serving};
use crate::order::{self, Proposal};
use crate::{
    BookingEvent, BookingId, BookingLife, CallId, Channel, DeskId, Event, HouseEvent, NoteId, OpenDesk, Origin,
    Outcome, OverrideReason, Rank, Reason, Refusal, Rule, SuspensionScope, Visit, VisitEvent, VisitId, VisitState,
};

/// Calls whom the rule proposes. With `finish`, the visit in hand ends in the same decision, and that alone happens
/// where nobody is next.
pub(crate) fn call_next(
    asking: &Standpoint<'_>,
    desk: DeskId,
    holds: Option<VisitId>,
    finish: Option<Outcome>,
    note_read: Option<VisitId>,
) -> Result<Vec<Event>, Refusal> {
    let open = asking.calling_desk(desk)?;
    let mut events = hands_free(asking, desk, open, holds, finish)?;
    match order::propose(asking.office, desk, asking.now) {
        Ok(proposal) => {
            read_first(asking, proposal.visit, note_read)?;
            events.push(called(asking, desk, proposal));
            Ok(events)
        }
        Err(nobody) if events.is_empty() => Err(Refusal::Nobody(nobody)),
        Err(_) => Ok(events),
    }
}

/// The desk holds whom the clerk believes, and what it holds ends if it may: two presses call once (PROM-04).
fn hands_free(
    asking: &Standpoint<'_>,
    desk: DeskId,
    open: &OpenDesk,
    holds: Option<VisitId>,
    finish: Option<Outcome>,
) -> Result<Vec<Event>, Refusal> {
    if open.holds != holds {
        return Err(Refusal::DeskHoldsAnother { holds: open.holds });
    }
    match (open.holds, finish) {
        (None, _) => Ok(Vec::new()),
        (Some(visit), None) => Err(Refusal::DeskBusy { visit }),
        (Some(visit), Some(outcome)) => serving::finish(asking, desk, visit, outcome, &[]),
    }
}

/// A note is read before the call: call, take the next, or leave (FLD-05).
fn read_first(asking: &Standpoint<'_>, id: VisitId, note_read: Option<VisitId>) -> Result<(), Refusal> {
    match asking.visit(id)?.note {
        Some(note) if note_read != Some(id) => Err(Refusal::NoteFirst { visit: id, note }),
        Some(_) | None => Ok(()),
    }
}

/// A call by the rule.
pub(crate) fn called(asking: &Standpoint<'_>, desk: DeskId, proposal: Proposal) -> Event {
    asking.event(VisitEvent::Called {
        call: next_call(asking),
        visit: proposal.visit,
        desk,
        reason: proposal.reason,
        overtook: proposal.overtook,
        rule: order::RULE_VERSION,
    })
}

/// The number that the next call has.
const fn next_call(asking: &Standpoint<'_>) -> CallId {
    CallId(asking.office.next_call + 1)
}

/// Calls a certain visit: parked here, due by telephone, proposed anyway, or out of order with a reason (FLD-06).
pub(crate) fn call_visit(
    asking: &Standpoint<'_>,
    desk: DeskId,
    holds: Option<VisitId>,
    id: VisitId,
    because: Option<OverrideReason>,
    note: Option<NoteId>,
) -> Result<Vec<Event>, Refusal> {
    let open = asking.calling_desk(desk)?;
    hands_free(asking, desk, open, holds, None)?;
    let visit = asking.visit(id)?;
    asking.not_suspended(SuspensionScope::Service(visit.service))?;
    if let VisitState::Parked { desk: by, .. } = visit.state
        && by == desk
    {
        let reason = remote_due(asking, visit).unwrap_or(Reason::ParkedHere);
        return call(asking, desk, id, reason, Vec::new());
    }
    match visit.state {
        VisitState::Waiting { .. } | VisitState::Parked { .. } | VisitState::Interrupted { .. } => {}
        VisitState::Called { .. }
        | VisitState::Serving { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => return Err(Refusal::NotCallable),
    }
    let sent_here = matches!(visit.state, VisitState::Waiting { desk: Some(only), .. } if only == desk);
    if !sent_here && !asking.desk(desk)?.services.contains(&visit.service) {
        return Err(Refusal::NotServedHere);
    }
    if let Some(reason) = remote_due(asking, visit) {
        return call(asking, desk, id, reason, Vec::new());
    }
    if let Ok(proposal) = order::propose(asking.office, desk, asking.now)
        && proposal.visit == id
    {
        return Ok(vec![called(asking, desk, proposal)]);
    }
    let because = because.ok_or(Refusal::ReasonNeeded)?;
    let overtook = passed_over(asking, desk, visit);
    call(asking, desk, id, Reason::OutOfOrder { because, note }, overtook)
}

/// Those of the others who came before, might have been called here, and are passed over by a call out of order.
fn passed_over(asking: &Standpoint<'_>, desk: DeskId, called: &Visit) -> Vec<VisitId> {
    let Ok(services) = asking.desk(desk).map(|desk| &desk.services) else { return Vec::new() };
    let waiting = asking.office.open_visits.iter().filter_map(|id| asking.office.visits.get(id));
    let passed = waiting.filter(|visit| {
        matches!(visit.rank, Rank::Filler { .. } | Rank::FirstInLine)
            && matches!(visit.state, VisitState::Waiting { desk: only, .. } if only.is_none_or(|only| only == desk))
            && (visit.arrived_at, visit.id) < (called.arrived_at, called.id)
            && services.contains(&visit.service)
    });
    passed.map(|visit| visit.id).collect()
}

/// A call that the rule did not propose.
fn call(
    asking: &Standpoint<'_>,
    desk: DeskId,
    visit: VisitId,
    reason: Reason,
    overtook: Vec<VisitId>,
) -> Result<Vec<Event>, Refusal> {
    asking.one(VisitEvent::Called { call: next_call(asking), visit, desk, reason, overtook, rule: order::RULE_VERSION })
}

/// Why a telephone or teleconference booking is called: its time has come (OMB-20).
fn remote_due(asking: &Standpoint<'_>, visit: &Visit) -> Option<Reason> {
    match visit.origin {
        Origin::Booked { start, channel: Channel::Telephone | Channel::Teleconference, .. } if start <= asking.now => {
            Some(Reason::RemoteDue { booked_for: start })
        }
        Origin::Booked { .. } | Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    }
}

/// Repeats a call, not before the least interval is over (FLD-04).
pub(crate) fn recall(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    on_the_way(asking, desk, id)?;
    interval_over(asking, id)?;
    asking.one(VisitEvent::Recalled { call: next_call(asking), visit: id, desk })
}

/// Refused until the least interval since the last call is over.
fn interval_over(asking: &Standpoint<'_>, id: VisitId) -> Result<(), Refusal> {
    if let VisitState::Called { last, .. } = asking.visit(id)?.state {
        let at = last + Duration::seconds(i64::from(asking.config.rules.recall_interval_seconds));
        if asking.now < at {
            return Err(Refusal::RecallTooSoon { at });
        }
    }
    Ok(())
}

/// Takes a call back that was a mistake.
pub(crate) fn put_back(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    on_the_way(asking, desk, id)?;
    let mut events = vec![asking.event(VisitEvent::PutBack { visit: id, desk })];
    if let VisitState::Called { before, .. } = &asking.visit(id)?.state {
        events.extend(desks::freed_if_closed(asking, id, before));
    }
    Ok(events)
}

/// The called person is at the desk.
pub(crate) fn appeared(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    on_the_way(asking, desk, id)?;
    asking.one(VisitEvent::Appeared { visit: id, desk })
}

/// The called person did not appear. Strict: only after the set recalls and their interval; else a warning (TRN-12).
pub(crate) fn no_show(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    let recalls = on_the_way(asking, desk, id)?;
    let visit = asking.visit(id)?;
    // Nobody has to be there before their time: an early call that nobody answers is taken back, and costs nothing.
    if matches!(visit.rank, Rank::Booked { start } if asking.now < start) {
        let mut events = put_back(asking, desk, id)?;
        if visit.may_come_early != Some(false) {
            let (priority, needs) = (None, None);
            events.push(asking.event(VisitEvent::Wished { visit: id, early: Some(false), priority, needs }));
        }
        return Ok(events);
    }
    let more = match remote_booking(visit) {
        Some(_) => asking.config.rules.remote_attempts_max.saturating_sub(visit.attempts),
        None => asking.config.rules.recalls_before_no_show.saturating_sub(recalls),
    };
    let more = more.max(u8::from(unheard(asking, visit)));
    let enough = if more > 0 { Err(Refusal::RecallFirst { more }) } else { interval_over(asking, id) };
    let mut events = Vec::new();
    if let Err(refusal) = enough {
        if asking.strict(Rule::NoShow) {
            return Err(refusal);
        }
        events.push(asking.event(HouseEvent::Tolerated { rule: Rule::NoShow, booking: None, visit: Some(id) }));
    }
    events.push(asking.event(VisitEvent::NoShow { visit: id, desk }));
    events.extend(not_reached(asking, visit));
    Ok(events)
}

/// Whether an outage came after the last call: whoever was called could not see or hear it since (PROM-12).
fn unheard(asking: &Standpoint<'_>, visit: &Visit) -> bool {
    let VisitState::Called { last, .. } = visit.state else { return false };
    asking.office.outages.iter().any(|outage| last < outage.to)
}

/// The booking of a visit by telephone or teleconference.
const fn remote_booking(visit: &Visit) -> Option<BookingId> {
    match visit.origin {
        Origin::Booked { booking, channel: Channel::Telephone | Channel::Teleconference, .. } => Some(booking),
        Origin::Booked { .. } | Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    }
}

/// Who could not be reached by telephone has missed the booking (OMB-20).
fn not_reached(asking: &Standpoint<'_>, visit: &Visit) -> Option<Event> {
    let booking = asking.office.bookings.get(&remote_booking(visit)?)?;
    let arrived = matches!(booking.life, BookingLife::Arrived { .. });
    arrived.then(|| asking.event(BookingEvent::Missed { booking: booking.id }))
}

/// Could not be reached this time; after the set attempts that is a no-show, and the booking is missed (OMB-20).
pub(crate) fn attempt_failed(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    on_the_way(asking, desk, id)?;
    let visit = asking.visit(id)?;
    remote_booking(visit).ok_or(Refusal::NotRemote)?;
    let mut events = vec![asking.event(VisitEvent::AttemptFailed { visit: id, desk })];
    if visit.attempts.saturating_add(1) >= asking.config.rules.remote_attempts_max {
        events.push(asking.event(VisitEvent::NoShow { visit: id, desk }));
        events.extend(not_reached(asking, visit));
    }
    Ok(events)
}

/// How often the call of a visit was repeated that is on its way to this desk; refused for any other.
fn on_the_way(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<u8, Refusal> {
    asking.open_desk(desk)?;
    match asking.visit(id)?.state {
        VisitState::Called { desk: to, recalls, .. } if to == desk => Ok(recalls),
        VisitState::Called { .. }
        | VisitState::Waiting { .. }
        | VisitState::Serving { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => Err(Refusal::NotCalledHere),
    }
}
