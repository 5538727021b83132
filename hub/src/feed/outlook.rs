//! Who is expected to be called when: what citizens are told of their wait. The day played forward is the office's
//! affair; here its answers are kept for as long as they hold.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use office::{Office, ServiceId, VisitId, VisitState, outlook};
use wire::MinuteRange;

/// An outlook of so many events ago still serves for a new ticket.
const NEAR_EVENTS: u64 = 8;
/// And one of so long ago.
const NEAR_SECONDS: i64 = 20;
/// Past so many who wait, a new ticket does without a look ahead: the line is what is told.
const WAITING_LOOKED_AHEAD_MAX: usize = 200;

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

/// Who is expected to be called when. Each part is worked out when it is first asked for.
#[derive(Debug)]
pub struct Outlook {
    seq: u64,
    at: DateTime<Utc>,
    order: Mutex<Option<Vec<VisitId>>>,
    waiting: Mutex<BTreeMap<VisitId, Expected>>,
    services: Mutex<BTreeMap<ServiceId, Expected>>,
}

const fn range((from, to): (u16, u16)) -> MinuteRange {
    MinuteRange { from, to }
}

impl Outlook {
    /// An outlook of an office as it is after an event, at a time.
    pub const fn new(seq: u64, at: DateTime<Utc>) -> Self {
        Self {
            seq,
            at,
            order: Mutex::new(None),
            waiting: Mutex::new(BTreeMap::new()),
            services: Mutex::new(BTreeMap::new()),
        }
    }

    /// Whether nothing has changed since.
    pub fn is_of(&self, seq: u64, now: DateTime<Utc>) -> bool {
        self.seq == seq && now - self.at < TimeDelta::seconds(NEAR_SECONDS) && now >= self.at
    }

    /// Whether little has changed since.
    pub fn is_near(&self, seq: u64, now: DateTime<Utc>) -> bool {
        seq.saturating_sub(self.seq) < NEAR_EVENTS && now - self.at < TimeDelta::seconds(NEAR_SECONDS)
    }

    /// Those who wait, in the order in which they are expected to be called; whom the day does not reach stand last.
    pub fn order(&self, office: &Office) -> Vec<VisitId> {
        let mut kept = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get_or_insert_with(|| {
            let mut order = outlook::expected_order(office, self.at, WAITING_LOOKED_AHEAD_MAX);
            let reached: std::collections::BTreeSet<VisitId> = order.iter().copied().collect();
            let rest = office.visits.values().filter(|visit| is_waiting(&visit.state) && !reached.contains(&visit.id));
            order.extend(rest.map(|visit| visit.id));
            order
        })
        .clone()
    }

    /// What somebody who comes now for a service may expect.
    pub fn expected(&self, office: &Office, service: ServiceId) -> Expected {
        let mut kept = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        *kept.entry(service).or_insert_with(|| {
            let desks: Vec<_> = office.config.iter().flat_map(|config| config.desks.values()).collect();
            let shares_desk = |other: ServiceId| {
                desks.iter().any(|desk| desk.services.contains(&service) && desk.services.contains(&other))
            };
            let line = office.visits.values().filter(|visit| is_waiting(&visit.state) && shares_desk(visit.service));
            let line = line.count();
            let looks = line <= WAITING_LOOKED_AHEAD_MAX;
            Expected {
                people_ahead: u32::try_from(line).unwrap_or(u32::MAX),
                wait: looks.then(|| outlook::expected_wait(office, service, false, self.at)).flatten().map(range),
                first_gap_at: looks.then(|| outlook::first_gap(office, service, self.at)).flatten(),
            }
        })
    }

    /// What somebody who waits may expect.
    pub fn of_visit(&self, office: &Office, visit: VisitId) -> Expected {
        let mut kept = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *kept.entry(visit).or_insert_with(|| Expected {
            people_ahead: outlook::people_ahead(office, visit, self.at).unwrap_or_default(),
            wait: outlook::wait_of(office, visit, self.at).map(range),
            first_gap_at: None,
        })
    }
}

const fn is_waiting(state: &VisitState) -> bool {
    matches!(state, VisitState::Waiting { .. } | VisitState::Interrupted { .. })
}
