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

    /// «Τρίτη 24 Νοεμβρίου 2026», of a local date.
    #[must_use]
    pub fn date_and_year(&self, date: NaiveDate) -> String {
        format!("{} {}", self.date(date), date.year())
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

    /// When something happens, to stand after a verb: «στις 10:15», «την Τρίτη 24 Νοεμβρίου στις 10:15».
    #[must_use]
    pub fn at(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        self.in_sentence(at, now, ["moment-today", "moment-on-day"])
    }

    /// As it stands after «έως» or «από»: «τις 10:15», «την Τρίτη 24 Νοεμβρίου στις 10:15».
    #[must_use]
    pub fn until(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        self.in_sentence(at, now, ["until-time", "until-day"])
    }

    fn in_sentence(&self, at: DateTime<Utc>, now: DateTime<Utc>, [today, other]: [&str; 2]) -> String {
        let (date, time) = (self.local(at).date(), self.time(at));
        let days = (date - self.local(now).date()).num_days().abs();
        if days == 0 {
            return self.voice.text(today, "time", &time);
        }
        let weekday = self.voice.say(&format!("the-weekday-{}", date.weekday().number_from_monday()));
        let month = self.voice.say(&format!("month-{}", date.month()));
        let year = if days <= WITHOUT_YEAR_DAYS_MAX { String::new() } else { format!(" {}", date.year()) };
        let day = format!("{weekday} {} {month}{year}", date.day());
        self.voice.say_with(other, [("day", day.into()), ("time", time.into())])
    }

    /// On the wall of the office. What an old journal holds beyond the years that can be said is said as the nearest.
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        civil::within(at).with_timezone(&self.zone).naive_local()
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
        let said = |now: &str| (greek.at(at, now.parse().unwrap()), english.at(at, now.parse().unwrap()));
        assert_eq!(said("2026-11-24T06:00:00Z"), ("στις 10:15".into(), "at 10:15".into()));
        let (el, en) = said("2026-11-20T06:00:00Z");
        assert_eq!(
            (el.as_str(), en.as_str()),
            ("την Τρίτη 24 Νοεμβρίου στις 10:15", "on Tuesday 24 November at 10:15")
        );
        assert_eq!(said("2016-11-20T06:00:00Z").0, "την Τρίτη 24 Νοεμβρίου 2026 στις 10:15");
        let late_evening = "2026-05-04T21:30:00Z".parse().unwrap();
        assert_eq!(greek.day(late_evening), "Τρίτη 5 Μαΐου", "in Athens the next day has begun");
    }
}
