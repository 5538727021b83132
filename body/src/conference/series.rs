//! On which days a series of conferences is: weekly or monthly, at the same hour by the clocks on the wall, all or none.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use office::{
    Calendar, Words,
    calendar::{HolidayName, greek_public_holidays, instant_from, labour_day_moved},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ConferenceSpan;

/// So many conferences are planned together, at most.
pub const SERIES_MAX: u8 = 10;

/// How far apart the conferences of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesPace {
    /// On the same day of each week.
    Weekly,
    /// On the same day of each month.
    Monthly,
}

/// A series that somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesWish {
    /// How far apart.
    pub pace: SeriesPace,
    /// How many; one is no series, and just as good.
    pub times: u8,
}

/// Why there is no such series.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SeriesFlaw {
    /// None, or more than are planned together.
    #[error("from 1 to {SERIES_MAX} times")]
    Times,
    /// Some months have no such day.
    #[error("some months have no such day")]
    NoSuchDay {
        /// The first day of each of those months.
        months: Vec<NaiveDate>,
    },
    /// It leads beyond the years that can be said.
    #[error("no such dates")]
    NoDates,
}

/// The days of a series, in order.
///
/// # Errors
/// A [`SeriesFlaw`]: then none of them is planned.
pub fn days(first: NaiveDate, wish: SeriesWish) -> Result<Vec<NaiveDate>, SeriesFlaw> {
    if wish.times == 0 || wish.times > SERIES_MAX {
        return Err(SeriesFlaw::Times);
    }
    let numbers = 0..u32::from(wish.times);
    match wish.pace {
        SeriesPace::Weekly => {
            let day = |nth: u32| first.checked_add_days(Days::new(u64::from(nth) * 7)).ok_or(SeriesFlaw::NoDates);
            numbers.map(day).collect()
        }
        SeriesPace::Monthly => {
            let begins = first.with_day(1).ok_or(SeriesFlaw::NoDates)?;
            let (mut found, mut months) = (Vec::new(), Vec::new());
            for nth in numbers {
                let month = begins.checked_add_months(Months::new(nth)).ok_or(SeriesFlaw::NoDates)?;
                match month.with_day(first.day()) {
                    Some(day) => found.push(day),
                    None => months.push(month),
                }
            }
            if months.is_empty() { Ok(found) } else { Err(SeriesFlaw::NoSuchDay { months }) }
        }
    }
}

/// When a conference is that begins on a day at an hour of the clocks on the wall, and takes so many minutes: in winter and in
/// summer as long.
#[must_use]
pub fn span_on(zone: Tz, day: NaiveDate, begins: NaiveTime, minutes: i64) -> ConferenceSpan {
    let from: DateTime<Utc> = instant_from(zone, day.and_time(begins));
    // Nobody plans longer ones; what is refused later has a time all the same.
    let minutes = minutes.clamp(0, super::CONFERENCE_MINUTES_MAX + 1);
    ConferenceSpan { from, until: from + TimeDelta::minutes(minutes) }
}

/// What a holiday is called, if a day is one for the body.
#[must_use]
pub fn holiday(calendar: &Calendar, day: NaiveDate) -> Option<Words> {
    if calendar.open_anyway.contains(&day) {
        return None;
    }
    let public = || {
        let listed = greek_public_holidays(day.year()).into_iter().find(|(holiday, _)| *holiday == day);
        let moved = labour_day_moved(day.year()).filter(|moved| moved.to == day);
        listed.map(|(_, name)| name.text()).or_else(|| moved.map(|_| HolidayName::LabourDay.text()))
    };
    let local = || {
        let mut local = calendar.local_holidays.iter();
        local.find(|one| (one.month, one.day) == (day.month(), day.day())).map(|one| one.name.clone())
    };
    calendar.greek_public_sector.then(public).flatten().or_else(local)
}
