//! Days and times as a person of the office's zone reads them: «Τρίτη 24 Νοεμβρίου, 10:15».

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Voice;

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
        at.with_timezone(&self.zone).format("%H:%M").to_string()
    }

    /// «Τρίτη 24 Νοεμβρίου», of an instant.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.date(at.with_timezone(&self.zone).date_naive())
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

    /// The time alone if it is on the day of `now`, else day and time.
    #[must_use]
    pub fn near(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let local = |instant: DateTime<Utc>| instant.with_timezone(&self.zone).date_naive();
        if local(at) == local(now) { self.time(at) } else { self.day_and_time(at) }
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
        assert_eq!((greek.until(at, at), english.until(at, at)), ("τις 10:15".into(), "10:15".into()));
        let late_evening = "2026-05-04T21:30:00Z".parse().unwrap();
        assert_eq!(greek.day(late_evening), "Τρίτη 5 Μαΐου", "in Athens the next day has begun");
    }
}
