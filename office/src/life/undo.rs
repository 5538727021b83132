//! Undoing what was done last at a desk, for a moment after it was done: a call, a finish, a no-show, a break.

use super::{asking::Standpoint, calls};
use crate::{
    DeskEvent, DeskId, DeskState, DeskStep, Event, LastStep, OpenDesk, Refusal, VisitEvent, VisitId, VisitState,
};

/// Undoes what the clerk believes was done last at the desk, if nothing has followed from it. Who was called in the press that
/// finished somebody else waits on as before.
pub(crate) fn undo_step(
    asking: &Standpoint<'_>,
    desk: DeskId,
    step: DeskStep,
    about: Option<VisitId>,
) -> Result<Vec<Event>, Refusal> {
    let open = asking.open_desk(desk)?;
    let last = open.last.as_ref().filter(|last| last.step == step && last.visit == about);
    let last = last.filter(|last| asking.now < last.until()).ok_or(Refusal::TooLateToUndo)?;
    if open.holds != last.called || !stands_as_left(asking, open, last) {
        return Err(Refusal::TooLateToUndo);
    }
    let mut events = Vec::new();
    if let Some(called) = last.called {
        // Who has left meanwhile is not on the way any more.
        events.extend(calls::put_back(asking, desk, called).map_err(|_| Refusal::TooLateToUndo)?);
    }
    match (step, last.visit) {
        (DeskStep::Break, _) => events.push(asking.event(DeskEvent::BreakUndone { desk })),
        (DeskStep::Finish | DeskStep::NoShow | DeskStep::Park | DeskStep::Transfer, Some(visit)) => {
            events.push(asking.event(VisitEvent::StepUndone { visit, desk, step }));
        }
        // A call is taken back like any other.
        (DeskStep::Call, _) | (DeskStep::Finish | DeskStep::NoShow | DeskStep::Park | DeskStep::Transfer, None) => {}
    }
    Ok(events)
}

/// Whether the desk and the visit stand as the step left them: nobody has called who was sent elsewhere, or come back.
fn stands_as_left(asking: &Standpoint<'_>, open: &OpenDesk, last: &LastStep) -> bool {
    match last.step {
        DeskStep::Call => last.called.is_some(),
        DeskStep::Break => matches!(open.state, DeskState::Break { .. }),
        DeskStep::Finish | DeskStep::NoShow | DeskStep::Park | DeskStep::Transfer => {
            let visit = last.visit.and_then(|visit| asking.office.visits.get(&visit));
            visit.is_some_and(|visit| {
                matches!(
                    (last.step, &visit.state),
                    (DeskStep::Finish, VisitState::Finished { at, .. })
                        | (DeskStep::NoShow, VisitState::NoShow { at })
                        | (DeskStep::Park, VisitState::Parked { since: at, .. })
                        | (DeskStep::Transfer, VisitState::Waiting { since: at, .. })
                    if *at == last.at
                )
            })
        }
    }
}
