//! The first law where several desks are open: every plan is tried, by the brute force that judges the rules' own tests
//! and was written from the rule's text alone. Cases of the size that it can try are common enough on random days.

use chrono::{DateTime, TimeDelta, Utc};
use office::{DeskId, DeskState, Office, Rank, Reason, Visit, VisitState};

use crate::brute_force::Case;

/// So many desks and promised times can be tried out.
const DESKS_MAX: usize = 3;
const PROMISES_MAX: usize = 4;

/// By plan, no filler delays a citizen who was here at their booked time by more than the office's bound. Says whether
/// it could be tried.
///
/// # Errors
/// The law that is broken.
pub fn nobody_is_delayed(
    office: &Office,
    called: &Visit,
    desk: DeskId,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<bool, String> {
    let Some(rules) = office.config.as_ref().map(|config| &config.rules) else { return Ok(false) };
    let bound = match reason {
        Reason::FitsGap { .. } => 0,
        Reason::WithinBound { .. } | Reason::GapKept { .. } => rules.booked_delay_max_minutes,
        Reason::BookedAndDue { .. }
        | Reason::WaitedPastLimit { .. }
        | Reason::FirstInLine
        | Reason::BookedEarly { .. }
        | Reason::EndOfDay
        | Reason::OutOfOrder { .. }
        | Reason::ParkedHere
        | Reason::Direct
        | Reason::RemoteDue { .. } => return Ok(false),
    };
    if !can_be_tried(office, called, now) {
        return Ok(false);
    }
    let delay = Case { office, desk, now }.delay_by(called.id);
    if delay.is_some_and(|delay| delay <= TimeDelta::minutes(i64::from(bound))) {
        return Ok(true);
    }
    let by = delay.map_or("for ever".to_owned(), |delay| format!("by {} s", delay.num_seconds()));
    Err(format!("law 1: visit {} at desk {desk} delays a booked citizen {by} for {reason:?}", called.id))
}

/// The brute force knows neither suspensions nor desks without an end, and tries out small cases alone.
fn can_be_tried(office: &Office, called: &Visit, now: DateTime<Utc>) -> bool {
    let Some(rules) = office.config.as_ref().map(|config| &config.rules) else { return false };
    let ahead = now + TimeDelta::minutes(i64::from(called.planned_minutes.max(45)));
    let limit = TimeDelta::minutes(i64::from(rules.wait_max_minutes));
    let waiting = office.open_visits.iter().filter_map(|id| office.visits.get(id)).filter(|visit| {
        matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. })
            && match visit.rank {
                Rank::Booked { start } => start < ahead,
                Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => visit.arrived_at + limit <= now,
            }
    });
    let expected = office.expected.iter().filter(|(start, _)| now < *start && *start < ahead);
    let known = office.desks.values().all(|open| {
        open.until.is_some() && !matches!(open.state, DeskState::Break { until: Some(until), .. } if until <= now)
    });
    (2..=DESKS_MAX).contains(&office.desks.len())
        && known
        && office.suspensions.is_empty()
        && waiting.count() + expected.count() <= PROMISES_MAX
}
