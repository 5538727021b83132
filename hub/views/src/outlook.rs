//! Who is expected to be called when: what citizens are told of their wait. The day played forward is the office's
//! affair, and costs; here one forecast answers everybody, on tickets, kiosks and citizens' own pages, for as long as it
//! holds.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use office::{
    Office, ServiceId, Visit, VisitId, VisitState,
    outlook::{self, Expectation, Forecast},
};
use serde::{Deserialize, Serialize};
use wire::MinuteRange;

/// A forecast serves for so long while the line stays about as it was.
const FORECAST_SECONDS: i64 = 30;
/// Past so many who wait, nobody is told more than the line: a look ahead would be a guess.
const LINE_LOOKED_AHEAD_MAX: usize = 200;
/// A line may change by one in so many before a forecast is made anew for a ticket.
const LINE_CHANGE_SHARE: u32 = 8;
/// While many come at once, a forecast is moved along with the line for so long before it is made anew.
const MOVED_ALONG_SECONDS: i64 = 5;
/// For those who watch their own turn it is made anew at each change, with so much rest for each part of work.
const REST_SHARE: u32 = 9;
/// Ranges are rounded outwards to this, as the office's own are.
const RANGE_STEP_MINUTES: i64 = 5;

/// How long somebody waits, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WaitForecast {
    /// Visits that will probably be called before.
    pub people_ahead: u32,
    /// How long the wait is expected to be.
    pub wait: Option<MinuteRange>,
    /// When the first gap that fits is expected.
    pub first_gap_at: Option<DateTime<Utc>>,
}

impl From<Expectation> for WaitForecast {
    fn from(Expectation { people_ahead, wait, starts_at }: Expectation) -> Self {
        Self { people_ahead, wait: wait.map(|(from, to)| MinuteRange { from, to }), first_gap_at: starts_at }
    }
}

impl WaitForecast {
    /// For a line that has grown or shrunk since: each visit more or less takes its share of the desks' time.
    fn moved_by(self, visits: i32, each: TimeDelta, now: DateTime<Utc>) -> Self {
        let by = each * visits;
        let wait = self.wait.map(|wait| MinuteRange {
            from: moved(wait.from, by.num_seconds().div_euclid(60 * RANGE_STEP_MINUTES)),
            to: moved(wait.to, -(-by.num_seconds()).div_euclid(60 * RANGE_STEP_MINUTES)),
        });
        let first_gap_at = self.first_gap_at.map(|at| (at + by).max(now));
        Self { people_ahead: self.people_ahead.saturating_add_signed(visits), wait, first_gap_at }
    }
}

/// So many steps later, and never before now.
fn moved(minutes: u16, steps: i64) -> u16 {
    u16::try_from((i64::from(minutes) + steps * RANGE_STEP_MINUTES).max(0)).unwrap_or(u16::MAX)
}

/// What changes with every event that changes a forecast.
type Mark = (Option<DateTime<Utc>>, u64, u64, usize);

fn mark(office: &Office) -> Mark {
    (office.last_at, office.next_visit, office.next_call, office.open_visits.len())
}

/// A forecast, and what it was made for.
#[derive(Debug)]
struct KeptForecast {
    forecast: Forecast,
    lines: BTreeMap<ServiceId, u32>,
    desks: usize,
    mark: Mark,
    at: DateTime<Utc>,
    made: Instant,
    cost: Duration,
}

impl KeptForecast {
    /// A new one; what was told before is kept as long as it is not wrong by its own width (NEW-12).
    fn new(office: &Office, now: DateTime<Utc>, before: Option<&Self>) -> Self {
        let made = Instant::now();
        let waiting = office.visits.values().filter(|visit| is_waiting(&visit.state)).count();
        let forecast =
            if waiting <= LINE_LOOKED_AHEAD_MAX { outlook::forecast(office, now) } else { Forecast::default() };
        let forecast = forecast.keeping_what_was_told(before.map(|before| &before.forecast), now);
        let services = office.config.iter().flat_map(|config| config.services.keys());
        let lines = services.map(|service| (*service, line(office, *service))).collect();
        let (desks, mark) = (office.desks.len(), mark(office));
        Self { forecast, lines, desks, mark, at: now, made, cost: made.elapsed() }
    }

    /// Whether it still tells somebody who takes a ticket now.
    fn tells_newcomer(&self, then: u32, line: u32, desks: usize, now: DateTime<Utc>) -> bool {
        let age = now - self.at;
        let alike = then.abs_diff(line) <= line / LINE_CHANGE_SHARE;
        let seconds = if alike { FORECAST_SECONDS } else { MOVED_ALONG_SECONDS };
        self.desks == desks && age >= TimeDelta::zero() && age < TimeDelta::seconds(seconds)
    }

    /// Whether it still tells somebody who waits.
    fn tells(&self, office: &Office, visit: VisitId, now: DateTime<Utc>) -> bool {
        let age = now - self.at;
        let fresh = self.mark == mark(office) && age < TimeDelta::seconds(FORECAST_SECONDS);
        let rests = self.made.elapsed() < self.cost * REST_SHARE && self.forecast.waiting.contains_key(&visit);
        age >= TimeDelta::zero() && (fresh || rests)
    }
}

