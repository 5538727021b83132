//! Orthodox Easter, and the holidays of the Greek public sector.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::Words;

/// A holiday or half day of the Greek public sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayName {
    /// 1 January.
    NewYear,
    /// 6 January.
    Epiphany,
    /// 48 days before Easter.
    CleanMonday,
    /// 25 March.
    Annunciation,
    /// 2 days before Easter.
    GoodFriday,
    /// The day before Easter.
    HolySaturday,
    /// The day after Easter.
    EasterMonday,
    /// 1 May; where it meets Holy Week the ministry moves it, and the office enters the moved day as a closure.
    LabourDay,
    /// 50 days after Easter.
    HolySpiritMonday,
    /// 15 August.
    Dormition,
    /// 28 October.
    OchiDay,
    /// 25 December.
    Christmas,
    /// 26 December.
    SecondChristmasDay,
    /// 24 December, a half day.
    ChristmasEve,
    /// 31 December, a half day.
    NewYearsEve,
}

impl HolidayName {
    /// As people read it.
    #[must_use]
    pub fn text(self) -> Words {
        match self {
            Self::NewYear => Words::new("Πρωτοχρονιά", "New Year's Day"),
            Self::Epiphany => Words::new("Θεοφάνια", "Epiphany"),
            Self::CleanMonday => Words::new("Καθαρά Δευτέρα", "Clean Monday"),
            Self::Annunciation => Words::new("Ευαγγελισμός, εθνική εορτή", "Annunciation, national holiday"),
            Self::GoodFriday => Words::new("Μεγάλη Παρασκευή", "Good Friday"),
            Self::HolySaturday => Words::new("Μεγάλο Σάββατο", "Holy Saturday"),
            Self::EasterMonday => Words::new("Δευτέρα του Πάσχα", "Easter Monday"),
            Self::LabourDay => Words::new("Εργατική Πρωτομαγιά", "Labour Day"),
            Self::HolySpiritMonday => Words::new("Δευτέρα του Αγίου Πνεύματος", "Holy Spirit Monday"),
            Self::Dormition => Words::new("Κοίμηση της Θεοτόκου", "Dormition of the Mother of God"),
            Self::OchiDay => Words::new("Επέτειος του Όχι", "Ochi Day"),
            Self::Christmas => Words::new("Χριστούγεννα", "Christmas Day"),
            Self::SecondChristmasDay => Words::new("Σύναξη της Θεοτόκου", "Second day of Christmas"),
            Self::ChristmasEve => Words::new("Παραμονή Χριστουγέννων, ημιαργία", "Christmas Eve, half day"),
            Self::NewYearsEve => Words::new("Παραμονή Πρωτοχρονιάς, ημιαργία", "New Year's Eve, half day"),
        }
    }
}

/// On half days work stops at 13:00.
pub const HALF_DAY_ENDS: NaiveTime = match NaiveTime::from_hms_opt(13, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Orthodox Easter Sunday, in the Gregorian calendar; `None` outside the years that dates can hold.
///
/// Meeus's rule for the Julian calendar, plus the days by which the calendars differ: 13 from 1900 to 2099
/// (`reference/field.md` 5.6; compared there with python-dateutil for these years).
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    let moon = (19 * year.rem_euclid(19) + 15) % 30;
    let sunday = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - moon + 34) % 7;
    let days = moon + sunday + 114;
    let julian = NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, 1)?;
    let century = year.div_euclid(100);
    let gap = century - century.div_euclid(4) - 2;
    julian.checked_add_days(Days::new(u64::try_from(days % 31 + gap).ok()?))
}

/// The thirteen holidays of the Greek public sector in a year, in order (`reference/field.md` 5.6).
#[must_use]
pub fn greek_public_holidays(year: i32) -> Vec<(NaiveDate, HolidayName)> {
    const FIXED: [(u32, u32, HolidayName); 8] = [
        (1, 1, HolidayName::NewYear),
        (1, 6, HolidayName::Epiphany),
        (3, 25, HolidayName::Annunciation),
        (5, 1, HolidayName::LabourDay),
        (8, 15, HolidayName::Dormition),
        (10, 28, HolidayName::OchiDay),
        (12, 25, HolidayName::Christmas),
        (12, 26, HolidayName::SecondChristmasDay),
    ];
    const MOVING: [(i64, HolidayName); 5] = [
        (-48, HolidayName::CleanMonday),
        (-2, HolidayName::GoodFriday),
        (-1, HolidayName::HolySaturday),
        (1, HolidayName::EasterMonday),
        (50, HolidayName::HolySpiritMonday),
    ];
    let fixed = FIXED.into_iter().filter_map(|(m, d, name)| Some((NaiveDate::from_ymd_opt(year, m, d)?, name)));
    let moving = easter(year).into_iter().flat_map(|sunday| {
        MOVING.into_iter().filter_map(move |(days, name)| {
            Some((sunday.checked_add_signed(chrono::TimeDelta::try_days(days)?)?, name))
        })
    });
    let mut all: Vec<_> = fixed.chain(moving).collect();
    all.sort_unstable();
    all
}

/// A holiday that is kept on another day, as the ministry decides each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovedHoliday {
    /// Its own day.
    pub from: NaiveDate,
    /// The day on which it is usually kept instead.
    pub to: NaiveDate,
}

/// Where 1 May meets Holy Week, Easter or a Sunday, it is kept by decision on another day: after Easter Monday, else on the next
/// day (2016: 3 May, 2021: 4 May, 2022: 2 May, 2024: 7 May).
#[must_use]
pub fn labour_day_moved(year: i32) -> Option<MovedHoliday> {
    let (from, sunday) = (NaiveDate::from_ymd_opt(year, 5, 1)?, easter(year)?);
    let days = (from - sunday).num_days();
    let to = if (-6..=1).contains(&days) {
        sunday.checked_add_days(Days::new(2))?
    } else if from.weekday() == Weekday::Sun {
        from.succ_opt()?
    } else {
        return None;
    };
    Some(MovedHoliday { from, to })
}

/// The two half days of a year; on them work stops at [`HALF_DAY_ENDS`].
#[must_use]
pub fn greek_half_days(year: i32) -> Vec<(NaiveDate, HolidayName)> {
    [(24, HolidayName::ChristmasEve), (31, HolidayName::NewYearsEve)]
        .into_iter()
        .filter_map(|(day, name)| Some((NaiveDate::from_ymd_opt(year, 12, day)?, name)))
        .collect()
}

/// The holiday that falls on a date, if one does.
#[must_use]
pub(super) fn holiday_on(date: NaiveDate) -> Option<HolidayName> {
    greek_public_holidays(date.year()).into_iter().find_map(|(day, name)| (day == date).then_some(name))
}

/// The half day that falls on a date, if one does.
#[must_use]
pub(super) fn half_day_on(date: NaiveDate) -> Option<HolidayName> {
    greek_half_days(date.year()).into_iter().find_map(|(day, name)| (day == date).then_some(name))
}
