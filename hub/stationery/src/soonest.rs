//! The next free time of every service, and how often it is booked, reckoned once for each state of an office and each minute: the front page is what
//! everybody opens on the morning on which new times are released.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Days, Utc};
use office::{Audience, BookingNeed, Service, ServiceId, slots};

use writer::{OfficeGuard, OfficeHandle};

/// Most often something is free within days: the far ones are not reckoned before they are needed.
const DAYS_AT_ONCE: u16 = 14;

/// What the front page says of the services that can be booked.
#[derive(Debug, Default)]
pub struct ServiceFigures {
    /// The next free time of each.
    pub next: BTreeMap<ServiceId, Option<DateTime<Utc>>>,
    /// How many bookings each has, today and ahead.
    pub booked: BTreeMap<ServiceId, u32>,
}

/// What was reckoned last, by office.
#[derive(Debug, Default)]
pub struct Soonest(Mutex<BTreeMap<u32, ReckonedTimes>>);

/// What was reckoned of an office, and for which event and minute it holds.
#[derive(Debug)]
struct ReckonedTimes {
    event: u64,
    minute: i64,
    figures: Arc<ServiceFigures>,
}

impl Soonest {
    /// The figures of an office.
    pub fn of(&self, handle: &OfficeHandle, now: DateTime<Utc>) -> Arc<ServiceFigures> {
        let minute = now.timestamp().div_euclid(60);
        // Asked before the office is read: what changes in between is seen by the next who asks.
        let seq = handle.seq();
        {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let holds = |known: &&ReckonedTimes| (known.event, known.minute) == (seq, minute);
            if let Some(known) = known.get(&handle.row).filter(holds) {
                return Arc::clone(&known.figures);
            }
        }
        let figures = Arc::new(reckon(&handle.read(), now));
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(handle.row, ReckonedTimes { event: seq, minute, figures: Arc::clone(&figures) });
        figures
    }
}

fn reckon(office: &OfficeGuard<'_>, now: DateTime<Utc>) -> ServiceFigures {
    let Some(config) = &office.config else { return ServiceFigures::default() };
    let offered = config.services.iter().filter(|(_, service)| service.booking != BookingNeed::NotOffered);
    ServiceFigures {
        next: offered.map(|(id, service)| (*id, next(office, *id, service, now))).collect(),
        booked: views::demand(office, config).into_iter().collect(),
    }
}

/// The next free time of a service for one person, in the first way that there is.
fn next(office: &OfficeGuard<'_>, id: ServiceId, service: &Service, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let zone = office.config.as_ref()?.zone;
    let mut from = now.with_timezone(&zone).date_naive();
    let mut left = service.horizon_days.saturating_add(1);
    let channel = service.channels.first().copied()?;
    while left > 0 {
        let days = left.min(DAYS_AT_ONCE);
        let query = slots::Query { service: id, channel, audience: Audience::Public, persons: 1, cases: 1, from, days };
        if let Some(slot) = office.free(&query, now).into_iter().next() {
            return Some(slot.start);
        }
        from = from.checked_add_days(Days::new(u64::from(days)))?;
        left -= days;
    }
    None
}
