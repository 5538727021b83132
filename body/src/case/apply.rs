//! What each event changes in a request, and in the series that numbers it.

use super::{Case, CaseClock, CaseEvent, CasePhase, CaseStep, StoppedClock};
use crate::ProtocolSeries;

/// Makes it so. The first event of a request makes it; any other changes one that is there.
#[must_use]
pub fn apply(case: Option<Case>, event: &CaseEvent) -> Option<Case> {
    if let CaseStep::CaseSubmitted { case: id, account, category, unit, number, term, due, forward_by, way, .. } =
        &event.step
    {
        return Some(Case {
            id: *id,
            account: *account,
            category: *category,
            unit: *unit,
            worker: None,
            submitted_at: event.at,
            last_at: event.at,
            given: *number,
            outside: None,
            phase: CasePhase::InHand,
            clock: CaseClock { term: *term, due: *due, stopped: None },
            forward_by: *forward_by,
            way: *way,
            closed_at: None,
            reopened: false,
            steps: 1,
            additions: 0,
            handed_because: None,
        });
    }
    let mut case = case?;
    change(&mut case, event);
    Some(case)
}

fn change(case: &mut Case, event: &CaseEvent) {
    case.last_at = event.at;
    case.steps = case.steps.saturating_add(1);
    match &event.step {
        CaseStep::CaseSubmitted { .. }
        | CaseStep::CaseRefused { .. }
        | CaseStep::CaseDone { .. }
        | CaseStep::CaseForwarded { .. }
        | CaseStep::ResultPosted { .. }
        | CaseStep::ResultDownloaded
        | CaseStep::VisitProposed { .. }
        | CaseStep::CaseWithdrawn
        | CaseStep::NoteAdded { .. } => {}
        CaseStep::ApplicantJoined { to } => case.account = *to,
        CaseStep::CaseNumbered { official } => case.outside = Some(official.clone()),
        CaseStep::CaseAssigned { to } | CaseStep::CaseTakenOver { to, .. } => case.worker = Some(*to),
        CaseStep::CaseHandedOver { to, .. } => (case.unit, case.worker) = (*to, None),
        CaseStep::QuestionAsked { on, left, .. } => {
            case.phase = CasePhase::AwaitsAnswer { accepted: case.phase == CasePhase::Accepted };
            case.clock.stopped = Some(StoppedClock { on: *on, left: *left });
        }
        CaseStep::QuestionAnswered { due, .. } => {
            let was_accepted = case.phase == CasePhase::AwaitsAnswer { accepted: true };
            case.phase = if was_accepted { CasePhase::Accepted } else { CasePhase::InHand };
            (case.clock.due, case.clock.stopped) = (*due, None);
        }
        CaseStep::CaseSupplemented { .. } => case.additions = case.additions.saturating_add(1),
        CaseStep::CaseAccepted { .. } => {
            case.phase = match case.phase {
                CasePhase::AwaitsAnswer { .. } => CasePhase::AwaitsAnswer { accepted: true },
                CasePhase::InHand | CasePhase::Accepted | CasePhase::Ready { .. } | CasePhase::Closed { .. } => {
                    CasePhase::Accepted
                }
            };
        }
        // What was asked is of no matter any more.
        CaseStep::ResultReady { way } => (case.phase, case.clock.stopped) = (CasePhase::Ready { way: *way }, None),
        CaseStep::WayChosen { way } => {
            case.way = *way;
            if matches!(case.phase, CasePhase::Ready { .. }) {
                case.phase = CasePhase::Ready { way: *way };
            }
        }
        CaseStep::ResultCollected { cause, .. } => case.handed_because = *cause,
        CaseStep::CaseClosed { end, .. } => {
            case.phase = CasePhase::Closed { end: *end };
            case.closed_at = Some(event.at);
            case.clock.stopped = None;
        }
        CaseStep::CaseReopened { due, .. } => {
            case.phase = CasePhase::InHand;
            (case.closed_at, case.reopened) = (None, true);
            case.clock.due = *due;
        }
    }
}

/// Notes in a series that a request took a number of it.
pub fn note_number(series: &mut ProtocolSeries, event: &CaseEvent) {
    if let CaseStep::CaseSubmitted { number, .. } = &event.step {
        series.note(*number);
    }
}
