//! Before the end of the day, those who will not be reached are told, and offered a booking first (FLD-35).

use chrono::{DateTime, Duration, Utc};

use super::asking::Standpoint;
use crate::calendar::DayHours;
use crate::{DeskId, DeskState, Event, ServiceId, Visit, VisitEvent, VisitState, calendar, outlook};

/// While somebody waits, it is looked again so often.
const LOOK_AGAIN_MINUTES: i64 = 5;

/// Whether a visit that comes now can still be served today: by the hours of some desk and the set overtime (TRN-14),
/// and, from the notice before closing on, by the plan of everybody who waits. Earlier in the day the plan says little,
/// and who turns out not to be reached is told in time.
pub(crate) fn time_left(asking: &Standpoint<'_>, hours: &DayHours, service: ServiceId, minutes: u16) -> bool {
    let overtime = Duration::minutes(i64::from(asking.config.rules.overtime_minutes));
    let end = asking.now + Duration::minutes(i64::from(minutes));
    let serves = |desk: &DeskId| asking.config.desks.get(desk).is_some_and(|desk| desk.services.contains(&service));
    // Open desks first: when they close is known, that of the others takes a look at the roster.
    let open = asking.office.desks.keys().copied().filter(serves);
    let closed = asking.config.desks.keys().copied().filter(|desk| !asking.office.desks.contains_key(desk));
    let mut closings =
        open.chain(closed.filter(serves)).filter_map(|desk| calendar::desk_closing(asking.office, desk, asking.now));
    if !closings.any(|closing| end <= closing + overtime) {
        return false;
    }
    let notice = Duration::minutes(i64::from(asking.config.rules.unreachable_notice_minutes));
    let near_the_end = hours.serving.last().is_some_and(|(_, end)| *end - notice <= asking.now);
    !near_the_end || !some_desk_serves(asking, service) || outlook::fits_today(asking.office, service, asking.now)
}

/// Whether a desk is open now that serves this.
fn some_desk_serves(asking: &Standpoint<'_>, service: ServiceId) -> bool {
    asking.office.desks.iter().any(|(id, open)| {
        matches!(open.state, DeskState::Open)
            && asking.config.desks.get(id).is_some_and(|desk| desk.services.contains(&service))
    })
}

/// Those who wait and will not be reached, and have not been told yet. It is looked every few minutes: at a look's time,
/// and after it until something else has happened.
pub(crate) fn told_unreachable(asking: &Standpoint<'_>) -> Vec<Event> {
    let due = last_look(asking).is_some_and(|look| asking.office.last_at.is_none_or(|last| last < look));
    if !due || !untold(asking) {
        return Vec::new();
    }
    let unreached = outlook::unreachable(asking.office, asking.now).into_iter();
    let untold = unreached.filter(|id| asking.office.visits.get(id).is_some_and(|visit| !visit.told_unreachable));
    untold.map(|visit| asking.event(VisitEvent::ToldUnreachable { visit })).collect()
}

/// When it is next looked.
pub(crate) fn next_look(asking: &Standpoint<'_>) -> Option<DateTime<Utc>> {
    if !untold(asking) {
        return None;
    }
    let first = notice_from(asking)?;
    Some(last_look(asking).map_or(first, |look| look + Duration::minutes(LOOK_AGAIN_MINUTES)))
}

/// The newest time of a look, if there has been one today and serving has not ended yet.
fn last_look(asking: &Standpoint<'_>) -> Option<DateTime<Utc>> {
    let first = notice_from(asking).filter(|first| *first <= asking.now)?;
    let passed = (asking.now - first).num_minutes() / LOOK_AGAIN_MINUTES;
    Some(first + Duration::minutes(passed * LOOK_AGAIN_MINUTES))
}

/// From when on people are told, if anybody is here and serving has not ended yet today.
fn notice_from(asking: &Standpoint<'_>) -> Option<DateTime<Utc>> {
    if asking.office.open_visits.is_empty() {
        return None;
    }
    let end = calendar::closing(asking.office, asking.now)?;
    Some(end - Duration::minutes(i64::from(asking.config.rules.unreachable_notice_minutes)))
}

/// Whether anybody waits who has not been told.
fn untold(asking: &Standpoint<'_>) -> bool {
    let mut visits = asking.office.open_visits.iter().filter_map(|id| asking.office.visits.get(id));
    visits.any(|visit: &Visit| {
        !visit.told_unreachable && matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. })
    })
}
