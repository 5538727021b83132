//! Days and times as a person of the office's zone reads them: «Τρίτη 24 Νοεμβρίου, 10:15».

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use wire::civil;

use super::Voice;

/// A day that is further from now than this is said with its year; a nearer one cannot be mistaken.
const WITHOUT_YEAR_DAYS_MAX: i64 = 300;

/// Says days and times in one language and one zone.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    /// The language.
    pub voice: Voice,
    /// The office's zone.
    pub zone: Tz,
}

impl Dates {
    /// `10:15`
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        self.local(at).format("%H:%M").to_string()
    }

    /// «Τρίτη 24 Νοεμβρίου», of an instant.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.date(self.local(at).date())
    }

    /// «Τρίτη 24 Νοεμβρίου 2026», of an instant that may be long ago.
    #[must_use]
    pub fn day_and_year(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", self.day(at), self.local(at).date().year())
    }

    /// «Τρίτη 24 Νοεμβρίου», of a local date.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        format!("{} {} {}", self.weekday(date), date.day(), self.voice.say(&format!("month-{}", date.month())))
    }

    /// «Τρίτη»
    #[must_use]
    pub fn weekday(&self, date: NaiveDate) -> String {
        self.voice.say(&format!("weekday-{}", date.weekday().number_from_monday()))
    }

    /// «Τρίτη 24 Νοεμβρίου, 10:15»
    #[must_use]
    pub fn day_and_time(&self, at: DateTime<Utc>) -> String {
        format!("{}, {}", self.day(at), self.time(at))
    }

    /// The time alone if it is on the day of `now`, else day and time; far from it, with the year.
    #[must_use]
    pub fn near(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let (then, today) = (self.local(at).date(), self.local(now).date());
        match (then - today).num_days().abs() {
            0 => self.time(at),
            days if days <= WITHOUT_YEAR_DAYS_MAX => self.day_and_time(at),
            _ => format!("{} {}, {}", self.day(at), then.year(), self.time(at)),
        }
    }

    /// On the wall of the office. What an old journal holds beyond the years that can be said is said as the nearest.
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        civil::within(at).with_timezone(&self.zone).naive_local()
    }

    /// As [`Dates::near`], to stand after «έως»: «τις 10:15».
    #[must_use]
    pub fn until(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let near = self.near(at, now);
        if near == self.time(at) { self.voice.text("until-time", "at", &near) } else { near }
    }
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;

    #[test]
    fn a_day_is_said_in_the_offices_zone() {
        let at = "2026-11-24T08:15:00Z".parse().unwrap();
        let greek = Dates { voice: Voice(Language::El), zone: chrono_tz::Europe::Athens };
        let english = Dates { voice: Voice(Language::En), ..greek };
        assert_eq!(greek.day_and_time(at), "Τρίτη 24 Νοεμβρίου, 10:15");
        assert_eq!(english.day_and_time(at), "Tuesday 24 November, 10:15");
        assert_eq!(greek.near(at, at), "10:15");
        assert_eq!(greek.near(at + chrono::TimeDelta::days(3_653), at), "Δευτέρα 24 Νοεμβρίου 2036, 10:15");
        assert!(greek.near(DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC).contains("2201"), "nothing overflows");
        assert_eq!((greek.until(at, at), english.until(at, at)), ("τις 10:15".into(), "10:15".into()));
        let late_evening = "2026-05-04T21:30:00Z".parse().unwrap();
        assert_eq!(greek.day(late_evening), "Τρίτη 5 Μαΐου", "in Athens the next day has begun");
    }
}
