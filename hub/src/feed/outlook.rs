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
        self.desks == desks
            && self.line.abs_diff(line) <= line / LINE_CHANGE_SHARE
            && age >= TimeDelta::zero()
            && age < TimeDelta::seconds(ESTIMATE_SECONDS)
    }
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
        Expected { people_ahead: line, wait: estimate.wait, first_gap_at: estimate.first_gap_at }
    }

    /// What somebody who waits may expect.
    pub fn of_visit(&self, office: &Office, visit: VisitId, now: DateTime<Utc>) -> Expected {
        let ahead = outlook::people_ahead(office, visit, now).unwrap_or_default();
        let estimate = estimate(&self.waiting, visit, ahead, office.desks.len(), now, || {
            (outlook::wait_of(office, visit, now).map(range), None)
        });
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
    let line = office.visits.values().filter(|visit| is_waiting(&visit.state) && alike.contains(&visit.service));
    u32::try_from(line.count()).unwrap_or(u32::MAX)
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
