//! Local time read as instants, in the nights of daylight saving too (PROM-10).

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use vocabulary::civil;

/// A stretch of time; the end is not part of it.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// The local date of an instant. One beyond the years that can be said, which old journals may hold, is taken as the nearest.
#[must_use]
pub fn local_date(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    civil::within(at).with_timezone(&zone).date_naive()
}

/// Reads a local time as the beginning of something. A time that comes twice is its first; a time that does not exist
/// is the instant at which the clocks jump over it.
#[must_use]
pub fn instant_from(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    read(zone, local).0
}

/// Reads a local time as the end of something. A time that comes twice is its second, so that 02:00 to 03:30 is all of
/// the time that clocks on the wall show so; a time that does not exist is the instant of the jump.
#[must_use]
pub fn instant_to(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    read(zone, local).1
}

/// As the beginning, and as the end of something; beyond the years that can be said, the nearest of them.
fn read(zone: Tz, local: NaiveDateTime) -> (DateTime<Utc>, DateTime<Utc>) {
    let local = civil::local_within(local);
    match zone.from_local_datetime(&local) {
        chrono::LocalResult::Single(at) => (at.to_utc(), at.to_utc()),
        chrono::LocalResult::Ambiguous(first, second) => (first.to_utc(), second.to_utc()),
        chrono::LocalResult::None => {
            let jump = jump_over(zone, local);
            (jump, jump)
        }
    }
}

/// The instant at which the clocks jump over a local time that does not exist.
///
/// Read with the offset that holds a day before it, the time lies at or after the jump; with the one a day after it,
/// before. The jump is between the two, and halving finds its second.
fn jump_over(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let offset_at = |at: NaiveDateTime| zone.offset_from_utc_datetime(&at).fix().local_minus_utc();
    let day = TimeDelta::days(1);
    let before = offset_at(local - day);
    let after = offset_at(local + day);
    let mut early = local - TimeDelta::seconds(i64::from(before.max(after)));
    let mut late = local - TimeDelta::seconds(i64::from(before.min(after)));
    while late - early > TimeDelta::seconds(1) {
        let middle = early + (late - early) / 2;
        let middle = middle - TimeDelta::nanoseconds(i64::from(middle.and_utc().timestamp_subsec_nanos()));
        if middle <= early {
            break;
        }
        if offset_at(middle) == before { early = middle } else { late = middle }
    }
    late.and_utc()
}

/// A local day with its bounds, and its offset where one holds all day: then local times are read by subtraction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LocalDay {
    /// The zone in which the day begins and ends.
    zone: Tz,
    /// The day.
    pub date: NaiveDate,
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The first instant of the next.
    pub to: DateTime<Utc>,
    /// Seconds by which local time is ahead, if that is the same at every instant of the day.
    ahead: Option<TimeDelta>,
}

impl LocalDay {
    /// The day of a date.
    pub fn new(zone: Tz, date: NaiveDate) -> Self {
        Self::after(zone, date, instant_from(zone, date.and_time(NaiveTime::MIN)))
    }

    /// The day of a date of which the first instant is known.
    fn after(zone: Tz, date: NaiveDate, from: DateTime<Utc>) -> Self {
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let to = instant_from(zone, next.and_time(NaiveTime::MIN));
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        let (ahead_before, ahead_after) = (midnight(date) - from, midnight(next) - to);
        let ahead = (ahead_before == ahead_after).then_some(ahead_before);
        Self { zone, date, from, to, ahead }
    }

    /// The day after this one.
    pub fn next(&self) -> Self {
        Self::after(self.zone, self.date.checked_add_days(Days::new(1)).unwrap_or(self.date), self.to)
    }

    /// A stretch of local time on this day; `None` if nothing of it exists.
    pub fn span(&self, from: NaiveTime, to: NaiveTime) -> Option<Span> {
        let span = match self.ahead {
            Some(ahead) => {
                let midnight = self.date.and_time(NaiveTime::MIN).and_utc() - ahead;
                (midnight + (from - NaiveTime::MIN), midnight + (to - NaiveTime::MIN))
            }
            None => (instant_from(self.zone, self.date.and_time(from)), instant_to(self.zone, self.date.and_time(to))),
        };
        (span.0 < span.1).then_some(span)
    }

    /// The last reading of a local time on this day.
    pub fn end(&self, at: NaiveTime) -> DateTime<Utc> {
        self.span(NaiveTime::MIN, at).map_or(self.from, |(_, to)| to)
    }
}

/// Takes a stretch of time out of others.
pub(crate) fn subtract(spans: &mut Vec<Span>, hole: Span) {
    if spans.iter().all(|span| span.1 <= hole.0 || hole.1 <= span.0) {
        return;
    }
    *spans = spans
        .iter()
        .flat_map(|&(from, to)| [(from, to.min(hole.0)), (from.max(hole.1), to)])
        .filter(|(from, to)| from < to)
        .collect();
}

/// Ends every stretch at an instant.
pub(crate) fn clip(spans: &mut Vec<Span>, end: DateTime<Utc>) {
    for span in spans.iter_mut() {
        span.1 = span.1.min(end);
    }
    spans.retain(|(from, to)| from < to);
}

/// Puts stretches in order, and joins those that touch.
pub(crate) fn join(spans: &mut Vec<Span>) {
    if spans.windows(2).all(|pair| pair[0].1 < pair[1].0) {
        return;
    }
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for &(from, to) in spans.iter() {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    *spans = joined;
}

/// The parts that two sets of stretches share.
pub(crate) fn both(one: &[Span], other: &[Span]) -> Vec<Span> {
    let mut shared: Vec<Span> = one
        .iter()
        .flat_map(|a| other.iter().map(|b| (a.0.max(b.0), a.1.min(b.1))))
        .filter(|(from, to)| from < to)
        .collect();
    join(&mut shared);
    shared
}
