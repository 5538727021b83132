//! Times as the world outside may say them: of the years 1900 to 2200, and nothing beyond.
//!
//! A calendar of 524,000 years is one whose edges are reached by whoever likes to: there a local date, a day more or half an
//! hour's grace overflow. Whatever comes in, from a form, a program, an office's file or a device, is one of these types;
//! within them no arithmetic of the house overflows, since none of it adds more than the 8,166 years that minutes in a `u32`
//! make, and chrono holds 262,000. What is in a journal is read as it was written; [`within`] brings it to the nearest time
//! that can be said.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The first year that can be said: nobody who is served was born before it.
pub const FIRST_YEAR: i32 = 1900;
/// The last year that can be said: no promise, closure or rule of an office reaches beyond it.
pub const LAST_YEAR: i32 = 2200;

/// 1 January of the first year that can be said.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// 31 December of the last year that can be said.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};
/// The last time of a day, to the millisecond.
const LAST_TIME: NaiveTime = match NaiveTime::from_hms_milli_opt(23, 59, 59, 999) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Longer than anything that is a time; nothing else is looked at.
const CHARACTERS_MAX: usize = 40;

/// A text that is no time, or one outside the years that can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCivilTime;

impl fmt::Display for NoCivilTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no date or time of the years {FIRST_YEAR} to {LAST_YEAR}")
    }
}

impl std::error::Error for NoCivilTime {}

/// The text, if it begins with a year of four digits: no calendar is asked about anything else.
fn with_year(text: &str) -> Result<&str, NoCivilTime> {
    let is_year = text.len() <= CHARACTERS_MAX
        && text.is_ascii()
        && text.as_bytes().get(..5).is_some_and(|head| head[..4].iter().all(u8::is_ascii_digit) && head[4] == b'-');
    is_year.then_some(text).ok_or(NoCivilTime)
}

