//! What lies ahead: who is before whom, how long one will wait, when the first gap is, whom today will not reach.
//!
//! Waits come from the day played forward by the real rule (FLD-11), with every open desk, everybody who waits and
//! everybody who is expected today; nobody is assumed to come without a booking later, or not to come with one.

use chrono::{DateTime, Utc};

use crate::order::forward::{Coming, Forward, NEWCOMER, Pace};
use crate::order::scene::{MINUTE, Micros, Reach, Scene, Waiter, instant, micros};
use crate::{Office, Rank, ServiceId, VisitId};

/// Ranges are rounded outwards to this.
const RANGE_STEP_MINUTES: i64 = 5;

/// How many of those who wait now stand before somebody, among those whom a common desk serves.
///
/// By standing, not by forecast, so that it is cheap and only falls when somebody is called: booked citizens who are due
/// (and whoever has waited past the hard limit) stand before everybody else; the others in their row; a booked citizen
/// whose time has not come has only those due and those booked earlier before them, and stands before none of the
/// others. `None` if the visit does not wait.
#[must_use]
pub fn people_ahead(office: &Office, visit: VisitId, now: DateTime<Utc>) -> Option<u32> {
    let scene = Scene::of(office, now, Reach::Plan)?;
    let own = scene.waiting.iter().find(|waiter| waiter.id == visit)?;
    let place = place_in_line(&scene, own);
    let shares_desk = |other: &&Waiter| other.desks & own.desks != 0 || other.service == own.service;
    let before = scene.waiting.iter().filter(shares_desk).filter(|other| {
        let is_ahead_of_booked = matches!(other.rank, Rank::Booked { .. }) || other.claim(scene.now).is_some();
        match place_in_line(&scene, own) {
            Place::Booked(_) => is_ahead_of_booked && place_in_line(&scene, other) < place,
            Place::Due(_) | Place::Other(_) => {
                !matches!(place_in_line(&scene, other), Place::Booked(_)) && place_in_line(&scene, other) < place
            }
        }
    });
    u32::try_from(before.count()).ok()
}

/// Where somebody stands, all others being callable.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// In step 1, by claim.
    Due((Micros, Micros, u64)),
    /// Booked, and the time has not come.
    Booked((DateTime<Utc>, Micros, u64)),
    /// In the row.
    Other(Option<crate::order::rank::Standing>),
}

fn place_in_line(scene: &Scene<'_>, waiter: &Waiter) -> Place {
    match (waiter.claim_order(scene.now), waiter.rank) {
        (Some(order), _) => Place::Due(order),
        (None, Rank::Booked { start }) => Place::Booked((start, waiter.arrived, waiter.id.0)),
        (None, Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine) => {
            Place::Other(waiter.standing(&scene.numbers))
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
    let Some(scene) = Scene::of(office, now, Reach::Day) else { return Vec::new() };
    let waiting: Vec<VisitId> = scene.waiting.iter().map(|waiter| waiter.id).collect();
    let calls = Forward::new(scene, Pace::PLANNED).play(|_| false);
    let reached: std::collections::BTreeSet<VisitId> = calls.into_iter().map(|call| call.visit).collect();
    waiting.into_iter().filter(|visit| !reached.contains(visit)).collect()
}

fn forward(office: &Office, now: DateTime<Utc>, pace: Pace) -> Option<Forward<'_>> {
    Scene::of(office, now, Reach::Day).map(|scene| Forward::new(scene, pace))
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
    let calls = forward.play(|call: &Coming| call.visit == NEWCOMER);
    calls.last().filter(|call| call.visit == NEWCOMER).map(|call| call.at)
}

/// From the least down to five minutes, to the most up to five minutes.
fn range(one: Micros, other: Micros) -> (u16, u16) {
    let (least, most) = (one.min(other), one.max(other));
    let step = RANGE_STEP_MINUTES * MINUTE;
    let minutes = |steps: i64| u16::try_from(steps * RANGE_STEP_MINUTES).unwrap_or(u16::MAX);
    (minutes(least / step), minutes((most + step - 1) / step))
}
