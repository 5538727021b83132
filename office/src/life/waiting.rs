//! What may change while somebody waits: rank, length, note, leaving and coming back.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{arrivals, asking::Standpoint, bookings, desks, length};
use crate::{
    Audience, Booking, BookingEvent, BookingId, BookingLife, CancelledBy, Channel, Event, FillerKind, LateChoice,
    Needs, NoteId, Origin, Outcome, Rank, RankReason, Reference, Refusal, TimeWish, Visit, VisitEvent, VisitId,
    VisitState, slots,
};

/// After an outage: those who are gone have left (PROM-12).
pub(crate) fn roll_call(asking: &Standpoint<'_>, gone: &[VisitId]) -> Result<Vec<Event>, Refusal> {
    let (mut events, mut seen) = (Vec::new(), BTreeSet::new());
    for id in gone {
        let visit = asking.visit(*id)?;
        if may_leave(visit) && seen.insert(*id) {
            events.push(asking.event(VisitEvent::Left { visit: *id }));
        }
    }
    Ok(events)
}

/// Admits somebody late into the booked place after all (TRN-03, TRN-04).
pub(crate) fn admit(asking: &Standpoint<'_>, id: VisitId) -> Result<Vec<Event>, Refusal> {
    let (_, start) = late(asking.visit(id)?).ok_or(Refusal::NotLate)?;
    asking.one(VisitEvent::Ranked { visit: id, rank: Rank::Booked { start }, because: RankReason::Admitted })
}

/// Somebody late chooses again (TRN-05): another rank, or to give the booking up and leave.
pub(crate) fn choose_late(asking: &Standpoint<'_>, id: VisitId, choice: LateChoice) -> Result<Vec<Event>, Refusal> {
    let (booking, start) = late(asking.visit(id)?).ok_or(Refusal::NothingToChoose)?;
    match choice {
        LateChoice::EndOfDay => {
            let rank = arrivals::late_rank(asking);
            asking.one(VisitEvent::Ranked { visit: id, rank, because: RankReason::Chose(choice) })
        }
        LateChoice::BookAnew => {
            let cools_until = asking.cools_until(start);
            Ok(vec![
                asking.event(VisitEvent::Left { visit: id }),
                asking.event(BookingEvent::Cancelled {
                    booking,
                    by: CancelledBy::Lateness,
                    cools_until,
                    first_choice: None,
                }),
            ])
        }
    }
}

/// The booking of a visit that waits because it came too late.
fn late(visit: &Visit) -> Option<(BookingId, DateTime<Utc>)> {
    let lost = match visit.rank {
        Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late } => true,
        Rank::Booked { .. } | Rank::FirstInLine | Rank::Filler { .. } => false,
    };
    match visit.origin {
        Origin::Booked { booking, start, .. } if lost && matches!(visit.state, VisitState::Waiting { .. }) => {
            Some((booking, start))
        }
        Origin::Booked { .. } | Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    }
}

/// A walk-in takes the offered gap as a fixed time today; from then on it ranks as booked for it (TRN-06).
pub(crate) fn fix_time(
    asking: &Standpoint<'_>,
    id: VisitId,
    reference: &Reference,
    start: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let visit = asking.visit(id)?;
    let walk_in = matches!(visit.origin, Origin::WalkIn) && matches!(visit.rank, Rank::Filler { .. });
    if !walk_in || !matches!(visit.state, VisitState::Waiting { .. }) {
        return Err(Refusal::NotOpen);
    }
    if asking.date_of(start) != asking.today {
        return Err(Refusal::NotOffered);
    }
    bookings::not_taken(asking, reference)?;
    let wanted = TimeWish {
        service: visit.service,
        channel: Channel::InPerson,
        start,
        persons: visit.persons,
        cases: visit.cases,
        audience: Audience::Internal,
    };
    let promise = slots::check_gap(asking.office, &wanted, asking.now)?;
    let booking = Booking {
        id: BookingId(asking.office.next_booking + 1),
        reference: reference.clone(),
        promise,
        sequence: 0,
        correction: None,
        life: BookingLife::Fixed { visit: id },
    };
    asking.one(VisitEvent::TimeFixed { visit: id, booking: Box::new(booking) })
}

