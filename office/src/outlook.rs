//! What lies ahead: who is before whom, how long one will wait, when the first gap is, whom today will not reach.
//!
//! Waits come from the day played forward by the real rule (FLD-11), with every open desk, everybody who waits and
//! everybody who is expected today; nobody is assumed to come without a booking later, or not to come with one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::order::forward::{CallToCome, Forward, NEWCOMER, Pace};
use crate::order::scene::{Horizon, MINUTE, Micros, Scene, Waiter, instant, micros};
use crate::{Office, Rank, ServiceId, Visit, VisitId};

/// Ranges are rounded outwards to this.
const RANGE_STEP_MINUTES: i64 = 5;

/// What somebody may expect who waits, or would take a ticket now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expectation {
    /// Those who wait now, will be called before by plan, and share a desk with them or come for the same.
    pub people_ahead: u32,
    /// How long they will wait: minutes, rounded outwards to five. `None` if today does not reach them.
    pub wait: Option<(u16, u16)>,
    /// When they will be called by plan; for somebody who takes a ticket now the first gap that fits (TRN-06).
    pub starts_at: Option<DateTime<Utc>>,
}

/// The whole house looked ahead at once, for boards, lists and tickets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forecast {
    /// Those who wait, in the order in which they will be called by plan; last, by number, whom today does not reach.
    pub order: Vec<VisitId>,
    /// What each of them may expect.
    pub waiting: BTreeMap<VisitId, Expectation>,
    /// What somebody may expect who takes a ticket for a service now.
    pub services: BTreeMap<ServiceId, Expectation>,
}

/// Looks ahead once for everybody: the day is played three times, as planned, at a brisk pace and at a slow one.
#[must_use]
pub fn forecast(office: &Office, now: DateTime<Utc>) -> Forecast {
    let Some(config) = &office.config else { return Forecast::default() };
    let lengths = || config.services.iter().map(|(id, service)| (*id, i64::from(service.planned_minutes) * MINUTE));
    let played = |pace| {
        let (calls, answers) = forward(office, now, pace)?.with_probes(lengths()).play_and_answer(|_| false);
        Some((calls.iter().map(|call| (call.visit, call.at)).collect::<BTreeMap<_, _>>(), answers, calls))
    };
    let (Some(planned), Some(brisk), Some(slow)) = (played(Pace::PLANNED), played(Pace::BRISK), played(Pace::SLOW))
    else {
        return Forecast::default();
    };
    let Some(scene) = Scene::of(office, now, Horizon::Plan) else { return Forecast::default() };
    let places: BTreeMap<VisitId, (u64, ServiceId)> =
        scene.waiting.iter().map(|waiter| (waiter.id, (waiter.desks, waiter.service))).collect();
    let mut order: Vec<VisitId> = planned.2.iter().map(|call| call.visit).collect();
    order.extend(places.keys().filter(|visit| !planned.0.contains_key(visit)));
    let since_now = |at: &Micros| at - micros(now);
    // Before a desk opens, those are ahead who come for the same.
    let ahead_at = |before: &[VisitId], own: u64, wanted: ServiceId| {
        let shared = before.iter().filter_map(|visit| places.get(visit));
        let shared = shared.filter(|(theirs, service)| theirs & own != 0 || *service == wanted);
        u32::try_from(shared.count()).unwrap_or(u32::MAX)
    };
    let waiting = order.iter().enumerate().filter_map(|(place, visit)| {
        let (own, service) = *places.get(visit)?;
        let wait = brisk.0.get(visit).zip(slow.0.get(visit));
        let expectation = Expectation {
            people_ahead: ahead_at(&order[..place], own, service),
            wait: wait.map(|(brisk, slow)| range(since_now(brisk), since_now(slow))),
            starts_at: planned.0.get(visit).copied().map(instant),
        };
        Some((*visit, expectation))
    });
    let waiting = waiting.collect();
    let services = config.services.keys().map(|service| {
        let start = planned.1.get(service);
        let serving = scene.desks.iter().enumerate().filter(|(_, desk)| desk.services.contains(service));
        let own = serving.fold(0, |desks, (place, _)| desks | 1 << place);
        let called = planned.2.iter().take_while(|call| start.is_none_or(|start| call.at < *start)).count();
        let before = if start.is_some() { &order[..called] } else { &order[..] };
        let wait = brisk.1.get(service).zip(slow.1.get(service));
        let expectation = Expectation {
            people_ahead: ahead_at(before, own, *service),
            wait: wait.map(|(brisk, slow)| range(since_now(brisk), since_now(slow))),
            starts_at: start.copied().map(instant),
        };
        (*service, expectation)
    });
    let services = services.collect();
    Forecast { order, waiting, services }
}

