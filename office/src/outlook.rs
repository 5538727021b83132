//! What lies ahead: who is before whom, how long one will wait, whom today will not reach.
//!
//! What is told of a wait comes from drawn futures (FLD-11, NEW-12): from the time by which somebody is called in twenty of
//! a hundred to that in eighty. Who is before whom comes from one day played forward in which everything takes as long as
//! such things usually do.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};

use crate::order::futures::{CallTimes, FORESEEN_FUTURES, Foresight, NO_TIME, Seconds, usual_day};
use crate::order::scene::{Micros, Scene, Waiter, instant, micros};
use crate::{Office, Rank, ServiceId, ToldWait, Visit, VisitId, calendar};

/// What is told begins with the wait that so many of a hundred futures do not exceed,
const TOLD_FROM_PERCENT: usize = 20;

/// and ends with the one that so many do not.
const TOLD_TO_PERCENT: usize = 80;

/// So many futures are drawn where one question alone is asked.
const ASKED_FUTURES: u32 = 40;

/// Ranges are rounded outwards to this.
const RANGE_STEP_MINUTES: u16 = 5;

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
    /// What those who wait were told first of what they read now, on their ticket or later.
    told: BTreeMap<VisitId, RangeTold>,
}

/// A range as it was told, and when. It is kept so, since a range that is rounded again and again grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RangeTold {
    wait: (u16, u16),
    at: DateTime<Utc>,
}

impl Forecast {
    /// The same, with every range kept that was told before and is not wrong by its own width: what somebody reads does not
    /// flicker (NEW-12).
    #[must_use]
    pub fn keeping_what_was_told(mut self, before: Option<&Self>, now: DateTime<Utc>) -> Self {
        for (visit, expected) in &mut self.waiting {
            let Some(wait) = expected.wait else { continue };
            let told = before.and_then(|before| before.told.get(visit)).or(self.told.get(visit)).copied();
            let kept = told.and_then(|told| Some((told, kept_range(told.wait, wait, told.minutes_passed(now))?)));
            let (told, reads) = kept.unwrap_or((RangeTold { wait, at: now }, wait));
            expected.wait = Some(reads);
            self.told.insert(*visit, told);
        }
        self
    }
}

impl RangeTold {
    fn minutes_passed(self, now: DateTime<Utc>) -> u16 {
        u16::try_from((now - self.at).num_minutes().max(0)).unwrap_or(u16::MAX)
    }
}

/// The range that was told, as it reads after so many minutes; `None` if the new one lies beyond it by its own width.
fn kept_range(told: (u16, u16), new: (u16, u16), minutes_passed: u16) -> Option<(u16, u16)> {
    let width = told.1.saturating_sub(told.0);
    let (from, to) = (told.0.saturating_sub(minutes_passed), told.1.saturating_sub(minutes_passed));
    let wrong = new.0.abs_diff(from) > width || new.1.abs_diff(to) > width || to == 0 && new.1 > 0;
    let step = RANGE_STEP_MINUTES;
    (!wrong).then(|| (from / step * step, to.div_ceil(step) * step))
}

