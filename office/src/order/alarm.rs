//! What staff are told of without asking: whom to interrupt for, and whom nobody serves.

use chrono::{DateTime, Utc};

use super::choice::taking_part;
use super::interrupted_left_minutes;
use super::scene::{MINUTE, Scene, Waiter, micros};
use crate::{DeskId, Office, Rank, VisitId, VisitState};

/// A proposal to interrupt (TRN-13). Only the clerk interrupts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterruptionProposal {
    /// Who would be interrupted.
    pub visit: VisitId,
    /// For whom: booked, here, and due.
    pub for_visit: VisitId,
    /// Their booked time.
    pub booked_for: DateTime<Utc>,
    /// Planned length of what would be left to do afterwards.
    pub left_minutes: u16,
}

/// Whether a desk that is serving should be asked to interrupt (TRN-13): a booked citizen whom it serves is here and
/// due, no other desk that serves them is soon free, more than `interrupt_least_left_minutes` are left, and both the
/// booked citizen and what is left can end by the end of this clerk's hours (TRN-14). "Soon" is the same number of
/// minutes: another desk that is free by then would be no later than this one could be.
#[must_use]
pub fn interruption_proposed(office: &Office, desk: DeskId, now: DateTime<Utc>) -> Option<InterruptionProposal> {
    let rules = &office.config.as_ref()?.rules;
    let visit = office.visits.get(&office.desks.get(&desk)?.holds?)?;
    let VisitState::Serving { since, .. } = visit.state else { return None };
    let scene = Scene::of(office, now)?;
    let place = scene.place(desk)?;
    let soon = scene.now + i64::from(rules.interrupt_least_left_minutes) * MINUTE;
    let view = &scene.desks[place];
    if view.free? <= soon {
        return None;
    }
    let served_minutes = u16::try_from((now - since).num_minutes()).unwrap_or_default();
    let left_minutes = interrupted_left_minutes(visit.planned_minutes, served_minutes);
    let counts = taking_part(&scene, place);
    let waits_for_this = |waiter: &&Waiter| {
        let others = scene.desks.iter().enumerate().filter(|&(other, _)| other != place);
        let mut able = others.filter(|(other, _)| waiter.desks & counts & (1 << other) != 0);
        let both_end = scene.now + waiter.length + i64::from(left_minutes) * MINUTE;
        waiter.desks & (1 << place) != 0
            && !scene.suspends(waiter.service, scene.now)
            && both_end <= view.ends
            && !able.any(|(_, other)| other.free.is_some_and(|free| free <= soon))
    };
    let due = scene.waiting.iter().filter_map(|waiter| match waiter.rank {
        Rank::Booked { start } => waiter.claim_order(scene.now).map(|order| (order, start, waiter)),
        Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
    });
    let (_, booked_for, waiter) =
        due.filter(|(_, _, waiter)| waits_for_this(waiter)).min_by_key(|(order, ..)| *order)?;
    Some(InterruptionProposal { visit: visit.id, for_visit: waiter.id, booked_for, left_minutes })
}

/// Those who are due and whom no open desk serves: they are in no plan, so staff have to know. Never missed, never a
/// no-show. A desk on a break with a stated end serves. In booked order.
#[must_use]
pub fn unserved_due(office: &Office, now: DateTime<Utc>) -> Vec<VisitId> {
    let Some(scene) = Scene::of(office, now) else { return Vec::new() };
    let known = scene.desks.iter().enumerate().filter(|(_, desk)| desk.free.is_some());
    let serving = known.fold(0, |desks, (place, _)| desks | 1 << place);
    let unserved = scene.waiting.iter().filter(|waiter| waiter.desks & serving == 0);
    let mut due: Vec<_> =
        unserved.filter_map(|waiter| waiter.claim_order(micros(now)).map(|order| (order, waiter.id))).collect();
    due.sort_unstable();
    due.into_iter().map(|(_, visit)| visit).collect()
}
