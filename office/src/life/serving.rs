//! What ends or pauses serving: interruption, parking, transfer, and the finish.

use super::asking::Standpoint;
use super::length;
use crate::order;
use crate::{
    DeskId, DeskProof, DocumentState, Event, FillerKind, HouseEvent, NoteId, Outcome, OverrideReason, Rank, Refusal,
    ResumeWhen, Rule, ServiceId, TransferTarget, Visit, VisitEvent, VisitId, VisitState,
};

/// Interrupts for a booked citizen, where that is proposed; the person chooses how to go on (TRN-13).
pub(crate) fn interrupt(
    asking: &Standpoint<'_>,
    desk: DeskId,
    id: VisitId,
    resume: ResumeWhen,
    same_desk: bool,
) -> Result<Vec<Event>, Refusal> {
    being_served(asking, desk, id)?;
    let proposed = order::interruption_proposed(asking.office, desk, asking.now).ok_or(Refusal::NoReasonToInterrupt)?;
    let rank = match resume {
        ResumeWhen::NextGap => Rank::Filler { kind: FillerKind::Interrupted },
        ResumeWhen::EndOfDay => Rank::EndOfDay,
    };
    asking.one(VisitEvent::Interrupted { visit: id, desk, left_minutes: proposed.left_minutes, rank, same_desk })
}

/// Puts aside, to be called again by this desk (FLD-03).
pub(crate) fn park(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    in_hand(asking, desk, id)?;
    asking.one(VisitEvent::Parked { visit: id, desk })
}

/// Sends elsewhere, with number and arrival time kept (FLD-02).
pub(crate) fn transfer(
    asking: &Standpoint<'_>,
    desk: DeskId,
    id: VisitId,
    to: TransferTarget,
    first_in_line: Option<OverrideReason>,
) -> Result<Vec<Event>, Refusal> {
    let visit = in_hand(asking, desk, id)?;
    let planned_minutes = match to {
        TransferTarget::Service(service) => {
            length::planned_minutes(asking.service(service)?, visit.persons, visit.cases)?
        }
        TransferTarget::Desk(target) => {
            asking.open_desk(target)?;
            if target == desk || !asking.desk(target)?.services.contains(&visit.service) {
                return Err(Refusal::NotServedHere);
            }
            visit.planned_minutes
        }
    };
    let rank = match first_in_line {
        Some(_) => Rank::FirstInLine,
        None => Rank::Filler { kind: FillerKind::Transferred },
    };
    asking.one(VisitEvent::Transferred { visit: id, desk, to, planned_minutes, rank, first_in_line })
}

/// Records what was shown; documents are waived for a reason (OMB-17, TRN-09).
pub(crate) fn record_shown(
    asking: &Standpoint<'_>,
    desk: DeskId,
    id: VisitId,
    shown: DeskProof,
    note: Option<NoteId>,
) -> Result<Vec<Event>, Refusal> {
    in_hand(asking, desk, id)?;
    if shown.papers == DocumentState::Waived && note.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    asking.one(VisitEvent::ShownRecorded { visit: id, desk, shown, note })
}

/// Documents are missing: enforced, the visit ends so; else a warning, and serving goes on (TRN-10, TRN-12).
pub(crate) fn lack_documents(asking: &Standpoint<'_>, desk: DeskId, id: VisitId) -> Result<Vec<Event>, Refusal> {
    if asking.strict(Rule::Documents) {
        return finish(asking, desk, id, Outcome::DocumentsMissing, &[]);
    }
    being_served(asking, desk, id)?;
    asking.one(HouseEvent::Tolerated { rule: Rule::Documents, booking: None, visit: Some(id) })
}

/// The visit ends: with what was delivered and how (FLD-08).
pub(crate) fn finish(
    asking: &Standpoint<'_>,
    desk: DeskId,
    id: VisitId,
    outcome: Outcome,
    delivered: &[(ServiceId, u8)],
) -> Result<Vec<Event>, Refusal> {
    let visit = being_served(asking, desk, id)?;
    // By the clerk's own record the documents are missing: served only if they are waived with a reason (TRN-09, TRN-10).
    let lacks = visit.shown.is_some_and(|shown| shown.papers == DocumentState::Missing);
    if outcome == Outcome::Done && lacks && asking.strict(Rule::Documents) {
        return Err(Refusal::ReasonNeeded);
    }
    for (service, count) in delivered {
        asking.service(*service)?;
        if *count == 0 {
            return Err(Refusal::BadCount);
        }
    }
    let delivered = match outcome {
        _ if !delivered.is_empty() => delivered.to_vec(),
        Outcome::Done => vec![(visit.service, 1)],
        Outcome::NotPossible | Outcome::DocumentsMissing => Vec::new(),
    };
    asking.one(VisitEvent::Finished { visit: id, desk, outcome, delivered })
}

/// A visit that is being served at this desk.
fn being_served<'a>(asking: &Standpoint<'a>, desk: DeskId, id: VisitId) -> Result<&'a Visit, Refusal> {
    asking.open_desk(desk)?;
    let visit = asking.visit(id)?;
    match visit.state {
        VisitState::Serving { desk: at, .. } if at == desk => Ok(visit),
        VisitState::Serving { .. }
        | VisitState::Called { .. }
        | VisitState::Waiting { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => Err(Refusal::NotServingHere),
    }
}

/// A visit that this desk holds, on the way or being served.
fn in_hand<'a>(asking: &Standpoint<'a>, desk: DeskId, id: VisitId) -> Result<&'a Visit, Refusal> {
    asking.open_desk(desk)?;
    let visit = asking.visit(id)?;
    if visit.state.held_by() == Some(desk) { Ok(visit) } else { Err(Refusal::NotServingHere) }
}
