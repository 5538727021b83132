//! What one day takes from its weekly hours: holidays, half days, closures and early ends.

use chrono::{DateTime, Datelike, Utc};

use super::{
    holidays::{self, HALF_DAY_ENDS, HolidayName},
    local::{self, LocalDay, Span, instant_from, instant_to},
};
use crate::{Closure, OfficeConfig, Words};

/// What one day takes from its weekly hours.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exception {
    /// Nobody works at all.
    closed: bool,
    /// Everything ends then: a half day.
    all_end: Option<DateTime<Utc>>,
    /// Serving, tickets and telephone end then, doors may stay open: an early close.
    serving_ends: Option<DateTime<Utc>>,
    /// The office is closed in these.
    holes: Vec<Span>,
    /// As people are told.
    pub because: Option<Words>,
}

impl Exception {
    /// What a day takes from its weekly hours.
    pub fn of(config: &OfficeConfig, day: &LocalDay) -> Self {
        let calendar = &config.calendar;
        let date = day.date;
        let mut exception = Self::default();
        if !calendar.open_anyway.contains(&date) && !calendar.has_hours_of_its_own(date) {
            let public = calendar.greek_public_sector.then(|| holidays::holiday_on(date)).flatten();
            let local = calendar.local_holidays.iter().find(|h| (h.month, h.day) == (date.month(), date.day()));
            if let Some(name) = public.map(HolidayName::text).or_else(|| local.map(|holiday| holiday.name.clone())) {
                return Self { closed: true, because: Some(name), ..Self::default() };
            }
            if calendar.greek_public_sector
                && let Some(name) = holidays::half_day_on(date)
            {
                exception.all_end = Some(day.end(HALF_DAY_ENDS));
                exception.because = Some(name.text());
            }
        }
        for early in calendar.early_closes.iter().filter(|early| early.date == date) {
            let at = day.end(early.at);
            exception.serving_ends = Some(exception.serving_ends.map_or(at, |end| end.min(at)));
            exception.because = Some(early.because.clone());
        }
        for closure in calendar.closures.iter().filter(|closure| closure.desk.is_none()) {
            if closure.from.date() > date || closure.to.date() < date {
                continue;
            }
            let hole = closure_span(config, closure);
            if hole.0 < day.to && day.from < hole.1 {
                exception.holes.push(hole);
                exception.because = Some(closure.because.clone());
            }
        }
        exception
    }

    /// Takes this from the hours of the day; `serving` for whatever an early close ends.
    pub fn apply(&self, spans: &mut Vec<Span>, serving: bool) {
        if self.closed {
            spans.clear();
            return;
        }
        for end in [self.all_end, if serving { self.serving_ends } else { None }].into_iter().flatten() {
            local::clip(spans, end);
        }
        for &hole in &self.holes {
            local::subtract(spans, hole);
        }
    }
}

/// A closure as instants.
pub(crate) fn closure_span(config: &OfficeConfig, closure: &Closure) -> Span {
    (instant_from(config.zone, closure.from), instant_to(config.zone, closure.to))
}