macro_rules! read_from_text {
    ($($name:ident),*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

read_from_text!(CivilInstant, CivilDate, CivilTime, CivilMoment);

/// An instant, to the millisecond, as the journal keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CivilInstant(DateTime<Utc>);

impl CivilInstant {
    /// This instant, if it can be said.
    #[must_use]
    pub fn new(at: DateTime<Utc>) -> Option<Self> {
        let at = DateTime::from_timestamp_millis(at.timestamp_millis())?;
        (at == within(at)).then_some(Self(at))
    }

    /// An instant as mails and the headers of HTTP write it (RFC 5322, 3.3): `Sat, 28 Nov 2026 23:00:05 +0200`.
    ///
    /// # Errors
    /// [`NoCivilTime`].
    pub fn from_rfc2822(text: &str) -> Result<Self, NoCivilTime> {
        if text.len() > CHARACTERS_MAX || !text.is_ascii() {
            return Err(NoCivilTime);
        }
        let at = DateTime::parse_from_rfc2822(text).map_err(|_| NoCivilTime)?;
        Self::new(at.to_utc()).ok_or(NoCivilTime)
    }

    /// As everybody within the house writes it.
    #[must_use]
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<CivilInstant> for DateTime<Utc> {
    fn from(at: CivilInstant) -> Self {
        at.0
    }
}

impl FromStr for CivilInstant {
    type Err = NoCivilTime;

    /// As RFC 3339 writes it.
    fn from_str(text: &str) -> Result<Self, NoCivilTime> {
        let at: DateTime<Utc> = with_year(text)?.parse().map_err(|_| NoCivilTime)?;
        Self::new(at).ok_or(NoCivilTime)
    }
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CivilDate(NaiveDate);

impl CivilDate {
    /// This day, if it can be said.
    #[must_use]
    pub fn new(date: NaiveDate) -> Option<Self> {
        (FIRST_DAY..=LAST_DAY).contains(&date).then_some(Self(date))
    }

    /// As everybody within the house writes it.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl From<CivilDate> for NaiveDate {
    fn from(date: CivilDate) -> Self {
        date.0
    }
}

impl FromStr for CivilDate {
    type Err = NoCivilTime;

    /// `2026-11-24`
    fn from_str(text: &str) -> Result<Self, NoCivilTime> {
        with_year(text)?.parse().ok().and_then(Self::new).ok_or(NoCivilTime)
    }
}

/// A time of day, in whole seconds; a second that is put in by the year's clockmakers is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CivilTime(NaiveTime);

impl CivilTime {
    /// As everybody within the house writes it.
    #[must_use]
    pub const fn time(self) -> NaiveTime {
        self.0
    }
}

impl FromStr for CivilTime {
    type Err = NoCivilTime;

    /// `08:15`, or `08:15:30`.
    fn from_str(text: &str) -> Result<Self, NoCivilTime> {
        let format = if text.len() > 5 { "%H:%M:%S" } else { "%H:%M" };
        let time = NaiveTime::parse_from_str(text, format).map_err(|_| NoCivilTime)?;
        (time.nanosecond() == 0).then_some(Self(time)).ok_or(NoCivilTime)
    }
}

/// A day and a time of day on the wall of some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CivilMoment(NaiveDateTime);

impl CivilMoment {
    /// As everybody within the house writes it.
    #[must_use]
    pub const fn local(self) -> NaiveDateTime {
        self.0
    }
}

impl FromStr for CivilMoment {
    type Err = NoCivilTime;

    /// `2026-11-24T08:15`, or with seconds; a space may stand for the `T`.
    fn from_str(text: &str) -> Result<Self, NoCivilTime> {
        let (date, time) = with_year(text)?.split_once(['T', ' ']).ok_or(NoCivilTime)?;
        let (date, time): (CivilDate, CivilTime) = (date.parse()?, time.parse()?);
        Ok(Self(date.0.and_time(time.0)))
    }
}

/// The nearest instant that can be said.
#[must_use]
pub fn within(at: DateTime<Utc>) -> DateTime<Utc> {
    const FIRST: DateTime<Utc> = FIRST_DAY.and_time(NaiveTime::MIN).and_utc();
    const LAST: DateTime<Utc> = LAST_DAY.and_time(LAST_TIME).and_utc();
    at.clamp(FIRST, LAST)
}

/// The nearest local time that can be said.
#[must_use]
pub fn local_within(local: NaiveDateTime) -> NaiveDateTime {
    if is_date(local.date()) {
        return local;
    }
    local.clamp(FIRST_DAY.and_time(NaiveTime::MIN), LAST_DAY.and_time(LAST_TIME))
}

/// Whether a day can be said.
#[must_use]
pub fn is_date(date: NaiveDate) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year())
}

/// How an instant goes over the wire: written as the nearest that can be said, read only if it can be.
/// `#[serde(with = "civil::instant")]`.
pub mod instant {
    use super::{CivilInstant, DateTime, Deserialize, Deserializer, Serialize, Serializer, Utc, within};

    /// Writes it.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
        within(*at).serialize(serializer)
    }

    /// Reads it.
    ///
    /// # Errors
    /// That it is none of these years.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
        CivilInstant::deserialize(deserializer).map(CivilInstant::utc)
    }
}

/// The same for an instant that there may be none of, with `default`.
pub mod some_instant {
    use super::{CivilInstant, DateTime, Deserialize, Deserializer, Serialize, Serializer, Utc, within};

