//! When the office is open: weekly hours, holidays, closures, half days, and the hours of those who serve.

mod exception;
mod holidays;
mod hours;
mod local;
mod shifts;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

pub(crate) use exception::Exception;
pub use holidays::{
    HALF_DAY_ENDS, HolidayName, MovedHoliday, easter, greek_half_days, greek_public_holidays, labour_day_moved,
};
pub(crate) use hours::{HoursKind, less, on as hours_on, serving_until, weekly_spans};
pub use hours::{weekly_desk, weekly_serving};
pub(crate) use local::{LocalDay, join, subtract};
pub use local::{Span, instant_from, instant_to, local_date};
pub(crate) use shifts::shift_spans;

use crate::{ClerkId, Closure, DeskId, Office, OfficeConfig, WeeklySpan, Words, civil};

/// So many days before the day can be booked an office is told that a holiday moves: decisions are published some weeks before.
const MOVE_TOLD_DAYS: u32 = 60;
/// There are never so many years between two in which 1 May moves: in each such span it falls on a Sunday.
const YEARS_BETWEEN_MOVES: i32 = 12;

/// How many days ahead the next opening is looked for.
const OPENING_SOUGHT_DAYS: u16 = 400;

/// The hours of one local day. Every list is in order, and its stretches do not touch; a closed day's are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayHours {
    /// When people are served at desks.
    pub serving: Vec<Span>,
    /// When tickets are given.
    pub tickets: Vec<Span>,
    /// When the doors are open.
    pub doors: Vec<Span>,
    /// When the office calls by telephone and teleconference.
    pub telephone: Vec<Span>,
    /// Why the day differs from its weekday, as people are told: a holiday, a closure, an early end.
    pub because: Option<Words>,
}

/// The hours of a local day: its weekday's, less holidays, half days, closures and an early end (FLD-35).
///
/// Where tickets, doors or telephone have no hours of their own, serving's hold; where serving has other hours on a day
/// (FLD-15), theirs begin and end as long before or after as usual. A day in `open_anyway`, or with hours that
/// were decided for it alone, is neither a holiday nor a half day; a closure or an early end that was entered for it holds all the same.
#[must_use]
pub fn day(config: &OfficeConfig, date: NaiveDate) -> DayHours {
    let day = LocalDay::new(config.zone, date);
    let exception = Exception::of(config, &day);
    let of = |hours| hours::less(hours::on(config, &day, hours), &exception, hours != HoursKind::Doors);
    let temporary = hours::change_on(config, date, None).filter(|change| change.last.is_some());
    let temporary = temporary.map(|change| &change.because).filter(|because| !because.el.is_empty());
    DayHours {
        serving: of(HoursKind::Serving),
        tickets: of(HoursKind::Tickets),
        doors: of(HoursKind::Doors),
        telephone: of(HoursKind::Telephone),
        because: exception.because.or_else(|| temporary.cloned()),
    }
}

/// Why nobody can be served through a time, as people are told: the closure that meets it, of the office or of a desk, else
/// what the day has instead of its usual hours, else the change of hours, of the office or of a desk, that leaves some of it
/// out. `None` where nothing was announced.
#[must_use]
pub fn closed_because(config: &OfficeConfig, time: Span) -> Option<Words> {
    let meets = |closure: &&Closure| {
        instant_from(config.zone, closure.from) < time.1 && time.0 < instant_to(config.zone, closure.to)
    };
    let said = |words: &Words| !words.el.is_empty();
    let date = local_date(config.zone, time.0);
    let closure = config.calendar.closures.iter().rev().filter(meets).map(|closure| closure.because.clone()).find(said);
    closure
        .or_else(|| day(config, date).because.filter(said))
        .or_else(|| hours::leaving_out(config, date, time).map(|change| change.because.clone()).find(said))
}

/// A holiday that the ministry moves, of which the office has to know soon: the day on which it is usually kept can be booked in
/// [`MOVE_TOLD_DAYS`] days or fewer, or can be already, and nobody has said yet whether the office works then, by closing it, or by
/// naming it among the days on which it works all the same.
#[must_use]
pub fn holiday_to_move(config: &OfficeConfig, now: DateTime<Utc>) -> Option<MovedHoliday> {
    if !config.calendar.greek_public_sector {
        return None;
    }
    let today = local_date(config.zone, now);
    let told = today.checked_add_days(Days::new(move_told_days(config).into()))?;
    let moved = (today.year()..=told.year()).filter_map(labour_day_moved);
    let open = moved.filter(|moved| today <= moved.to && moved.to <= told);
    let mut unsaid = open.filter(|moved| {
        let is_said = config.calendar.open_anyway.contains(&moved.to);
        !is_said && !day(config, moved.to).serving.is_empty()
    });
    unsaid.next()
}

