//! Who is expected to be called when: what citizens are told of their wait. The day played forward is the office's
//! affair, and costs; here its answers are kept for as long as they hold.

use std::{
    collections::BTreeMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use office::{Office, ServiceId, VisitId, VisitState, outlook};
use wire::MinuteRange;

/// An estimate serves for so long while the line stays about as it was.
const ESTIMATE_SECONDS: i64 = 30;
/// Past so many who wait, nobody is told more than the line: a look ahead would be a guess.
const LINE_LOOKED_AHEAD_MAX: u32 = 200;
/// A line may change by one in so many before an estimate is made anew.
const LINE_CHANGE_SHARE: u32 = 8;
/// While many come at once, an estimate is moved along with the line for so long before it is made anew.
const MOVED_ALONG_SECONDS: i64 = 5;
/// Ranges are rounded outwards to this, as the office's own are.
const RANGE_STEP_MINUTES: i64 = 5;
/// Estimates kept of one office; past it the old ones are forgotten.
const ESTIMATES_KEPT: usize = 4_096;

/// How long somebody waits, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expected {
    /// Visits that will probably be called before.
    pub people_ahead: u32,
    /// How long the wait is expected to be.
    pub wait: Option<MinuteRange>,
    /// When the first gap that fits is expected.
    pub first_gap_at: Option<DateTime<Utc>>,
}

/// An estimate, and what it was made for.
#[derive(Debug, Clone, Copy)]
struct Estimate {
    line: u32,
    desks: usize,
    at: DateTime<Utc>,
    wait: Option<MinuteRange>,
    first_gap_at: Option<DateTime<Utc>>,
}

impl Estimate {
    fn serves(&self, line: u32, desks: usize, now: DateTime<Utc>) -> bool {
        let age = now - self.at;
        let alike = self.line.abs_diff(line) <= line / LINE_CHANGE_SHARE;
        self.desks == desks
            && age >= TimeDelta::zero()
            && age < TimeDelta::seconds(if alike { ESTIMATE_SECONDS } else { MOVED_ALONG_SECONDS })
    }

    /// For another line: each visit more or less takes its share of the desks' time.
    fn moved_to(self, line: u32, each: TimeDelta, now: DateTime<Utc>) -> Self {
        let visits = i32::try_from(i64::from(line) - i64::from(self.line)).unwrap_or_default();
        let by = each * visits;
        let wait = self.wait.map(|wait| MinuteRange {
            from: moved(wait.from, by.num_seconds().div_euclid(60 * RANGE_STEP_MINUTES)),
            to: moved(wait.to, -(-by.num_seconds()).div_euclid(60 * RANGE_STEP_MINUTES)),
        });
        Self { wait, first_gap_at: self.first_gap_at.map(|at| (at + by).max(now)), ..self }
    }
}

/// So many steps later, and never before now.
fn moved(minutes: u16, steps: i64) -> u16 {
    u16::try_from((i64::from(minutes) + steps * RANGE_STEP_MINUTES).max(0)).unwrap_or(u16::MAX)
}

/// What is kept of one office's outlook.
#[derive(Debug, Default)]
pub struct Outlook {
    newcomers: Mutex<BTreeMap<ServiceId, Estimate>>,
    waiting: Mutex<BTreeMap<VisitId, Estimate>>,
}

impl Outlook {
    /// What somebody who comes now for a service may expect.
    pub fn of_newcomer(&self, office: &Office, service: ServiceId, now: DateTime<Utc>) -> Expected {
        let line = line(office, service);
        let estimate = estimate(&self.newcomers, service, line, office.desks.len(), now, || {
            (outlook::expected_wait(office, service, false, now).map(range), outlook::first_gap(office, service, now))
        });
        let estimate = estimate.moved_to(line, time_of_one(office, service), now);
        Expected { people_ahead: line, wait: estimate.wait, first_gap_at: estimate.first_gap_at }
    }

    /// What somebody who waits may expect.
    pub fn of_visit(&self, office: &Office, visit: VisitId, now: DateTime<Utc>) -> Expected {
        let ahead = outlook::people_ahead(office, visit, now).unwrap_or_default();
        let estimate = estimate(&self.waiting, visit, ahead, office.desks.len(), now, || {
            (outlook::wait_of(office, visit, now).map(range), None)
        });
        let each = office.visits.get(&visit).map(|visit| time_of_one(office, visit.service)).unwrap_or_default();
        let estimate = estimate.moved_to(ahead, each, now);
        Expected { people_ahead: ahead, wait: estimate.wait, first_gap_at: None }
    }
}

