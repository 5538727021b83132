//! What is asked about free times, and how long serving is planned to take.

use chrono::NaiveDate;

use crate::{
    Audience, Channel, Service, ServiceId,
    life::length::{CASES_MAX, PERSONS_MAX},
};

/// A question about free times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query {
    /// The service of which a time is wanted.
    pub service: ServiceId,
    /// In which way.
    pub channel: Channel,
    /// How many persons (FLD-32).
    pub persons: u8,
    /// With how many cases (FLD-32).
    pub cases: u8,
    /// Who asks (FLD-16).
    pub audience: Audience,
    /// First local day.
    pub from: NaiveDate,
    /// So many local days.
    pub days: u16,
}

/// What [`Query`] and [`crate::TimeWish`] have in common: all but the time.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub service: ServiceId,
    pub channel: Channel,
    pub persons: u8,
    pub cases: u8,
    pub audience: Audience,
}

/// The planned length in minutes of so many persons and cases (FLD-32); `None` without a person or a case, with more than
/// come together, or beyond what a `u16` holds.
#[must_use]
pub fn planned_minutes(service: &Service, persons: u8, cases: u8) -> Option<u16> {
    if persons > PERSONS_MAX || cases > CASES_MAX {
        return None;
    }
    let further = |count: u8, each: u16| u16::from(count.checked_sub(1)?).checked_mul(each);
    let persons = further(persons, service.minutes_per_further_person)?;
    let cases = further(cases, service.minutes_per_further_case)?;
    service.planned_minutes.checked_add(persons)?.checked_add(cases)
}
