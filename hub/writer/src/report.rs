//! The report of a visit that is over, for figures: ids and times, kept beside the journal from which it follows.

use office::{Event, EventKind, Office, Outcome, PeriodKind, Visit, VisitEvent, VisitId, VisitState};
use serde::Serialize;

/// A visit that is over, for statistics: ids and times only.
#[derive(Debug, Serialize)]
struct VisitReport<'a> {
    number: String,
    service: u16,
    booked: bool,
    ended: &'a str,
    arrived_at: i64,
    ended_at: i64,
    wait_seconds: i64,
    way_seconds: i64,
    service_seconds: i64,
    delivered: &'a [(office::ServiceId, u8)],
}

/// The report that an event makes or takes back: the visit, and its row. `after` is the office after the event.
pub fn report_after(after: &Office, event: &Event) -> Option<(u64, Option<String>)> {
    let EventKind::Visit(event) = &event.kind else { return None };
    let id = match event {
        VisitEvent::NoShow { visit, .. }
        | VisitEvent::Left { visit }
        | VisitEvent::LeftUndone { visit }
        | VisitEvent::CameBack { visit, .. }
        | VisitEvent::Finished { visit, .. }
        | VisitEvent::ServedOnPaper { visit, .. }
        // Whoever was served on paper had booked after all.
        | VisitEvent::BookingFound { visit, .. }
        | VisitEvent::StepUndone { visit, .. }
        | VisitEvent::Unserved { visit } => *visit,
        VisitEvent::OutageVisitEntered(visit) => visit.id,
        _ => return None,
    };
    Some((id.0, report(after, id)))
}

fn report(office: &Office, id: VisitId) -> Option<String> {
    let visit = office.visits.get(&id)?;
    let (ended, ended_at, delivered): (&str, _, &[_]) = match &visit.state {
        VisitState::NoShow { at } => ("no-show", at, &[]),
        VisitState::Left { at, .. } => ("left", at, &[]),
        VisitState::Unserved { at } => ("unserved", at, &[]),
        VisitState::Finished { at, outcome, delivered } => {
            let ended = match outcome {
                Outcome::Done => "done",
                Outcome::NotPossible => "not-possible",
                Outcome::DocumentsMissing => "documents-missing",
            };
            (ended, at, delivered)
        }
        VisitState::Waiting { .. }
        | VisitState::Called { .. }
        | VisitState::Serving { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. } => return None,
    };
    let report = VisitReport {
        number: visit.number.to_string(),
        service: visit.service.0,
        booked: visit.booked_for().is_some(),
        ended,
        arrived_at: visit.arrived_at.timestamp_millis(),
        ended_at: ended_at.timestamp_millis(),
        wait_seconds: seconds(visit, PeriodKind::Wait),
        way_seconds: seconds(visit, PeriodKind::Way),
        service_seconds: seconds(visit, PeriodKind::Service),
        delivered,
    };
    serde_json::to_string(&report).ok()
}

/// All stretches of one kind, which are counted apart (FLD-10).
fn seconds(visit: &Visit, kind: PeriodKind) -> i64 {
    let periods = visit.periods.iter().filter(|period| period.kind == kind);
    periods.map(|period| (period.to - period.from).num_seconds()).sum()
}
