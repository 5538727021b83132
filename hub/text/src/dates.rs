//! Days and times as a person of the office's zone reads them: «Τρίτη 24 Νοεμβρίου, 10:15».

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use wire::{RepeatedHour, civil};

use super::Voice;

/// A day that is further from now than this is said with its year, though it is one of the present year: half a year, since
/// what lies further off is easily taken for its neighbour.
const WITHOUT_YEAR_DAYS_MAX: i64 = 182;

/// Says days and times in one language and one zone.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    /// The language.
    pub voice: Voice,
    /// The office's zone.
    pub zone: Tz,
    /// When it is said: a day of another year is said with its year.
    pub now: DateTime<Utc>,
}

impl Dates {
    /// `10:15`; in the hour that comes twice when the clocks go back, with which of the two it is: «03:30 (χειμερινή ώρα)».
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        let time = self.local(at).format("%H:%M").to_string();
        match self.repeated(at) {
            Some(clock) => self.voice.say_with("time-repeated", [("time", time.into()), ("clock", clock.into())]),
            None => time,
        }
    }

    /// Which clock shows an instant whose time of day comes twice that night: «θερινή ώρα», or the offset where both are of
    /// one season; none for every other time.
    fn repeated(&self, at: DateTime<Utc>) -> Option<String> {
        Some(match RepeatedHour::of(at, self.zone)? {
            RepeatedHour::Summer => self.voice.say("clock-summer"),
            RepeatedHour::Winter => self.voice.say("clock-winter"),
            RepeatedHour::Offset(offset) => offset,
        })
    }

    /// «Τρί 24/11 10:15», where every letter counts.
    #[must_use]
    pub fn short(&self, at: DateTime<Utc>) -> String {
        let date = self.local(at).date();
        let format = if self.is_with_year(date, self.now) { "%d/%m/%Y" } else { "%d/%m" };
        format!("{} {} {}", self.weekday_short(date), date.format(format), self.time(at))
    }

    /// `2026-11-24 10:15`, for programs of tables; in the hour that comes twice, with its offset.
    #[must_use]
    pub fn stamp(&self, at: DateTime<Utc>) -> String {
        let format = if self.repeated(at).is_some() { "%Y-%m-%d %H:%M %:z" } else { "%Y-%m-%d %H:%M" };
        civil::within(at).with_timezone(&self.zone).format(format).to_string()
    }

    /// «Τρίτη 24 Νοεμβρίου», of an instant; with its year, where it is another one or the day is far from now.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.date(self.local(at).date())
    }

    /// «Τρίτη 24 Νοεμβρίου 2026», of an instant that may be long ago.
    #[must_use]
    pub fn day_and_year(&self, at: DateTime<Utc>) -> String {
        self.date_and_year(self.local(at).date())
    }

    /// «Τρίτη 24 Νοεμβρίου», of a local date; with its year, where it is another one or the day is far from now.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        self.with_year(self.bare_date(date), date, self.now)
    }

    /// «Τρίτη 24 Νοεμβρίου 2026», of a local date.
    #[must_use]
    pub fn date_and_year(&self, date: NaiveDate) -> String {
        format!("{} {}", self.bare_date(date), date.year())
    }

    /// «την Τρίτη 24 Νοεμβρίου», as it stands after «από», «έως» and «για»; with its year, where it is another one or the
    /// day is far from now.
    #[must_use]
    pub fn the_date(&self, date: NaiveDate) -> String {
        self.with_year(self.the_bare_date(date), date, self.now)
    }

    /// «την Τρίτη 24 Νοεμβρίου 2026», the same with its year.
    #[must_use]
    pub fn the_date_and_year(&self, date: NaiveDate) -> String {
        format!("{} {}", self.the_bare_date(date), date.year())
    }

    fn bare_date(&self, date: NaiveDate) -> String {
        format!("{} {} {}", self.weekday(date), date.day(), self.voice.say(&format!("month-{}", date.month())))
    }

    fn the_bare_date(&self, date: NaiveDate) -> String {
        let weekday = self.voice.say(&format!("the-weekday-{}", date.weekday().number_from_monday()));
        format!("{weekday} {} {}", date.day(), self.voice.say(&format!("month-{}", date.month())))
    }

    /// Whether a day could be mistaken, said without its year.
    fn is_with_year(&self, date: NaiveDate, now: DateTime<Utc>) -> bool {
        let today = self.local(now).date();
        date.year() != today.year() || (date - today).num_days().abs() > WITHOUT_YEAR_DAYS_MAX
    }

    fn with_year(&self, said: String, date: NaiveDate, now: DateTime<Utc>) -> String {
        if self.is_with_year(date, now) { format!("{said} {}", date.year()) } else { said }
    }

    /// The day of the week, «Τρίτη».
    #[must_use]
    pub fn weekday(&self, date: NaiveDate) -> String {
        self.voice.say(&format!("weekday-{}", date.weekday().number_from_monday()))
    }

    /// The day of the week in short, «Τρί».
    #[must_use]
    pub fn weekday_short(&self, date: NaiveDate) -> String {
        self.voice.say(&format!("weekday-short-{}", date.weekday().number_from_monday()))
    }

    /// «Τρίτη 24 Νοεμβρίου, 10:15»
    #[must_use]
    pub fn day_and_time(&self, at: DateTime<Utc>) -> String {
        format!("{}, {}", self.day(at), self.time(at))
    }

    /// The time alone if it is on the day of `now`, else day and time; of another year or far from it, with the year.
    #[must_use]
    pub fn near(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let (then, today) = (self.local(at).date(), self.local(now).date());
        if then == today {
            return self.time(at);
        }
        format!("{}, {}", self.with_year(self.bare_date(then), then, now), self.time(at))
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
        if date == self.local(now).date() {
            return self.voice.text(today, "time", &time);
        }
        let day = self.with_year(self.the_bare_date(date), date, now);
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
    fn prom_10_the_hour_that_comes_twice_is_said_with_which_it_is() {
        let now = "2026-11-20T08:00:00Z".parse().unwrap();
        let greek = Dates { voice: Voice(Language::El), zone: chrono_tz::Europe::Athens, now };
        let english = Dates { voice: Voice(Language::En), ..greek };
        let said = |at: &str| (greek.day_and_time(at.parse().unwrap()), english.time(at.parse().unwrap()));
        let (el, en) = said("2026-10-25T00:30:00Z");
        assert_eq!((el.as_str(), en.as_str()), ("Κυριακή 25 Οκτωβρίου, 03:30 (θερινή ώρα)", "03:30 (summer time)"));
        let (el, en) = said("2026-10-25T01:30:00Z");
        assert_eq!((el.as_str(), en.as_str()), ("Κυριακή 25 Οκτωβρίου, 03:30 (χειμερινή ώρα)", "03:30 (winter time)"));
        // Before, after, and on the night of spring, there is one of each.
        for once in ["2026-10-24T23:59:00Z", "2026-10-25T02:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"] {
            assert_eq!(english.time(once.parse().unwrap()).len(), 5, "{once}");
        }
        // Whatever is said of the two hours, in whatever way, no two minutes of them are said alike.
        for night in ["2026-10-25T00:00:00Z", "2027-10-31T00:00:00Z"] {
            let begins: DateTime<Utc> = night.parse().unwrap();
            let noon = begins - chrono::TimeDelta::hours(15);
            let ways: [&dyn Fn(DateTime<Utc>) -> String; 8] = [
                &|at| greek.time(at),
                &|at| english.time(at),
                &|at| greek.short(at),
                &|at| greek.stamp(at),
                &|at| greek.day_and_time(at),
                &|at| greek.near(at, noon),
                &|at| greek.at(at, noon),
                &|at| english.until(at, begins),
            ];
            for said in ways {
                let minutes = (0..120).map(|minute| said(begins + chrono::TimeDelta::minutes(minute)));
                assert_eq!(minutes.collect::<std::collections::BTreeSet<String>>().len(), 120, "{}", said(begins));
            }
        }
        assert_eq!(greek.stamp("2026-10-25T00:30:00Z".parse().unwrap()), "2026-10-25 03:30 +03:00");
        assert_eq!(greek.short("2026-11-24T08:15:00Z".parse().unwrap()), "Τρί 24/11 10:15");
        // A zone that changed its offset for good: both are of one season.
        let volgograd = Dates { zone: chrono_tz::Europe::Volgograd, ..english };
        let said = ["2020-12-26T21:30:00Z", "2020-12-26T22:30:00Z"].map(|at| volgograd.time(at.parse().unwrap()));
        assert_eq!(said, ["01:30 (UTC+04:00)", "01:30 (UTC+03:00)"]);
    }

    #[test]
    fn a_day_is_said_in_the_offices_zone() {
        let at = "2026-11-24T08:15:00Z".parse().unwrap();
        let now = "2026-11-20T08:00:00Z".parse().unwrap();
        let greek = Dates { voice: Voice(Language::El), zone: chrono_tz::Europe::Athens, now };
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
        let in_may = Dates { now: late_evening, ..greek };
        assert_eq!(in_may.day(late_evening), "Τρίτη 5 Μαΐου", "in Athens the next day has begun");
    }

    #[test]
    fn fld_15_a_day_of_another_year_or_far_off_is_said_with_its_year() {
        let said = |now: &str, at: &str| {
            let (now, at) = (now.parse().unwrap(), at.parse::<DateTime<Utc>>().unwrap());
            let dates = Dates { voice: Voice(Language::En), zone: chrono_tz::Europe::Athens, now };
            let date = at.with_timezone(&dates.zone).date_naive();
            let all = [
                dates.day(at),
                dates.date(date),
                dates.the_date(date),
                dates.day_and_time(at),
                dates.near(at, now),
                dates.at(at, now),
                dates.until(at, now),
                dates.short(at),
            ];
            let with: Vec<bool> = all.iter().map(|said| said.contains(&date.format("%Y").to_string())).collect();
            assert!(with.iter().all(|one| *one == with[0]), "{all:?}");
            with[0]
        };
        for (now, at, is_with) in [
            ("2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z", false),
            ("2026-11-24T08:00:00Z", "2026-08-03T08:00:00Z", false),
            ("2026-12-30T08:00:00Z", "2027-01-04T08:00:00Z", true),
            ("2027-01-04T08:00:00Z", "2026-12-30T08:00:00Z", true),
            ("2026-02-02T08:00:00Z", "2026-11-25T08:00:00Z", true),
            ("2026-11-24T08:00:00Z", "2027-09-24T08:00:00Z", true),
            // On the wall of the office, not in Greenwich.
            ("2026-12-31T22:30:00Z", "2027-01-05T08:00:00Z", false),
        ] {
            assert_eq!(said(now, at), is_with, "{now} {at}");
        }
    }
}