/// Looks ahead once for everybody.
#[must_use]
pub fn forecast(office: &Office, now: DateTime<Utc>) -> Forecast {
    let (Some(config), Some(scene)) = (&office.config, Scene::of(office, now)) else {
        return Forecast::default();
    };
    let counted = scene.known_desks();
    let foresight = Foresight::of(office, &scene, counted, None, FORESEEN_FUTURES);
    let (planned, answers) = usual_day(office, &scene, counted);
    let times: BTreeMap<VisitId, CallTimes> = foresight.visits.into_iter().collect();
    let places: BTreeMap<VisitId, (u64, ServiceId)> =
        scene.waiting.iter().map(|waiter| (waiter.id, (waiter.desks, waiter.service))).collect();
    let mut order: Vec<VisitId> = planned.iter().map(|(visit, _)| *visit).collect();
    let reached: BTreeMap<VisitId, Seconds> = planned.iter().copied().collect();
    order.extend(places.keys().filter(|visit| !reached.contains_key(visit)));
    // Before a desk opens, those are ahead who come for the same.
    let ahead_at = |before: &[VisitId], own: u64, wanted: ServiceId| {
        let shared = before.iter().filter_map(|visit| places.get(visit));
        let shared = shared.filter(|(theirs, service)| theirs & own != 0 || *service == wanted);
        u32::try_from(shared.count()).unwrap_or(u32::MAX)
    };
    let waiting = order.iter().enumerate().filter_map(|(place, visit)| {
        let (own, service) = *places.get(visit)?;
        let expectation = Expectation {
            people_ahead: ahead_at(&order[..place], own, service),
            wait: times.get(visit).and_then(told),
            starts_at: reached.get(visit).map(|&at| after(&scene, at)),
        };
        Some((*visit, expectation))
    });
    let waiting = waiting.collect();
    let services = foresight.services.iter().filter(|(service, _)| config.services.contains_key(service));
    let services = services.map(|(service, times)| {
        let start = answers.get(service).copied();
        let called = planned.iter().take_while(|(_, at)| start.is_none_or(|start| *at < start)).count();
        let before = if start.is_some() { &order[..called] } else { &order[..] };
        let expectation = Expectation {
            people_ahead: ahead_at(before, scene.desks_serving(*service), *service),
            wait: told(times),
            starts_at: start.map(|at| after(&scene, at)),
        };
        (*service, expectation)
    });
    let services = services.collect();
    // Their tickets said something already.
    let told = order.iter().filter_map(|visit| {
        let here = office.visits.get(visit)?;
        let ToldWait { from, to } = here.told_wait?;
        Some((*visit, RangeTold { wait: (from, to), at: here.arrived_at }))
    });
    let told = told.collect();
    Forecast { order, waiting, services, told }
}

/// The range that is told of call times; `None` if today may not reach them.
fn told(times: &CallTimes) -> Option<(u16, u16)> {
    Some(range(times.by(TOLD_FROM_PERCENT)?, times.by(TOLD_TO_PERCENT)?))
}

fn after(scene: &Scene<'_>, seconds: Seconds) -> DateTime<Utc> {
    instant(scene.now + i64::from(seconds) * 1_000_000)
}

/// What somebody may expect who is about to come with this visit, which the office does not know yet: a booked citizen
/// is told their own place, not that of a newcomer.
#[must_use]
pub fn of_arrival(office: &Office, visit: &Visit, now: DateTime<Utc>) -> Option<Expectation> {
    let scene = Scene::with_arrival(office, Some(visit), now)?;
    let counted = scene.known_desks();
    let own = scene.waiting.last()?.desks;
    let alike = |other: &&Waiter| other.desks & own != 0 || other.service == visit.service;
    let alike: Vec<VisitId> = scene.waiting.iter().filter(alike).map(|other| other.id).collect();
    let (planned, _) = usual_day(office, &scene, counted);
    let start = planned.iter().find(|(id, _)| *id == visit.id).map(|&(_, at)| at);
    let before = planned.iter().take_while(|(id, _)| *id != visit.id).filter(|(id, _)| alike.contains(id)).count();
    let foresight = Foresight::of(office, &scene, counted, Some(visit), ASKED_FUTURES);
    let own = foresight.visits.iter().find(|(id, _)| *id == visit.id);
    Some(Expectation {
        people_ahead: u32::try_from(before).unwrap_or(u32::MAX),
        wait: own.and_then(|(_, times)| told(times)),
        starts_at: start.map(|at| after(&scene, at)),
    })
}

/// What somebody is told who comes so early with a booking that nobody calls them yet by plan: the time that was promised,
/// which needs no look ahead. `None` for everybody else, for whom [`of_arrival`] looks.
#[must_use]
pub fn of_early_arrival(office: &Office, visit: &Visit, now: DateTime<Utc>) -> Option<Expectation> {
    let Rank::Booked { start } = visit.rank else { return None };
    let scene = Scene::with_arrival(office, Some(visit), now)?;
    let until = micros(start) - scene.now;
    let own = scene.waiting.last().filter(|own| own.id == visit.id && until > scene.numbers.early_call)?;
    let people_ahead = stand_before(&scene, own);
    Some(Expectation {
        people_ahead,
        wait: Some(range((until / 1_000_000) as Seconds, (until / 1_000_000) as Seconds)),
        starts_at: Some(start),
    })
}