/// What somebody may expect who is about to come with this visit, which the office does not know yet: a booked citizen
/// is told their own place, not that of a newcomer.
#[must_use]
pub fn of_arrival(office: &Office, visit: &Visit, now: DateTime<Utc>) -> Option<Expectation> {
    let played = |pace| {
        let scene = Scene::with_arrival(office, Some(visit), now, Horizon::Day)?;
        let own = scene.waiting.last()?.desks;
        let alike = |other: &Waiter| other.desks & own != 0 || other.service == visit.service;
        let alike: Vec<VisitId> = scene.waiting.iter().filter(|other| alike(other)).map(|other| other.id).collect();
        let mut calls = Forward::new(scene, pace).play(|call| call.visit == visit.id);
        let called = calls.pop_if(|last| last.visit == visit.id).map(|call| call.at);
        let before = calls.iter().filter(|call| alike.contains(&call.visit)).count();
        Some((called, u32::try_from(before).unwrap_or(u32::MAX)))
    };
    let (planned, people_ahead) = played(Pace::PLANNED)?;
    let (brisk, slow) = (played(Pace::BRISK)?.0, played(Pace::SLOW)?.0);
    let wait = brisk.zip(slow).map(|(brisk, slow)| range(brisk - micros(now), slow - micros(now)));
    Some(Expectation { people_ahead, wait, starts_at: planned.map(instant) })
}

/// What somebody is told who comes so early with a booking that nobody calls them yet by plan: the time that was promised,
/// which needs no look ahead. `None` for everybody else, for whom [`of_arrival`] looks.
#[must_use]
pub fn of_early_arrival(office: &Office, visit: &Visit, now: DateTime<Utc>) -> Option<Expectation> {
    let Rank::Booked { start } = visit.rank else { return None };
    let scene = Scene::with_arrival(office, Some(visit), now, Horizon::Plan)?;
    let until = micros(start) - scene.now;
    let own = scene.waiting.last().filter(|own| own.id == visit.id && until > scene.numbers.early_call)?;
    let people_ahead = stand_before(&scene, own);
    Some(Expectation { people_ahead, wait: Some(range(until, until)), starts_at: Some(start) })
}

/// How many of those who wait now stand before somebody, among those whom a common desk serves.
///
/// By standing, not by forecast, so that it is cheap and only falls when somebody is called: booked citizens who are due
/// (and whoever has waited past the hard limit) stand before everybody else; the others in their row; a booked citizen
/// whose time has not come has only those due and those booked earlier before them, and stands before none of the
/// others. `None` if the visit does not wait.
#[must_use]
pub fn people_ahead(office: &Office, visit: VisitId, now: DateTime<Utc>) -> Option<u32> {
    let scene = Scene::of(office, now, Horizon::Plan)?;
    scene.waiting.iter().find(|waiter| waiter.id == visit).map(|own| stand_before(&scene, own))
}

fn stand_before(scene: &Scene<'_>, own: &Waiter) -> u32 {
    let place = place_in_line(scene, own);
    let shares_desk = |other: &&Waiter| other.desks & own.desks != 0 || other.service == own.service;
    let before = scene.waiting.iter().filter(shares_desk).filter(|other| {
        let is_ahead_of_booked = matches!(other.rank, Rank::Booked { .. }) || other.claim(scene.now).is_some();
        match place {
            QueuePlace::Booked(_) => is_ahead_of_booked && place_in_line(scene, other) < place,
            QueuePlace::Due(_) | QueuePlace::Other(_) => {
                !matches!(place_in_line(scene, other), QueuePlace::Booked(_)) && place_in_line(scene, other) < place
            }
        }
    });
    u32::try_from(before.count()).unwrap_or(u32::MAX)
}

/// Where somebody stands, all others being callable.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum QueuePlace {
    /// In step 1, by claim.
    Due((Micros, Micros, u64)),
    /// Booked, and the time has not come.
    Booked((DateTime<Utc>, Micros, u64)),
    /// In the row.
    Other(Option<crate::order::rank::RankKey>),
}

