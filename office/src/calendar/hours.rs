//! Hours before any closure or holiday: the usual ones of the week, or others that were decided from a day on (FLD-15).

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{
    exception::Exception,
    local::{LocalDay, Span, join, local_date},
};
use crate::{ClerkId, Desk, DeskId, HoursChange, OfficeConfig, Shift, WeeklySpan};

/// Weekly hours on a day, whatever its exceptions are.
pub(crate) fn weekly_spans(day: &LocalDay, weekly: &[WeeklySpan]) -> Vec<Span> {
    let weekday = day.date.weekday();
    let on_day = weekly.iter().filter(|span| span.days.contains(&weekday));
    let mut spans: Vec<Span> = on_day.filter_map(|span| day.span(span.from, span.to)).collect();
    join(&mut spans);
    spans
}

/// For what hours are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HoursKind {
    /// Serving at desks.
    Serving,
    /// The giving of tickets.
    Tickets,
    /// The doors, by which people come in and are checked in.
    Doors,
    /// Calls by telephone and teleconference.
    Telephone,
}

impl HoursKind {
    /// Usual hours of their own; empty where serving's hold.
    pub const fn own(self, config: &OfficeConfig) -> &Vec<WeeklySpan> {
        match self {
            Self::Serving => &config.hours.serving,
            Self::Tickets => &config.hours.tickets,
            Self::Doors => &config.hours.doors,
            Self::Telephone => &config.hours.telephone,
        }
    }
}

/// The other hours of the office, or of a desk, that hold on a day: of several the one decided last.
pub(crate) fn change_on(config: &OfficeConfig, date: NaiveDate, desk: Option<DeskId>) -> Option<&HoursChange> {
    config.calendar.hours_changes.iter().rev().find(|change| change.desk == desk && change.holds_on(date))
}

/// The changes of hours, of the office or of one of its desks, that leave some of a time out; the one decided last first.
pub(crate) fn leaving_out(config: &OfficeConfig, date: NaiveDate, time: Span) -> impl Iterator<Item = &HoursChange> {
    let day = LocalDay::new(config.zone, date);
    let holds = move |change: &&HoursChange| {
        let spans = weekly_spans(&day, &change.spans);
        change.holds_on(date) && !spans.iter().any(|span| span.0 <= time.0 && time.1 <= span.1)
    };
    config.calendar.hours_changes.iter().rev().filter(holds)
}

/// The weekly hours of serving as they hold on a day, for those who ask about the week.
#[must_use]
pub fn weekly_serving(config: &OfficeConfig, date: NaiveDate) -> &[WeeklySpan] {
    change_on(config, date, None).map_or(&config.hours.serving, |change| &change.spans)
}

/// The weekly hours of a desk as they hold on a day, for those who ask about the week.
#[must_use]
pub fn weekly_desk(config: &OfficeConfig, date: NaiveDate, id: DeskId) -> Vec<WeeklySpan> {
    if let Some(change) = change_on(config, date, Some(id)) {
        return change.spans.clone();
    }
    let shifts = config.desks.get(&id).into_iter().flat_map(|desk| &desk.shifts);
    let holds = shifts
        .filter(|shift| shift.first.is_none_or(|first| first <= date) && shift.last.is_none_or(|last| date <= last));
    holds.map(|shift| WeeklySpan { days: shift.days.clone(), from: shift.from, to: shift.to }).collect()
}

/// The hours of a day. Where serving has others, those of tickets, doors and telephone begin and end as long before or
/// after as usual.
pub(crate) fn on(config: &OfficeConfig, day: &LocalDay, of: HoursKind) -> Vec<Span> {
    let own = of.own(config);
    let usual = |spans: &[WeeklySpan]| weekly_spans(day, spans);
    match change_on(config, day.date, None) {
        None if own.is_empty() => usual(&config.hours.serving),
        None => usual(own),
        Some(change) if of == HoursKind::Serving || own.is_empty() => usual(&change.spans),
        Some(change) => follow(usual(own), &usual(&config.hours.serving), usual(&change.spans)),
    }
}

