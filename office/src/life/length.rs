//! How long serving is planned to take, and how many may come together.

use crate::{Refusal, Service};

/// Persons on one ticket or booking, at most: more come as a group that the office arranges by hand.
pub(crate) const PERSONS_MAX: u8 = 20;
/// Cases on one ticket or booking, at most.
pub(crate) const CASES_MAX: u8 = 20;
/// A clerk may judge a visit to take so long, at most.
pub(crate) const PLANNED_MINUTES_MAX: u16 = 480;

/// Planned length of serving, in minutes, with persons and cases counted in (FLD-32).
pub(crate) fn planned_minutes(service: &Service, persons: u8, cases: u8) -> Result<u16, Refusal> {
    if !(1..=PERSONS_MAX).contains(&persons) || !(1..=CASES_MAX).contains(&cases) {
        return Err(Refusal::BadCount);
    }
    let further_persons = u32::from(persons - 1) * u32::from(service.minutes_per_further_person);
    let further_cases = u32::from(cases - 1) * u32::from(service.minutes_per_further_case);
    let minutes = u32::from(service.planned_minutes) + further_persons + further_cases;
    u16::try_from(minutes).ok().filter(|minutes| *minutes <= PLANNED_MINUTES_MAX).ok_or(Refusal::BadCount)
}