fn place_in_line(scene: &Scene<'_>, waiter: &Waiter) -> QueuePlace {
    match (waiter.claim_order(scene.now), waiter.rank) {
        (Some(order), _) => QueuePlace::Due(order),
        (None, Rank::Booked { start }) => QueuePlace::Booked((start, waiter.arrived, waiter.id.0)),
        (None, Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine) => {
            QueuePlace::Other(waiter.standing(&scene.numbers))
        }
    }
}

/// Those who wait, in the order in which they will be called if everything goes as planned; those whom today does not
/// reach are left out. At most `count`, since boards show a few and looking far ahead costs.
#[must_use]
pub fn expected_order(office: &Office, now: DateTime<Utc>, count: usize) -> Vec<VisitId> {
    if count == 0 {
        return Vec::new();
    }
    let Some(forward) = forward(office, now, Pace::PLANNED) else { return Vec::new() };
    let mut left = count;
    let calls = forward.play(|call| {
        left -= usize::from(!call.is_phantom());
        left == 0
    });
    calls.into_iter().map(|call| call.visit).collect()
}

/// How long somebody who took a ticket for a service now would wait: a range in minutes, rounded outwards to five.
/// `None` if today would not reach them.
#[must_use]
pub fn expected_wait(office: &Office, service: ServiceId, priority: bool, now: DateTime<Utc>) -> Option<(u16, u16)> {
    let brisk = newcomer_start(office, service, priority, now, Pace::BRISK)?;
    let slow = newcomer_start(office, service, priority, now, Pace::SLOW)?;
    Some(range(brisk - micros(now), slow - micros(now)))
}

/// How long somebody who waits will go on waiting: a range in minutes, rounded outwards to five. `None` if they do not
/// wait, or today does not reach them.
#[must_use]
pub fn wait_of(office: &Office, visit: VisitId, now: DateTime<Utc>) -> Option<(u16, u16)> {
    let start = |pace| {
        let calls = forward(office, now, pace)?.play(|call| call.visit == visit);
        calls.last().filter(|call| call.visit == visit).map(|call| call.at - micros(now))
    };
    Some(range(start(Pace::BRISK)?, start(Pace::SLOW)?))
}

/// When the first gap is that fits somebody who takes a ticket for a service now, with everybody before them served by
/// the rule (TRN-06). `None` if there is none today.
#[must_use]
pub fn first_gap(office: &Office, service: ServiceId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    newcomer_start(office, service, false, now, Pace::PLANNED).map(instant)
}

/// Whether somebody who takes a ticket for a service now would still be reached today by plan.
#[must_use]
pub fn fits_today(office: &Office, service: ServiceId, now: DateTime<Utc>) -> bool {
    first_gap(office, service, now).is_some()
}

/// Those who wait and whom the open desks will not reach today by plan (FLD-35): to be told early, with an offer. By
/// number.
#[must_use]
pub fn unreachable(office: &Office, now: DateTime<Utc>) -> Vec<VisitId> {
    let Some(scene) = Scene::of(office, now, Horizon::Day) else { return Vec::new() };
    let waiting: Vec<VisitId> = scene.waiting.iter().map(|waiter| waiter.id).collect();
    let calls = Forward::new(scene, Pace::PLANNED).play(|_| false);
    let reached: std::collections::BTreeSet<VisitId> = calls.into_iter().map(|call| call.visit).collect();
    waiting.into_iter().filter(|visit| !reached.contains(visit)).collect()
}

fn forward(office: &Office, now: DateTime<Utc>, pace: Pace) -> Option<Forward<'_>> {
    Scene::of(office, now, Horizon::Day).map(|scene| Forward::new(scene, pace))
}

/// When somebody who takes a ticket now is called.
fn newcomer_start(
    office: &Office,
    service: ServiceId,
    priority: bool,
    now: DateTime<Utc>,
    pace: Pace,
) -> Option<Micros> {
    let planned = office.config.as_ref()?.services.get(&service)?.planned_minutes;
    let forward = forward(office, now, pace)?.with_newcomer(service, i64::from(planned) * MINUTE, priority);
    let calls = forward.play(|call: &CallToCome| call.visit == NEWCOMER);
    calls.last().filter(|call| call.visit == NEWCOMER).map(|call| call.at)
}

/// From the least down to five minutes, to the most up to five minutes.
fn range(one: Micros, other: Micros) -> (u16, u16) {
    let (least, most) = (one.min(other), one.max(other));
    let step = RANGE_STEP_MINUTES * MINUTE;
    let minutes = |steps: i64| u16::try_from(steps * RANGE_STEP_MINUTES).unwrap_or(u16::MAX);
    (minutes(least / step), minutes((most + step - 1) / step))
}