/// The estimate that is kept, if it still serves, or a new one.
fn estimate<K: Ord + Copy + Hash>(
    kept: &Mutex<BTreeMap<K, Estimate>>,
    key: K,
    line: u32,
    desks: usize,
    now: DateTime<Utc>,
    look: impl FnOnce() -> (Option<MinuteRange>, Option<DateTime<Utc>>),
) -> Estimate {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(estimate) = kept.get(&key).filter(|estimate| estimate.serves(line, desks, now)) {
        return *estimate;
    }
    if kept.len() > ESTIMATES_KEPT {
        kept.retain(|_, estimate| now - estimate.at < TimeDelta::seconds(ESTIMATE_SECONDS));
    }
    let (wait, first_gap_at) = if line <= LINE_LOOKED_AHEAD_MAX { look() } else { (None, None) };
    let estimate = Estimate { line, desks, at: now, wait, first_gap_at };
    kept.insert(key, estimate);
    estimate
}

/// Those who wait for a desk that also serves this.
fn line(office: &Office, service: ServiceId) -> u32 {
    let Some(config) = &office.config else { return 0 };
    let alike: Vec<ServiceId> = config
        .desks
        .values()
        .filter(|desk| desk.services.contains(&service))
        .flat_map(|desk| desk.services.iter().copied())
        .collect();
    // Most of those who are over came before the first who is not: a walk from there is short.
    let Some(&first) = office.open_visits.first() else { return 0 };
    let here = office.visits.range(first..).map(|(_, visit)| visit);
    let line = here.filter(|visit| is_waiting(&visit.state) && alike.contains(&visit.service));
    u32::try_from(line.count()).unwrap_or(u32::MAX)
}

/// By how much one visit more makes the others wait longer: its planned time, shared by the open desks that serve it.
fn time_of_one(office: &Office, service: ServiceId) -> TimeDelta {
    let Some(config) = &office.config else { return TimeDelta::zero() };
    let planned = config.services.get(&service).map_or(0, |service| service.planned_minutes);
    let serves = |desk: &&office::DeskId| config.desks.get(desk).is_some_and(|desk| desk.services.contains(&service));
    let desks = i32::try_from(office.desks.keys().filter(serves).count()).unwrap_or(i32::MAX).max(1);
    TimeDelta::minutes(i64::from(planned)) / desks
}

/// Those who wait, in the order in which they are expected to be called, at most `count` of them looked ahead for; whom
/// that does not reach stand behind, by number.
pub fn order(office: &Office, now: DateTime<Utc>, count: usize) -> Vec<VisitId> {
    let mut order = outlook::expected_order(office, now, count);
    let reached: std::collections::BTreeSet<VisitId> = order.iter().copied().collect();
    let rest = office.visits.values().filter(|visit| is_waiting(&visit.state) && !reached.contains(&visit.id));
    order.extend(rest.map(|visit| visit.id));
    order
}

const fn range((from, to): (u16, u16)) -> MinuteRange {
    MinuteRange { from, to }
}

const fn is_waiting(state: &VisitState) -> bool {
    matches!(state, VisitState::Waiting { .. } | VisitState::Interrupted { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_11_an_estimate_moves_along_with_the_line_and_is_rounded_outwards() {
        let now = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let wait = Some(MinuteRange { from: 10, to: 20 });
        let estimate = Estimate { line: 4, desks: 2, at: now, wait, first_gap_at: Some(now + TimeDelta::minutes(12)) };
        let check = |line, from, to, gap| {
            let moved = estimate.moved_to(line, TimeDelta::minutes(6), now);
            assert_eq!(moved.wait, Some(MinuteRange { from, to }), "for a line of {line}");
            assert_eq!(moved.first_gap_at, Some(now + TimeDelta::minutes(gap)), "for a line of {line}");
        };
        check(4, 10, 20, 12);
        check(5, 15, 30, 18);
        check(6, 20, 35, 24);
        check(3, 0, 15, 6);
        check(0, 0, 0, 0);
        let later = now + TimeDelta::seconds(MOVED_ALONG_SECONDS);
        assert!(estimate.serves(9, 2, now) && !estimate.serves(9, 2, later) && !estimate.serves(4, 3, now));
        assert!(estimate.serves(4, 2, later));
    }
}
