//! By which day something is due: in days or in working days, stopped while papers are awaited.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use office::{
    Calendar,
    calendar::{greek_public_holidays, labour_day_moved},
};
use serde::{Deserialize, Serialize};

/// So many days a request has from complete papers on, unless its category says otherwise (Law 2690/1999, article 4).
pub const LAWFUL_DAYS: u16 = 50;
/// Within so many days what is another's is forwarded to them (the same article).
pub const FORWARD_DAYS: u16 = 3;
/// The longest time that a category may take: two years.
pub const TERM_MAX: u16 = 730;
/// So many days at most are looked at for so many working days: a calendar that closes every day has no working day at all, and
/// in one that opens now and then three in four days may be closed.
const DAYS_PER_WORKING_DAY: u64 = 8;
/// So many days lie between a day and the end of the longest term, at most.
const DAYS_MAX: usize = TERM_MAX as usize * DAYS_PER_WORKING_DAY as usize;

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// So many days; one that would end on no working day ends on the next that is one.
    Days(u16),
    /// So many working days.
    WorkingDays(u16),
}

impl Default for Term {
    fn default() -> Self {
        Self::Days(LAWFUL_DAYS)
    }
}

impl Term {
    /// How many, of whichever kind.
    #[must_use]
    pub const fn count(self) -> u16 {
        match self {
            Self::Days(count) | Self::WorkingDays(count) => count,
        }
    }

    /// The same kind, with another count.
    #[must_use]
    pub const fn with_count(self, count: u16) -> Self {
        match self {
            Self::Days(_) => Self::Days(count),
            Self::WorkingDays(_) => Self::WorkingDays(count),
        }
    }

    /// The last day, counted from the day after `from`.
    #[must_use]
    pub fn due(self, calendar: &Calendar, from: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(count) => working_day_from(calendar, later(from, count.into())),
            Self::WorkingDays(count) => {
                // No configuration says more; a journal may, and each day is looked at.
                let count = count.min(TERM_MAX);
                let ahead = from.iter_days().skip(1).take(usize::from(count) * DAYS_PER_WORKING_DAY as usize);
                let mut working = ahead.filter(|day| is_working_day(calendar, *day));
                match usize::from(count).checked_sub(1) {
                    Some(before_last) => {
                        working.nth(before_last).unwrap_or_else(|| later(from, u64::from(count) * DAYS_PER_WORKING_DAY))
                    }
                    None => from,
                }
            }
        }
    }

    /// How much of it is left on a day for something due then, of this kind: none where that day is past.
    #[must_use]
    pub fn left(self, calendar: &Calendar, on: NaiveDate, due: NaiveDate) -> u16 {
        let days = due.signed_duration_since(on).num_days().max(0);
        let left = match self {
            Self::Days(_) => days,
            Self::WorkingDays(_) => {
                // A day further away than any term leads, by a clock that was wrong, is as far as the longest.
                let days = usize::try_from(days).unwrap_or_default().min(DAYS_MAX);
                let ahead = on.iter_days().skip(1).take(days);
                i64::try_from(ahead.filter(|day| is_working_day(calendar, *day)).count()).unwrap_or(i64::MAX)
            }
        };
        u16::try_from(left).unwrap_or(u16::MAX)
    }
}

/// Whether people work for the body on a day: no Saturday, no Sunday, no public holiday, no holiday of the place, no closure
/// of the whole day.
#[must_use]
pub fn is_working_day(calendar: &Calendar, day: NaiveDate) -> bool {
    if calendar.open_anyway.contains(&day) {
        return true;
    }
    if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        return false;
    }
    let is_public = calendar.greek_public_sector
        && (greek_public_holidays(day.year()).iter().any(|(holiday, _)| *holiday == day)
            || labour_day_moved(day.year()).is_some_and(|moved| moved.to == day));
    let is_local =
        calendar.local_holidays.iter().any(|holiday| (holiday.month, holiday.day) == (day.month(), day.day()));
    let (from, to) = (day.and_time(NaiveTime::MIN), later(day, 1).and_time(NaiveTime::MIN));
    let is_closed = calendar.closures.iter().any(|c| c.desk.is_none() && c.from <= from && to <= c.to);
    !is_public && !is_local && !is_closed
}

