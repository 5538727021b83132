//! What was done last at each desk, kept so that it can be undone for a moment.

use chrono::{DateTime, Utc};

use crate::{DeskId, DeskStep, LastStep, Office, VisitEvent, VisitId};

/// Keeps what a desk does with a visit, as it stands before; whatever else happens at a desk leaves nothing to undo.
pub(super) fn remember(office: &mut Office, at: DateTime<Utc>, event: &VisitEvent) {
    match event {
        VisitEvent::Called { visit, desk, .. } => called(office, at, *desk, *visit),
        VisitEvent::PutBack { visit, desk } => put_back(office, *desk, *visit),
        VisitEvent::Finished { visit, desk, .. } => keep(office, at, *desk, DeskStep::Finish, *visit),
        VisitEvent::Parked { visit, desk } => keep(office, at, *desk, DeskStep::Park, *visit),
        VisitEvent::Transferred { visit, desk, .. } => keep(office, at, *desk, DeskStep::Transfer, *visit),
        // Who could not be reached by telephone has missed the booking, and is told so at once.
        VisitEvent::NoShow { visit, desk } if office.visits.get(visit).is_some_and(crate::Visit::is_remote) => {
            forget(office, *desk);
        }
        VisitEvent::NoShow { visit, desk } => keep(office, at, *desk, DeskStep::NoShow, *visit),
        VisitEvent::Recalled { desk, .. }
        | VisitEvent::Appeared { desk, .. }
        | VisitEvent::AttemptFailed { desk, .. }
        | VisitEvent::Interrupted { desk, .. } => forget(office, *desk),
        VisitEvent::CameDirectly(visit) => {
            if let Some(desk) = visit.state.held_by() {
                forget(office, desk);
            }
        }
        VisitEvent::CheckedIn(_)
        | VisitEvent::TicketTaken(_)
        | VisitEvent::OutageVisitEntered(_)
        | VisitEvent::BookingFound { .. }
        | VisitEvent::ServedOnPaper { .. }
        | VisitEvent::TimeFixed { .. }
        | VisitEvent::Ranked { .. }
        | VisitEvent::Amended { .. }
        | VisitEvent::Wished { .. }
        | VisitEvent::NoteSet { .. }
        | VisitEvent::Left { .. }
        | VisitEvent::LeftUndone { .. }
        | VisitEvent::CameBack { .. }
        | VisitEvent::ShownRecorded { .. }
        // That takes what was kept.
        | VisitEvent::StepUndone { .. }
        | VisitEvent::ToldUnreachable { .. }
        | VisitEvent::Unserved { .. } => {}
    }
}

/// The visit stands as before the step that is undone; its desk has it in hand again.
pub(super) fn undo(office: &mut Office, visit: VisitId, desk: DeskId, at: DateTime<Utc>) {
    let last = office.desks.get_mut(&desk).and_then(|open| open.last.take());
    if let Some(before) = last.and_then(|last| last.before) {
        office.change_visit(visit, at, |visit| visit.undo_step(&before));
    }
}

fn keep(office: &mut Office, at: DateTime<Utc>, desk: DeskId, step: DeskStep, id: VisitId) {
    let before = office.visits.get(&id).map(|visit| Box::new(visit.before_step()));
    if let Some(open) = office.desks.get_mut(&desk) {
        open.last = Some(LastStep { step, at, visit: Some(id), before, called: None });
    }
}

/// Whoever finishes and calls in one press undoes both in one.
fn called(office: &mut Office, at: DateTime<Utc>, desk: DeskId, id: VisitId) {
    let Some(open) = office.desks.get_mut(&desk) else { return };
    let is_one_press = |last: &LastStep| last.step == DeskStep::Finish && last.at == at && last.called.is_none();
    let finished = open.last.take().filter(is_one_press);
    open.last = Some(match finished {
        Some(finished) => LastStep { called: Some(id), ..finished },
        None => LastStep { step: DeskStep::Call, at, visit: Some(id), before: None, called: Some(id) },
    });
}

/// Nobody is called any more; what was finished in the same press can still be undone.
fn put_back(office: &mut Office, desk: DeskId, id: VisitId) {
    let Some(open) = office.desks.get_mut(&desk) else { return };
    let finished = open.last.take().filter(|last| last.step == DeskStep::Finish && last.called == Some(id));
    open.last = finished.map(|last| LastStep { called: None, ..last });
}

fn forget(office: &mut Office, desk: DeskId) {
    if let Some(open) = office.desks.get_mut(&desk) {
        open.last = None;
    }
}
