//! Before the end of the day, those who will not be reached are told, and offered a booking first (FLD-35).

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use crate::decide::Asking;
use crate::{DeskId, DeskState, Event, EventKind, Rank, ServiceId, Visit, VisitState, calendar};

/// While somebody waits, it is looked again so often.
const LOOK_AGAIN_MINUTES: i64 = 5;

/// Those who wait and will not be reached, and have not been told yet.
pub(crate) fn told_unreachable(asking: &Asking<'_>) -> Vec<Event> {
    let Some(from) = notice_from(asking).filter(|from| *from <= asking.now) else { return Vec::new() };
    debug_assert!(from <= asking.now);
    if !waiting(asking).any(|visit| !visit.told_unreachable) {
        return Vec::new();
    }
    let unreached = unreached(asking).into_iter().filter(|visit| !visit.told_unreachable);
    unreached.map(|visit| asking.event(EventKind::ToldUnreachable { visit: visit.id })).collect()
}

/// Whether a visit that comes now could still be served today by the hours of some desk, and the set overtime (TRN-14).
pub(crate) fn time_left(asking: &Asking<'_>, service: ServiceId, minutes: u16) -> bool {
    let overtime = Duration::minutes(i64::from(asking.config.rules.overtime_minutes));
    let end = asking.now + Duration::minutes(i64::from(minutes));
    let serving = asking.config.desks.iter().filter(|(_, desk)| desk.services.contains(&service));
    let mut closings = serving.filter_map(|(id, _)| calendar::desk_closing(asking.office, *id, asking.now));
    closings.any(|closing| end <= closing + overtime)
}

/// When it is next looked.
pub(crate) fn next_look(asking: &Asking<'_>) -> Option<DateTime<Utc>> {
    let from = notice_from(asking)?;
    waiting(asking).find(|visit| !visit.told_unreachable)?;
    if asking.now < from {
        return Some(from);
    }
    let passed = (asking.now - from).num_minutes() / LOOK_AGAIN_MINUTES + 1;
    Some(from + Duration::minutes(passed * LOOK_AGAIN_MINUTES))
}

/// From when on people are told, if serving has not ended yet today.
fn notice_from(asking: &Asking<'_>) -> Option<DateTime<Utc>> {
    if asking.office.open_visits.is_empty() {
        return None;
    }
    let end = calendar::closing(asking.office, asking.now)?;
    Some(end - Duration::minutes(i64::from(asking.config.rules.unreachable_notice_minutes)))
}

/// Those who wait to be called.
fn waiting<'a>(asking: &Asking<'a>) -> impl Iterator<Item = &'a Visit> {
    let visits = asking.office.open_visits.iter().filter_map(|id| asking.office.visits.get(id));
    visits.filter(|visit| matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. }))
}

/// Those whom the open desks do not reach by plan: booked citizens first, then the others by arrival, each at the desk
/// that is free first, to the end of its clerk's hours and the set overtime.
fn unreached<'a>(asking: &Asking<'a>) -> Vec<&'a Visit> {
    let mut free: BTreeMap<DeskId, DateTime<Utc>> =
        asking.office.desks.keys().filter_map(|desk| Some((*desk, free_at(asking, *desk)?))).collect();
    let mut line: Vec<&Visit> = waiting(asking).collect();
    line.sort_by_key(|visit| (standing(visit), visit.arrived_at, visit.id));
    let overtime = Duration::minutes(i64::from(asking.config.rules.overtime_minutes));
    let mut unreached = Vec::new();
    for visit in line {
        let length = Duration::minutes(i64::from(visit.planned_minutes));
        let serving = free.iter().filter(|(desk, _)| serves(asking, **desk, visit));
        let best = serving.min_by_key(|(desk, at)| (**at, **desk)).map(|(desk, at)| (*desk, *at + length));
        let in_time = best.filter(|(desk, end)| {
            calendar::desk_closing(asking.office, *desk, asking.now).is_some_and(|closing| *end <= closing + overtime)
        });
        match in_time {
            Some((desk, end)) => {
                free.insert(desk, end);
            }
            None => unreached.push(visit),
        }
    }
    unreached
}

/// Who comes before whom when time runs short.
const fn standing(visit: &Visit) -> u8 {
    match visit.rank {
        Rank::Booked { .. } => 0,
        Rank::FirstInLine => 1,
        Rank::Filler { .. } => 2,
        Rank::EndOfDay => 3,
    }
}

/// Whether a desk may serve a visit.
fn serves(asking: &Asking<'_>, desk: DeskId, visit: &Visit) -> bool {
    let only = match visit.state {
        VisitState::Waiting { desk, .. } => desk,
        VisitState::Interrupted { desk, same_desk, .. } if same_desk => Some(desk),
        _ => None,
    };
    asking.config.desks.get(&desk).is_some_and(|config| config.services.contains(&visit.service))
        && only.is_none_or(|only| only == desk)
}

/// When an open desk is free by plan.
fn free_at(asking: &Asking<'_>, desk: DeskId) -> Option<DateTime<Utc>> {
    let open = asking.office.desks.get(&desk)?;
    let from = match open.state {
        DeskState::Open => asking.now,
        DeskState::Break { until, .. } => until?.max(asking.now),
    };
    let held = open.holds.and_then(|id| asking.office.visits.get(&id));
    let end = held.map(|visit| {
        let since = match visit.state {
            VisitState::Serving { since, .. } => since,
            _ => asking.now,
        };
        since + Duration::minutes(i64::from(visit.planned_minutes))
    });
    Some(end.map_or(from, |end| end.max(from)))
}