    /// Writes it.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
        at.map(within).serialize(serializer)
    }

    /// Reads it.
    ///
    /// # Errors
    /// That it is none of these years.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        Ok(Option::<CivilInstant>::deserialize(deserializer)?.map(CivilInstant::utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is reached by whoever likes to.
    const EDGES: [&str; 16] = [
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+2026-11-24T08:00:00Z",
        "-0001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "2201-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-02-30T08:00:00Z",
        "99999999999999999999",
        "",
        "now",
        "2026",
        "2026-11-24T08:00:00+99:00",
        "٢٠٢٦-11-24T08:00:00Z",
    ];

    #[test]
    fn prom_10_instants_outside_the_years_that_can_be_said_are_none() {
        for text in EDGES {
            assert_eq!(text.parse::<CivilInstant>(), Err(NoCivilTime), "{text}");
            assert!(serde_json::from_value::<CivilInstant>(text.into()).is_err(), "{text}");
        }
        // An offset does not lead over the edge either.
        assert!("2200-12-31T23:59:59-14:00".parse::<CivilInstant>().is_err());
        assert!("1900-01-01T00:00:00+14:00".parse::<CivilInstant>().is_err());
        for text in ["1900-01-01T00:00:00Z", "2200-12-31T23:59:59.999Z", "2026-11-24T10:15:00+02:00"] {
            let at: CivilInstant = text.parse().unwrap();
            assert_eq!(at.utc(), text.parse::<DateTime<Utc>>().unwrap());
            assert_eq!(serde_json::to_value(at).unwrap(), serde_json::to_value(at.utc()).unwrap());
        }
        // The journal keeps milliseconds, and no second that was put in.
        let odd: CivilInstant = "2026-11-24T08:15:00.123456789Z".parse().unwrap();
        assert_eq!(odd.utc().timestamp_subsec_nanos(), 123_000_000);
        let put_in: CivilInstant = "2016-12-31T23:59:60Z".parse().unwrap();
        assert_eq!(put_in.utc().to_rfc3339(), "2017-01-01T00:00:00+00:00");
    }

    #[test]
    fn prom_10_dates_of_mails_and_headers_are_read_within_the_years_that_can_be_said() {
        let at: CivilInstant = "2026-11-28T21:00:05Z".parse().unwrap();
        for text in ["Sat, 28 Nov 2026 23:00:05 +0200", "Sat, 28 Nov 2026 21:00:05 GMT", "28 Nov 2026 21:00:05 +0000"] {
            assert_eq!(CivilInstant::from_rfc2822(text), Ok(at), "{text}");
        }
        for text in [
            "Fri, 31 Dec 1899 23:59:59 GMT",
            "Thu, 01 Jan 2201 00:00:00 GMT",
            "Wed, 31 Dec 2200 23:59:59 -2300",
            "Sat, 01 Jan 262142 00:00:00 GMT",
            "Sat, 28 Nov 99999999999 21:00:05 GMT",
            "Sun, 28 Nov 2026 21:00:05 GMT",
            "2026-11-28T21:00:05Z",
            "Sat, 28 Nov 2026",
            "",
            "Sat, ٢٨ Nov 2026 21:00:05 GMT",
        ] {
            assert_eq!(CivilInstant::from_rfc2822(text), Err(NoCivilTime), "{text}");
        }
        let long = format!("Sat, 28 Nov 2026 21:00:05 GMT ({})", "x".repeat(100));
        assert_eq!(CivilInstant::from_rfc2822(&long), Err(NoCivilTime));
    }

    #[test]
    fn prom_10_days_and_times_of_day_outside_are_none() {
        for text in ["-262143-01-01", "+262142-12-31", "1899-12-31", "2201-01-01", "0001-01-01", "", "2026-13-01"] {
            assert_eq!(text.parse::<CivilDate>(), Err(NoCivilTime), "{text}");
            assert_eq!(format!("{text}T08:00").parse::<CivilMoment>(), Err(NoCivilTime), "{text}");
        }
        for text in ["24:00", "23:59:60", "08", "8", "-1:00", "08:00:00.5", ""] {
            assert_eq!(text.parse::<CivilTime>(), Err(NoCivilTime), "{text}");
            assert_eq!(format!("2026-11-24T{text}").parse::<CivilMoment>(), Err(NoCivilTime), "{text}");
        }
        assert_eq!("2026-11-24".parse::<CivilDate>().unwrap().date().day(), 24);
        assert_eq!("08:15".parse::<CivilTime>().unwrap().time().minute(), 15);
        let moment: CivilMoment = "2026-11-24T08:15:00".parse().unwrap();
        assert_eq!("2026-11-24 08:15".parse(), Ok(moment));
    }

    #[test]
    fn prom_10_what_a_journal_holds_is_brought_to_the_nearest() {
        for edge in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(CivilInstant::new(edge).is_none());
            assert!(CivilInstant::new(within(edge)).is_some());
        }
        for edge in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            assert!(is_date(local_within(edge).date()));
        }
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Sent {
            #[serde(with = "instant")]
            at: DateTime<Utc>,
            #[serde(with = "some_instant", default)]
            until: Option<DateTime<Utc>>,
        }
        let sent = Sent { at: DateTime::<Utc>::MAX_UTC, until: None };
        let text = serde_json::to_string(&sent).unwrap();
        assert_eq!(text, r#"{"at":"2200-12-31T23:59:59.999Z","until":null}"#);
        assert!(serde_json::from_str::<Sent>(&text).is_ok());
        assert!(serde_json::from_str::<Sent>(r#"{"at":"2026-11-24T08:00:00Z"}"#).is_ok());
        assert!(serde_json::from_str::<Sent>(r#"{"at":"+262142-12-31T23:59:59Z"}"#).is_err());
    }
}