/// When there is next something to tell by [`holiday_to_move`], after `now`: the first moment of a day, in the office's zone.
#[must_use]
pub fn next_holiday_to_move(config: &OfficeConfig, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if !config.calendar.greek_public_sector {
        return None;
    }
    let today = local_date(config.zone, now);
    let days = i64::from(move_told_days(config));
    let moved = (today.year()..=today.year() + YEARS_BETWEEN_MOVES).filter_map(labour_day_moved);
    let mut told = moved.filter_map(|moved| moved.to.checked_sub_signed(TimeDelta::try_days(days)?));
    told.find(|day| today < *day).map(|day| instant_from(config.zone, day.and_time(NaiveTime::MIN)))
}

/// So many days before the day on which a holiday is kept instead an office is told of it: the day can be booked as long before
/// as the service with the longest horizon says.
fn move_told_days(config: &OfficeConfig) -> u32 {
    let horizon = config.services.values().map(|service| service.horizon_days).max().unwrap_or_default();
    u32::from(horizon) + MOVE_TOLD_DAYS
}

/// Weekly hours on a day, less its exceptions.
pub(crate) fn open_spans(day: &LocalDay, weekly: &[WeeklySpan], exception: &Exception, serving: bool) -> Vec<Span> {
    let mut spans = weekly_spans(day, weekly);
    exception.apply(&mut spans, serving);
    spans
}

/// When a desk is rostered on a local day, less what holidays, closures and its clerk's own hours take (TRN-14): the time that was
/// planned for it, whoever sits there.
#[must_use]
pub fn rostered(config: &OfficeConfig, date: NaiveDate, desk: DeskId) -> Vec<Span> {
    let day = LocalDay::new(config.zone, date);
    let exception = Exception::of(config, &day);
    let mut spans: Vec<Span> = shift_spans(config, &day, &exception, desk).into_iter().map(|(span, _)| span).collect();
    join(&mut spans);
    spans
}

/// Whether people are served at desks at `now`, by the hours alone.
#[must_use]
pub fn is_open(office: &Office, now: DateTime<Utc>) -> bool {
    today(office, now).is_some_and(|hours| within(&hours.serving, now).is_some())
}

/// When people are next served, after `now`; `None` if the office has no hours in more than a year from now.
#[must_use]
pub fn opens_next(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_start(office.config.as_ref()?, now, |hours| hours.serving)
}

/// If tickets are given at `now`: until when.
#[must_use]
pub fn tickets_until(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    within(&today(office, now)?.tickets, now)
}

/// When tickets are next given, after `now`.
#[must_use]
pub fn tickets_next(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_start(office.config.as_ref()?, now, |hours| hours.tickets)
}

/// When serving ends for today, if `now` is before that; the end of the last stretch, whatever breaks lie between.
#[must_use]
pub fn closing(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    today(office, now)?.serving.last().map(|span| span.1).filter(|end| now < *end)
}

/// When a desk's serving ends for today (TRN-14): its clerk's stated end if it is open, else that of the clerk who is
/// rostered there, and the office's closing at the latest.
///
/// `None` if nothing more is served there today.
#[must_use]
pub fn desk_closing(office: &Office, desk: DeskId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let config = office.config.as_ref()?;
    if let Some(until) = office.desks.get(&desk).and_then(|open| open.until) {
        return Some(civil::within(until)).filter(|end| now < *end);
    }
    let day = LocalDay::new(config.zone, local_date(config.zone, now));
    let exception = Exception::of(config, &day);
    let rostered = shift_spans(config, &day, &exception, desk);
    let last = rostered.into_iter().map(|(span, _)| span.1).max();
    match (last, closing(office, now)) {
        (Some(last), Some(closing)) => Some(last.min(closing)),
        (one, other) => one.or(other),
    }
    .filter(|end| now < *end)
}

/// The end of a clerk's hours as they run at `now` (TRN-14): the end of the stretch in which `now` lies, or else of the
/// clerk's next one today; for a clerk whose hours are not known, the office's closing.
#[must_use]
pub fn clerk_until(office: &Office, clerk: ClerkId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let config = office.config.as_ref()?;
    let Some(clerk) = config.clerks.get(&clerk).filter(|clerk| !clerk.hours.is_empty()) else {
        return closing(office, now);
    };
    let day = LocalDay::new(config.zone, local_date(config.zone, now));
    let spans = open_spans(&day, &clerk.hours, &Exception::of(config, &day), true);
    spans.into_iter().map(|span| span.1).find(|end| now < *end)
}

/// The hours of the local day of `now`.
fn today(office: &Office, now: DateTime<Utc>) -> Option<DayHours> {
    let config = office.config.as_ref()?;
    Some(day(config, local_date(config.zone, now)))
}

/// The end of the stretch in which an instant lies.
fn within(spans: &[Span], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    spans.iter().find(|span| span.0 <= at && at < span.1).map(|span| span.1)
}

/// The first beginning of a stretch after an instant.
fn next_start(
    config: &OfficeConfig,
    now: DateTime<Utc>,
    pick: impl Fn(DayHours) -> Vec<Span>,
) -> Option<DateTime<Utc>> {
    let first = local_date(config.zone, now);
    first
        .iter_days()
        .take(usize::from(OPENING_SOUGHT_DAYS))
        .find_map(|date| pick(day(config, date)).into_iter().map(|span| span.0).find(|start| now < *start))
}
