//! One day of an office as it is kept: its visits, the bookings for it, its desks, and for what people were passed over.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use office::{DeskId, Event, EventKind, HouseEvent, Office, PeriodKind, calendar};
use serde::{Deserialize, Serialize};

use crate::{
    fact::{BookingFact, VisitFact, between},
    overtaken::{PassedCount, PassedFor},
};

/// Everything that figures know of one day. Nobody is in it: no id of a visit, a booking, a person or a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFacts {
    /// The local day.
    pub date: NaiveDate,
    /// Its visits that are over, in the order in which they began.
    pub visits: Vec<VisitFact>,
    /// What was promised for it, and for days before it that nobody has closed.
    pub bookings: Vec<BookingFact>,
    /// What was planned for its desks, and what they did.
    pub desks: Vec<DeskFact>,
    /// For what people were passed over.
    pub overtakings: Vec<(PassedFor, PassedCount)>,
}

/// What was planned for a desk on a day, and what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFact {
    /// Its number in the office.
    pub desk: DeskId,
    /// So long it was rostered, less what closures took.
    pub planned_seconds: u32,
    /// So long it was open, without breaks.
    pub open_seconds: u32,
    /// So long it served.
    pub used_seconds: u32,
}

impl DayFacts {
    /// The day that runs in an office, as far as it has come; none where none runs.
    #[must_use]
    pub fn running(office: &Office, now: DateTime<Utc>) -> Option<Self> {
        let date = office.day.as_ref()?.date;
        Self::of(office, date, now)
    }

    /// The day that runs, with the bookings for days up to `until`.
    fn of(office: &Office, until: NaiveDate, now: DateTime<Utc>) -> Option<Self> {
        let (day, config) = (office.day.as_ref()?, office.config.as_ref()?);
        let zone = config.zone;
        let is_due = |start: DateTime<Utc>| {
            let date = calendar::local_date(zone, start);
            date <= until && office.tally.counted_until.is_none_or(|counted| counted < date)
        };
        let due = office.bookings.values().filter(|booking| is_due(booking.promise.start));
        let bookings = due.filter_map(|booking| {
            let (made, moved) = (office.tally.made.get(&booking.id), office.earlier_times.contains_key(&booking.id));
            BookingFact::of(booking, made.copied(), moved, zone)
        });
        let mut overtakings: BTreeMap<PassedFor, PassedCount> = BTreeMap::new();
        for one in &office.tally.overtakings {
            overtakings.entry(PassedFor::from(&one.reason)).or_default().add(one);
        }
        Some(Self {
            date: day.date,
            visits: office.visits.values().filter_map(|visit| VisitFact::of(visit, zone)).collect(),
            bookings: bookings.collect(),
            desks: desks(office, now),
            overtakings: overtakings.into_iter().collect(),
        })
    }
}

/// What was planned for the desks of the day that runs, and what they did until `now`.
fn desks(office: &Office, now: DateTime<Utc>) -> Vec<DeskFact> {
    let (Some(day), Some(config)) = (&office.day, &office.config) else { return Vec::new() };
    let mut desks: BTreeMap<DeskId, DeskFact> = BTreeMap::new();
    let new = |desk| DeskFact { desk, planned_seconds: 0, open_seconds: 0, used_seconds: 0 };
    let add = |seconds: &mut u32, (from, to): (DateTime<Utc>, DateTime<Utc>)| {
        *seconds = seconds.saturating_add(between(from, to));
    };
    for desk in config.desks.keys() {
        for span in calendar::rostered(config, day.date, *desk) {
            add(&mut desks.entry(*desk).or_insert_with(|| new(*desk)).planned_seconds, span);
        }
    }
    for span in &day.desk_spans {
        let stretch = (span.from, span.to.unwrap_or(now));
        add(&mut desks.entry(span.desk).or_insert_with(|| new(span.desk)).open_seconds, stretch);
    }
    for period in office.visits.values().flat_map(|visit| &visit.periods) {
        if let (PeriodKind::Service, Some(desk)) = (period.kind, period.desk) {
            add(&mut desks.entry(desk).or_insert_with(|| new(desk)).used_seconds, (period.from, period.to));
        }
    }
    desks.into_values().collect()
}

/// The day that an event closes, as it is kept for good; asked before the event is applied. None for any other event.
#[must_use]
pub fn closed_by(before: &Office, event: &Event) -> Option<DayFacts> {
    let EventKind::House(HouseEvent::DayClosed { date }) = &event.kind else { return None };
    DayFacts::of(before, *date, event.at)
}

/// Every day that a whole journal closes.
#[must_use]
pub fn days_of<'a>(journal: impl IntoIterator<Item = &'a Event>) -> Vec<DayFacts> {
    let mut office = Office::default();
    let mut days = Vec::new();
    for event in journal {
        days.extend(closed_by(&office, event));
        office::apply(&mut office, event);
    }
    days
}