/// How many of those who wait now stand before somebody, among those whom a common desk serves.
///
/// By standing, not by forecast, so that it is cheap and only falls when somebody is called: booked citizens who are due
/// (and whoever has waited past the hard limit) stand before everybody else; the others in their row; a booked citizen
/// whose time has not come has only those due and those booked earlier before them, and stands before none of the
/// others. `None` if the visit does not wait.
#[must_use]
pub fn people_ahead(office: &Office, visit: VisitId, now: DateTime<Utc>) -> Option<u32> {
    let scene = Scene::of(office, now)?;
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

/// Those who wait, in the order in which they will be called if everything takes as long as usual; those whom today does
/// not reach are left out. At most `count`, since boards show a few.
#[must_use]
pub fn expected_order(office: &Office, now: DateTime<Utc>, count: usize) -> Vec<VisitId> {
    let Some(scene) = Scene::of(office, now).filter(|_| count > 0) else { return Vec::new() };
    let (planned, _) = usual_day(office, &scene, scene.known_desks());
    planned.into_iter().map(|(visit, _)| visit).take(count).collect()
}

/// How long somebody who took a ticket for a service now would wait: a range in minutes. `None` if today would not reach
/// them.
#[must_use]
pub fn expected_wait(office: &Office, service: ServiceId, now: DateTime<Utc>) -> Option<(u16, u16)> {
    forecast(office, now).services.get(&service)?.wait
}

/// How long somebody who waits will go on waiting: a range in minutes. `None` if they do not wait, or today does not reach
/// them.
#[must_use]
pub fn wait_of(office: &Office, visit: VisitId, now: DateTime<Utc>) -> Option<(u16, u16)> {
    forecast(office, now).waiting.get(&visit)?.wait
}

/// When somebody who takes a ticket for a service now would be called, with everybody before them served by the rule and
/// for as long as usual (TRN-06). `None` if not today.
#[must_use]
pub fn first_gap(office: &Office, service: ServiceId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let scene = Scene::of(office, now)?;
    let (_, answers) = usual_day(office, &scene, scene.known_desks());
    answers.get(&service).map(|&at| after(&scene, at))
}

/// Whether somebody who takes a ticket for a service now would probably still be reached today.
#[must_use]
pub fn fits_today(office: &Office, service: ServiceId, now: DateTime<Utc>) -> bool {
    first_gap(office, service, now).is_some()
}

/// Those who wait and whom the open desks will probably not reach today (FLD-35): to be told early, with an offer. By
/// number.
#[must_use]
pub fn unreachable(office: &Office, now: DateTime<Utc>) -> Vec<VisitId> {
    let Some(scene) = Scene::of(office, now) else { return Vec::new() };
    let foresight = Foresight::of(office, &scene, scene.known_desks(), None, FORESEEN_FUTURES);
    let times: BTreeMap<VisitId, CallTimes> = foresight.visits.into_iter().collect();
    let waiting = scene.waiting.iter().map(|waiter| waiter.id);
    let mut unreached: Vec<VisitId> =
        waiting.filter(|visit| times.get(visit).is_none_or(|times| times.reached_percent() < 50)).collect();
    unreached.sort_unstable();
    unreached
}

/// A wait of so many minutes is short.
const SHORT_WAIT_MINUTES: u32 = 10;

/// When those who come without a booking usually wait for ten minutes at most today, by what the office has learnt: local
/// times, from now to the end of serving (NEW-12).
#[must_use]
pub fn short_lines_today(office: &Office, now: DateTime<Utc>) -> Vec<(NaiveTime, NaiveTime)> {
    let Some(config) = &office.config else { return Vec::new() };
    let today = calendar::local_date(config.zone, now);
    let local = |at: DateTime<Utc>| at.with_timezone(&config.zone).time();
    let serving: Vec<_> =
        calendar::day(config, today).serving.iter().map(|span| (local(span.0), local(span.1))).collect();
    let mut short: Vec<(NaiveTime, NaiveTime)> = Vec::new();
    for half_hour in 0..48_u16 {
        let at = |half_hour: u16| NaiveTime::from_num_seconds_from_midnight_opt(u32::from(half_hour) * 1_800, 0);
        let (Some(from), Some(to)) = (at(half_hour), at(half_hour + 1)) else { continue };
        let open = serving.iter().any(|(opens, closes)| *opens <= from && to <= *closes) && to > local(now);
        let is_short = office.learnt.usual_wait(today, half_hour).is_some_and(|minutes| minutes <= SHORT_WAIT_MINUTES);
        match short.last_mut() {
            Some(last) if open && is_short && last.1 == from => last.1 = to,
            _ if open && is_short => short.push((from, to)),
            _ => {}
        }
    }
    short
}

/// Of a hundred who were booked and here in time, how many were called within three minutes of it; `None` where few were.
#[must_use]
pub fn appointments_kept_percent(office: &Office) -> Option<u32> {
    let waited = office.learnt.waited;
    (waited.of >= 50_000).then(|| 100 - (u64::from(waited.are) * 100).div_ceil(u64::from(waited.of)) as u32)
}

/// From the least down to five minutes, to the most up to five minutes.
fn range(one: Seconds, other: Seconds) -> (u16, u16) {
    let (least, most) = (one.min(other).clamp(0, NO_TIME / 2), one.max(other).clamp(0, NO_TIME / 2));
    let step = Seconds::from(RANGE_STEP_MINUTES) * 60;
    let minutes = |steps: Seconds| u16::try_from(steps).unwrap_or(u16::MAX).saturating_mul(RANGE_STEP_MINUTES);
    (minutes(least / step), minutes((most + step - 1) / step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_12_a_range_that_was_told_is_kept_until_it_is_wrong_by_its_own_width() {
        assert_eq!(kept_range((10, 25), (15, 30), 0), Some((10, 25)), "not wrong by as much");
        assert_eq!(kept_range((10, 25), (10, 20), 5), Some((5, 20)), "time has passed");
        assert_eq!(kept_range((10, 25), (30, 45), 0), None, "wrong by more than its width");
        assert_eq!(kept_range((0, 5), (5, 10), 5), None, "it was to be over by now");
        assert_eq!(kept_range((10, 20), (5, 15), 3), Some((5, 20)), "rounded outwards");
    }

    #[test]
    fn new_12_a_range_that_is_looked_at_again_and_again_goes_down_with_the_clock_and_does_not_grow() {
        let begin = DateTime::UNIX_EPOCH;
        let foreseen = |wait: (u16, u16)| {
            let expected = Expectation { people_ahead: 3, wait: Some(wait), starts_at: None };
            Forecast { waiting: BTreeMap::from([(VisitId(1), expected)]), ..Forecast::default() }
        };
        let mut forecast = foreseen((20, 30)).keeping_what_was_told(None, begin);
        for seconds in (5..=600).step_by(5) {
            let left = |minutes: Seconds| minutes * 60 - seconds;
            let now = begin + chrono::TimeDelta::seconds(seconds.into());
            let new = foreseen(range(left(20), left(30)));
            forecast = new.keeping_what_was_told(Some(&forecast), now);
        }
        assert_eq!(forecast.waiting[&VisitId(1)].wait, Some((10, 20)));
    }

    #[test]
    fn new_12_whoever_waits_reads_on_what_the_ticket_said() {
        let begin = DateTime::UNIX_EPOCH;
        let expected = Expectation { people_ahead: 3, wait: Some((15, 25)), starts_at: None };
        let told = |wait: (u16, u16)| Forecast {
            waiting: BTreeMap::from([(VisitId(1), expected)]),
            told: BTreeMap::from([(VisitId(1), RangeTold { wait, at: begin })]),
            ..Forecast::default()
        };
        let reads = |wait| told(wait).keeping_what_was_told(None, begin).waiting[&VisitId(1)].wait;
        assert_eq!(reads((20, 35)), Some((20, 35)), "not wrong by its own width");
        assert_eq!(reads((30, 35)), Some((15, 25)));
        assert_eq!(reads((u16::MAX, 0)), Some((15, 25)), "no range at all");
    }
}