/// What is kept of one office's outlook.
#[derive(Debug, Default)]
pub struct Outlook {
    kept: Mutex<Option<KeptForecast>>,
}

/// The outlooks of every office, by the office's row; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Outlooks(Arc<BTreeMap<u32, Outlook>>);

impl Outlooks {
    /// One for each of these rows.
    pub fn new(offices: impl IntoIterator<Item = u32>) -> Self {
        Self(Arc::new(offices.into_iter().map(|row| (row, Outlook::default())).collect()))
    }

    /// That of an office.
    ///
    /// # Panics
    /// If the hub has no office with this row.
    pub fn of(&self, office: u32) -> &Outlook {
        &self.0[&office]
    }
}

impl Outlook {
    /// What somebody who is here already, or comes now with a booking, may expect.
    pub fn expected_of(&self, office: &Office, visit: &Visit, now: DateTime<Utc>) -> WaitForecast {
        if office.visits.contains_key(&visit.id) {
            self.of_visit(office, visit.id, now)
        } else {
            Self::of_arrival(office, visit, now)
        }
    }

    /// What somebody who comes now for a service may expect.
    pub fn of_newcomer(&self, office: &Office, service: ServiceId, now: DateTime<Utc>) -> WaitForecast {
        let line = line(office, service);
        let then = |kept: &KeptForecast| kept.lines.get(&service).copied().unwrap_or_default();
        self.ask(
            office,
            now,
            |kept| kept.tells_newcomer(then(kept), line, office.desks.len(), now),
            |kept| {
                let Some(expectation) = kept.forecast.services.get(&service) else {
                    return WaitForecast { people_ahead: line, ..WaitForecast::default() };
                };
                let more = i32::try_from(i64::from(line) - i64::from(then(kept))).unwrap_or_default();
                WaitForecast::from(*expectation).moved_by(more, time_of_one(office, service), now)
            },
        )
    }

    /// What a booked citizen may expect who is about to come with this visit. It is their own place that is looked at, so
    /// nothing is kept of it; who comes early is told the time that was promised, and the day need not be played.
    pub fn of_arrival(office: &Office, visit: &Visit, now: DateTime<Utc>) -> WaitForecast {
        if let Some(promised) = outlook::of_early_arrival(office, visit, now) {
            return WaitForecast { first_gap_at: None, ..WaitForecast::from(promised) };
        }
        let waiting = line(office, visit.service);
        let looked_ahead = usize::try_from(waiting).is_ok_and(|waiting| waiting <= LINE_LOOKED_AHEAD_MAX);
        match looked_ahead.then(|| outlook::of_arrival(office, visit, now)).flatten() {
            Some(expectation) => WaitForecast { first_gap_at: None, ..WaitForecast::from(expectation) },
            None => WaitForecast { people_ahead: waiting, ..WaitForecast::default() },
        }
    }

    /// What somebody who waits may expect.
    pub fn of_visit(&self, office: &Office, visit: VisitId, now: DateTime<Utc>) -> WaitForecast {
        self.ask(
            office,
            now,
            |kept| kept.tells(office, visit, now),
            |kept| match kept.forecast.waiting.get(&visit) {
                Some(expectation) => WaitForecast { first_gap_at: None, ..WaitForecast::from(*expectation) },
                None => WaitForecast {
                    people_ahead: outlook::people_ahead(office, visit, now).unwrap_or_default(),
                    ..WaitForecast::default()
                },
            },
        )
    }

    /// Asks the forecast that is kept, if it still tells what is asked, or a new one.
    fn ask(
        &self,
        office: &Office,
        now: DateTime<Utc>,
        tells: impl FnOnce(&KeptForecast) -> bool,
        answer: impl FnOnce(&KeptForecast) -> WaitForecast,
    ) -> WaitForecast {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().filter(|kept| tells(kept)) {
            Some(kept) => answer(kept),
            None => {
                let new = KeptForecast::new(office, now, kept.as_ref());
                answer(kept.insert(new))
            }
        }
    }
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
        let told = WaitForecast { people_ahead: 4, wait, first_gap_at: Some(now + TimeDelta::minutes(12)) };
        let check = |visits, from, to, gap| {
            let moved = told.moved_by(visits, TimeDelta::minutes(6), now);
            assert_eq!(moved.wait, Some(MinuteRange { from, to }), "for {visits} more");
            assert_eq!(moved.first_gap_at, Some(now + TimeDelta::minutes(gap)), "for {visits} more");
            assert_eq!(i64::from(moved.people_ahead), 4 + i64::from(visits));
        };
        check(0, 10, 20, 12);
        check(1, 15, 30, 18);
        check(2, 20, 35, 24);
        check(-1, 0, 15, 6);
        check(-4, 0, 0, 0);
        let kept = KeptForecast { at: now, desks: 2, ..KeptForecast::new(&Office::default(), now, None) };
        let later = now + TimeDelta::seconds(MOVED_ALONG_SECONDS);
        assert!(kept.tells_newcomer(4, 9, 2, now) && !kept.tells_newcomer(4, 9, 2, later));
        assert!(kept.tells_newcomer(4, 4, 2, later) && !kept.tells_newcomer(4, 4, 3, now));
    }
}
