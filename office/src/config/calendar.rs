//! Weekly hours, and the days that differ from them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::{DeskId, Words};

/// A stretch of local time on some weekdays; the end is not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklySpan {
    /// On these days.
    pub days: Vec<Weekday>,
    /// The local time at which it begins.
    pub from: NaiveTime,
    /// The local time at which it ends, which is no part of it.
    pub to: NaiveTime,
}

/// Serving, tickets, doors and telephone have hours of their own (FLD-35). Where one is empty, serving's hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hours {
    /// When people are served at desks.
    pub serving: Vec<WeeklySpan>,
    /// When tickets are given.
    pub tickets: Vec<WeeklySpan>,
    /// When the doors are open.
    pub doors: Vec<WeeklySpan>,
    /// When the office calls by telephone and teleconference.
    pub telephone: Vec<WeeklySpan>,
}

/// Days that differ.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calendar {
    /// Whether the thirteen holidays and two half days of the Greek public sector hold (`calendar::holidays`).
    pub greek_public_sector: bool,
    /// Days of the place, each year: a patron saint, a liberation.
    pub local_holidays: Vec<LocalHoliday>,
    /// Closed from and to: a strike, elections, a moved first of May; of the office, or of one desk.
    pub closures: Vec<Closure>,
    /// Days on which the office closes early.
    pub early_closes: Vec<EarlyClose>,
    /// Holidays on which this office works all the same.
    pub open_anyway: Vec<NaiveDate>,
    /// Other hours from a day on; of several that hold on a day, the one decided last (FLD-15).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours_changes: Vec<HoursChange>,
}

impl Calendar {
    /// Whether the office decided hours for this one day: then it works on it, holiday or not.
    pub(crate) fn has_hours_of_its_own(&self, date: NaiveDate) -> bool {
        let decided = self.hours_changes.iter().rev().find(|change| change.desk.is_none() && change.holds_on(date));
        decided.is_some_and(|change| change.first == date && change.last == Some(date))
    }
}

/// Other hours from a day on, or on some days: decided on a page while the office runs, and not written in the office's own
/// file (FLD-15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursChange {
    /// First local day.
    pub first: NaiveDate,
    /// Last local day; without an end if unset.
    pub last: Option<NaiveDate>,
    /// Of this desk; of the whole office if unset.
    pub desk: Option<DeskId>,
    /// The hours; a weekday without any is closed.
    pub spans: Vec<WeeklySpan>,
    /// Why, as people are told.
    pub because: Words,
}

impl HoursChange {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.first <= date && self.last.is_none_or(|last| date <= last)
    }
}

/// A holiday of the place, on the same date each year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalHoliday {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// What people call the day, in Greek and English.
    pub name: Words,
}

/// A stretch of local time in which the office, or one desk, is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The local moment at which it begins.
    pub from: NaiveDateTime,
    /// To; not part of it.
    pub to: NaiveDateTime,
    /// Only this desk; the whole office if unset.
    pub desk: Option<DeskId>,
    /// Why, as people are told.
    pub because: Words,
    /// Decided on a page while the office runs (FLD-15), and not written in the office's own file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_staff: bool,
}

/// A day that ends early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlyClose {
    /// The day.
    pub date: NaiveDate,
    /// Serving and tickets end then.
    pub at: NaiveTime,
    /// Why, as people are told.
    pub because: Words,
}