/// A day, or the next that is a working day.
#[must_use]
pub fn working_day_from(calendar: &Calendar, day: NaiveDate) -> NaiveDate {
    day.iter_days().take(400).find(|day| is_working_day(calendar, *day)).unwrap_or(day)
}

/// So many days later; the last day that there is where none is.
fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use office::{Closure, LocalHoliday, Words};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn greek() -> Calendar {
        Calendar { greek_public_sector: true, ..Calendar::default() }
    }

    #[test]
    fn pet_02_a_request_has_fifty_days_unless_its_category_says_otherwise() {
        assert_eq!(Term::default(), Term::Days(50));
        assert_eq!(Term::default().due(&greek(), day("2026-11-30")), day("2027-01-19"));
    }

    #[test]
    fn pet_02_days_end_on_a_working_day() {
        // Three days from a Thursday end on a Sunday; the next day is one on which people work.
        assert_eq!(Term::Days(3).due(&greek(), day("2026-11-26")), day("2026-11-30"));
        // Good Friday, Saturday, Easter Sunday and Monday of 2026.
        assert_eq!(Term::Days(2).due(&greek(), day("2026-04-08")), day("2026-04-14"));
        assert_eq!(Term::Days(2).due(&Calendar::default(), day("2026-04-08")), day("2026-04-10"));
    }

    #[test]
    fn pet_02_working_days_leave_out_weekends_holidays_those_of_the_place_and_closures() {
        let mut calendar = greek();
        assert_eq!(Term::WorkingDays(5).due(&calendar, day("2026-12-21")), day("2026-12-29"));
        calendar.local_holidays.push(LocalHoliday { month: 12, day: 23, name: Words::new("Τ", "L") });
        assert_eq!(Term::WorkingDays(5).due(&calendar, day("2026-12-21")), day("2026-12-30"));
        let closure = |from: &str, to: &str| Closure {
            from: moment(from),
            to: moment(to),
            desk: None,
            because: Words::default(),
            by_staff: false,
        };
        // Closed for an hour, people work all the same.
        calendar.closures.push(closure("2026-12-24T10:00:00", "2026-12-24T11:00:00"));
        assert_eq!(Term::WorkingDays(5).due(&calendar, day("2026-12-21")), day("2026-12-30"));
        calendar.closures.push(closure("2026-12-28T00:00:00", "2026-12-29T00:00:00"));
        assert_eq!(Term::WorkingDays(5).due(&calendar, day("2026-12-21")), day("2026-12-31"));
        calendar.open_anyway.push(day("2026-12-26"));
        assert_eq!(Term::WorkingDays(5).due(&calendar, day("2026-12-21")), day("2026-12-30"));
        assert_eq!(Term::WorkingDays(0).due(&calendar, day("2026-12-21")), day("2026-12-21"));
        // 1 May 2024 was kept on 7 May.
        assert!(!is_working_day(&greek(), day("2024-05-07")) && is_working_day(&greek(), day("2024-05-08")));
    }

    #[test]
    fn pet_02_a_calendar_without_a_working_day_still_gives_an_answer() {
        let mut calendar = Calendar::default();
        calendar.closures.push(Closure {
            from: moment("1900-01-01T00:00:00"),
            to: moment("2200-01-01T00:00:00"),
            desk: None,
            because: Words::default(),
            by_staff: false,
        });
        assert!(Term::WorkingDays(TERM_MAX).due(&calendar, day("2026-11-30")) > day("2026-11-30"));
        assert!(Term::Days(TERM_MAX).due(&calendar, day("2026-11-30")) > day("2026-11-30"));
        assert_eq!(Term::Days(10).due(&calendar, NaiveDate::MAX), NaiveDate::MAX);
    }

    #[test]
    fn pet_02_what_is_left_leads_to_the_same_day() {
        for term in [Term::Days(50), Term::WorkingDays(30), Term::Days(0)] {
            for from in day("2026-03-01").iter_days().take(80) {
                let due = term.due(&greek(), from);
                for on in from.iter_days().take(60).filter(|on| *on <= due) {
                    let left = term.left(&greek(), on, due);
                    assert_eq!(term.with_count(left).due(&greek(), on).max(due), due, "{term:?} {from} {on}");
                }
                assert_eq!(term.left(&greek(), later(due, 5), due), 0);
            }
        }
    }
}