/// Whoever waits says more about themselves; what they said already says nothing new.
pub(crate) fn wish(
    asking: &Standpoint<'_>,
    id: VisitId,
    early: Option<bool>,
    priority: Option<bool>,
    needs: Option<Needs>,
) -> Result<Vec<Event>, Refusal> {
    let visit = asking.visit(id)?;
    if !matches!(visit.state, VisitState::Waiting { .. }) {
        return Err(Refusal::NotOpen);
    }
    let early = early.filter(|early| visit.may_come_early != Some(*early));
    let priority = priority.filter(|priority| visit.priority != *priority);
    let needs = needs.filter(|needs| visit.needs != *needs);
    if early.is_none() && priority.is_none() && needs.is_none() {
        return Ok(Vec::new());
    }
    asking.one(VisitEvent::Wished { visit: id, early, priority, needs })
}

/// More or fewer persons or cases than said (FLD-32), or another length in the clerk's judgement (TRN-04).
pub(crate) fn amend(
    asking: &Standpoint<'_>,
    id: VisitId,
    persons: u8,
    cases: u8,
    planned_minutes: Option<u16>,
) -> Result<Vec<Event>, Refusal> {
    let visit = asking.visit(id)?;
    if visit.state.is_over() {
        return Err(Refusal::NotOpen);
    }
    let by_rule = length::planned_minutes(asking.service(visit.service)?, persons, cases)?;
    let planned_minutes = planned_minutes.unwrap_or(by_rule);
    if !(1..=length::PLANNED_MINUTES_MAX).contains(&planned_minutes) {
        return Err(Refusal::BadCount);
    }
    asking.one(VisitEvent::Amended { visit: id, persons, cases, planned_minutes })
}

/// Attaches or removes the note that is read before the call (FLD-05).
pub(crate) fn set_note(asking: &Standpoint<'_>, id: VisitId, note: Option<NoteId>) -> Result<Vec<Event>, Refusal> {
    if asking.visit(id)?.state.is_over() {
        return Err(Refusal::NotOpen);
    }
    asking.one(VisitEvent::NoteSet { visit: id, note })
}

/// Leaves of one's own accord (FLD-12).
pub(crate) fn leave(asking: &Standpoint<'_>, id: VisitId) -> Result<Vec<Event>, Refusal> {
    if !may_leave(asking.visit(id)?) {
        return Err(Refusal::NotOpen);
    }
    asking.one(VisitEvent::Left { visit: id })
}

/// Whether a visit is one that can still go away unserved.
const fn may_leave(visit: &Visit) -> bool {
    match visit.state {
        VisitState::Waiting { .. }
        | VisitState::Called { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. } => true,
        VisitState::Serving { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => false,
    }
}

/// Undoes having left, within the set minutes (FLD-12).
pub(crate) fn undo_leave(asking: &Standpoint<'_>, id: VisitId) -> Result<Vec<Event>, Refusal> {
    let visit = asking.visit(id)?;
    let VisitState::Left { before, .. } = &visit.state else { return Err(Refusal::TooLateToUndo) };
    if asking.office.leave_undone_until(visit).is_none_or(|until| asking.now > until) {
        return Err(Refusal::TooLateToUndo);
    }
    let undone = asking.event(VisitEvent::LeftUndone { visit: id });
    Ok(std::iter::once(undone).chain(desks::freed_if_closed(asking, id, before)).collect())
}

/// Back after a no-show (FLD-04): in time, the next free turn; later, the end of the class. Back with the documents that
/// were missing, the same day (TRN-09): the end of the class too, unless the clerk calls out of order for it. The number
/// stays.
pub(crate) fn come_back(asking: &Standpoint<'_>, id: VisitId) -> Result<Vec<Event>, Refusal> {
    let visit = asking.visit(id)?;
    let in_time = match visit.state {
        VisitState::NoShow { .. } => asking.office.back_in_time_until(visit).is_some_and(|until| asking.now <= until),
        VisitState::Finished { outcome: Outcome::DocumentsMissing, .. } => false,
        VisitState::Finished { outcome: Outcome::Done | Outcome::NotPossible, .. }
        | VisitState::Waiting { .. }
        | VisitState::Called { .. }
        | VisitState::Serving { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. }
        | VisitState::Left { .. }
        | VisitState::Unserved { .. } => return Err(Refusal::NotNoShow),
    };
    let rank = if in_time { Rank::FirstInLine } else { Rank::Filler { kind: FillerKind::Returned } };
    asking.one(VisitEvent::CameBack { visit: id, rank })
}