/// Hours around those of serving, on a day on which serving has others than usual.
fn follow(mut around: Vec<Span>, usual: &[Span], other: Vec<Span>) -> Vec<Span> {
    let ends = |spans: &[Span]| Some((spans.first()?.0, spans.last()?.1));
    let (Some(was), Some(is)) = (ends(usual), ends(&other)) else { return other };
    if let Some(first) = around.first_mut() {
        first.0 += is.0 - was.0;
    }
    if let Some(last) = around.last_mut() {
        last.1 += is.1 - was.1;
    }
    around.retain(|span| span.0 < span.1);
    around
}

/// What a day's exceptions leave of hours; `serving` for whatever an early close ends.
pub(crate) fn less(mut spans: Vec<Span>, exception: &Exception, serving: bool) -> Vec<Span> {
    exception.apply(&mut spans, serving);
    spans
}

/// The end of the stretch of serving in which `now` lies, whatever the day's exceptions are.
pub(crate) fn serving_until(config: &OfficeConfig, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let day = LocalDay::new(config.zone, local_date(config.zone, now));
    let spans = on(config, &day, HoursKind::Serving);
    spans.into_iter().find(|span| span.0 <= now && now < span.1).map(|span| span.1)
}

/// Who is rostered at a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PostedClerk {
    /// Whether the public may book against it.
    pub public: bool,
    /// Who is meant to serve.
    pub clerk: Option<ClerkId>,
}

impl PostedClerk {
    const fn of(shift: &Shift) -> Self {
        Self { public: shift.public, clerk: shift.clerk }
    }
}

/// The rostered stretches of a desk on a day, before clerks' hours and exceptions. A desk with other hours has those. Where
/// the office has others, a shift that begins with the usual opening or ends with the usual closing goes with it; and on a
/// day on which the office is usually closed, every desk is there.
pub(crate) fn rostered(config: &OfficeConfig, day: &LocalDay, id: DeskId) -> Vec<(Span, PostedClerk)> {
    let Some(desk) = config.desks.get(&id) else { return Vec::new() };
    let mut shifts = shifts_on(desk, day);
    if config.calendar.hours_changes.is_empty() {
        return shifts;
    }
    let any = desk.shifts.first().map_or(PostedClerk { public: true, clerk: None }, PostedClerk::of);
    let who = shifts.first().map_or(any, |(_, who)| *who);
    let there = |spans: &[WeeklySpan]| weekly_spans(day, spans).into_iter().map(|span| (span, who)).collect();
    if let Some(change) = change_on(config, day.date, Some(id)) {
        return there(&change.spans);
    }
    let Some(change) = change_on(config, day.date, None) else { return shifts };
    let usual = weekly_spans(day, &config.hours.serving);
    let (Some(was_first), Some(was_last)) = (usual.first(), usual.last()) else { return there(&change.spans) };
    let other = weekly_spans(day, &change.spans);
    let (Some(first), Some(last)) = (other.first(), other.last()) else { return Vec::new() };
    for (span, _) in &mut shifts {
        if span.0 <= was_first.0 {
            span.0 = first.0;
        }
        if was_last.1 <= span.1 {
            span.1 = last.1;
        }
    }
    shifts.retain(|(span, _)| span.0 < span.1);
    shifts
}

/// The shifts of a desk on a day, as they are set up.
fn shifts_on(desk: &Desk, day: &LocalDay) -> Vec<(Span, PostedClerk)> {
    let weekday = day.date.weekday();
    let on_day = desk.shifts.iter().filter(|shift| {
        shift.days.contains(&weekday)
            && shift.first.is_none_or(|first| first <= day.date)
            && shift.last.is_none_or(|last| day.date <= last)
    });
    on_day.filter_map(|shift| Some((day.span(shift.from, shift.to)?, PostedClerk::of(shift)))).collect()
}
