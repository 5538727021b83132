//! Desks open, pause, close, and call by themselves once their clerk is ready.

use chrono::{DateTime, Utc};

use super::asking::Standpoint;
use crate::{
    BreakReason, ClerkId, DeskEvent, DeskId, DeskState, Event, RankReason, Refusal, SuspensionScope, VisitEvent,
    VisitId, VisitState, calendar,
};

/// Opens a desk.
pub(crate) fn open(
    asking: &Standpoint<'_>,
    desk: DeskId,
    clerk: ClerkId,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<Event>, Refusal> {
    asking.desk(desk)?;
    if asking.office.desks.contains_key(&desk) {
        return Err(Refusal::DeskAlreadyOpen);
    }
    if let Some((elsewhere, _)) = asking.office.desks.iter().find(|(_, open)| open.clerk == clerk) {
        return Err(Refusal::ClerkElsewhere { desk: *elsewhere });
    }
    asking.not_suspended(SuspensionScope::Desk(desk))?;
    if until.is_some_and(|until| until <= asking.now) {
        return Err(Refusal::BadTimes);
    }
    let until = until.or_else(|| calendar::clerk_until(asking.office, clerk, asking.now));
    asking.one(DeskEvent::DeskOpened { desk, clerk, until })
}

/// Another clerk takes the desk over; whoever is in hand there stays so, and a break goes on.
pub(crate) fn hand_over(
    asking: &Standpoint<'_>,
    desk: DeskId,
    from: ClerkId,
    to: ClerkId,
) -> Result<Vec<Event>, Refusal> {
    if asking.open_desk(desk)?.clerk != from {
        return Err(Refusal::DeskAlreadyOpen);
    }
    if let Some((elsewhere, _)) = asking.office.desks.iter().find(|(_, open)| open.clerk == to) {
        return Err(Refusal::ClerkElsewhere { desk: *elsewhere });
    }
    let until = calendar::clerk_until(asking.office, to, asking.now);
    asking.one(DeskEvent::DeskHandedOver { desk, clerk: to, until })
}

/// Goes on a break (FLD-09), with nobody in hand.
pub(crate) fn start_break(
    asking: &Standpoint<'_>,
    desk: DeskId,
    because: BreakReason,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<Event>, Refusal> {
    let open = asking.open_desk(desk)?;
    match open.state {
        DeskState::Open => {}
        DeskState::Break { .. } => return Err(Refusal::DeskOnBreak),
    }
    if let Some(visit) = open.holds {
        return Err(Refusal::DeskBusy { visit });
    }
    if until.is_some_and(|until| until <= asking.now) {
        return Err(Refusal::BadTimes);
    }
    asking.one(DeskEvent::BreakStarted { desk, because, until })
}

/// Comes back from a break.
pub(crate) fn end_break(asking: &Standpoint<'_>, desk: DeskId) -> Result<Vec<Event>, Refusal> {
    match asking.open_desk(desk)?.state {
        DeskState::Break { .. } => asking.one(DeskEvent::BreakEnded { desk }),
        DeskState::Open => Err(Refusal::DeskNotOnBreak),
    }
}

/// Closes a desk; those who were meant for it alone are free for every other (FLD-02).
pub(crate) fn close(asking: &Standpoint<'_>, desk: DeskId) -> Result<Vec<Event>, Refusal> {
    if let Some(visit) = asking.open_desk(desk)?.holds {
        return Err(Refusal::DeskBusy { visit });
    }
    Ok(closed(asking, desk))
}

/// A desk that holds nobody closes.
pub(crate) fn closed(asking: &Standpoint<'_>, desk: DeskId) -> Vec<Event> {
    let bound = asking.office.open_visits.iter().filter_map(|id| asking.office.visits.get(id)).filter(|visit| {
        match &visit.state {
            VisitState::Waiting { desk: only, .. } => *only == Some(desk),
            VisitState::Parked { desk: by, .. } => *by == desk,
            VisitState::Interrupted { desk: at, same_desk, .. } => *at == desk && *same_desk,
            VisitState::Called { .. }
            | VisitState::Serving { .. }
            | VisitState::NoShow { .. }
            | VisitState::Left { .. }
            | VisitState::Finished { .. }
            | VisitState::Unserved { .. } => false,
        }
    });
    let freed = bound.map(|visit| {
        let because = RankReason::TargetClosed;
        asking.event(VisitEvent::Ranked { visit: visit.id, rank: visit.rank, because })
    });
    std::iter::once(asking.event(DeskEvent::DeskClosed { desk })).chain(freed).collect()
}

/// What frees a visit that stands again as it stood before, if the desk that it was bound to has closed meanwhile.
pub(crate) fn freed_if_closed(asking: &Standpoint<'_>, id: VisitId, before: &VisitState) -> Option<Event> {
    let bound = match before {
        VisitState::Waiting { desk, .. } => *desk,
        VisitState::Parked { desk, .. } => Some(*desk),
        VisitState::Interrupted { desk, same_desk, .. } => same_desk.then_some(*desk),
        VisitState::Called { .. }
        | VisitState::Serving { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => None,
    };
    let rank = asking.office.visits.get(&id)?.rank;
    let closed = bound.is_some_and(|desk| !asking.office.desks.contains_key(&desk));
    closed.then(|| asking.event(VisitEvent::Ranked { visit: id, rank, because: RankReason::TargetClosed }))
}

/// Calls by itself as soon as somebody can be called, or no longer (FLD-07). One call uses it up.
pub(crate) fn set_ready(asking: &Standpoint<'_>, desk: DeskId, ready: bool) -> Result<Vec<Event>, Refusal> {
    let open = asking.calling_desk(desk)?;
    if open.ready == ready { Ok(Vec::new()) } else { asking.one(DeskEvent::ReadySet { desk, ready }) }
}
