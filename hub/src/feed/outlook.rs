//! Who is expected to be called when: what citizens are told of their wait.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use office::{Office, ServiceId, VisitId, VisitState};
use wire::MinuteRange;

/// An outlook of so many events ago still serves for a new ticket.
const NEAR_EVENTS: u64 = 8;
/// And one of so long ago.
const NEAR_SECONDS: i64 = 20;

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

/// Who is expected to be called when.
#[derive(Debug)]
pub struct Outlook {
    seq: u64,
    at: DateTime<Utc>,
    /// Those who wait, in the order in which they are expected to be called.
    pub order: Vec<VisitId>,
    waiting: BTreeMap<VisitId, Expected>,
    services: BTreeMap<ServiceId, Expected>,
}

impl Outlook {
    /// Works it out.
    pub fn new(office: &Office, seq: u64, at: DateTime<Utc>) -> Self {
        let mut waiting: Vec<_> = office
            .visits
            .values()
            .filter(|visit| matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. }))
            .collect();
        waiting.sort_by_key(|visit| (crate::api::booked_for(visit).map_or(visit.arrived_at, |at| at.max(visit.arrived_at)), visit.id));
        let order: Vec<VisitId> = waiting.iter().map(|visit| visit.id).collect();
        let ahead = |count: usize| Expected { people_ahead: u32::try_from(count).unwrap_or(u32::MAX), ..Expected::default() };
        let services = office.config.iter().flat_map(|config| config.services.keys());
        let services = services.map(|service| (*service, ahead(order.len()))).collect();
        let waiting = order.iter().enumerate().map(|(place, visit)| (*visit, ahead(place))).collect();
        Self { seq, at, order, waiting, services }
    }

    /// Whether nothing has changed since.
    pub fn is_of(&self, seq: u64, now: DateTime<Utc>) -> bool {
        self.seq == seq && now - self.at < TimeDelta::seconds(NEAR_SECONDS) && now >= self.at
    }

    /// Whether little has changed since.
    pub fn is_near(&self, seq: u64, now: DateTime<Utc>) -> bool {
        seq.saturating_sub(self.seq) < NEAR_EVENTS && now - self.at < TimeDelta::seconds(NEAR_SECONDS)
    }

    /// What somebody who comes now for a service may expect.
    pub fn expected(&self, service: ServiceId) -> Expected {
        self.services.get(&service).copied().unwrap_or_default()
    }

    /// What somebody who waits may expect.
    pub fn of_visit(&self, visit: VisitId) -> Expected {
        self.waiting.get(&visit).copied().unwrap_or_default()
    }
}
