//! Which starts of a day were found free, until something of that day changes: the same is asked again and again.
//!
//! It is no part of what an office is, but of how quickly it answers: left out when offices are compared or kept, and
//! empty in a copy. Whatever changes what a day offers forgets the day.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{Channel, ServiceId};

/// Kinds of questions that are remembered of one day; the oldest goes first.
const KINDS_MAX: usize = 24;

/// What was found, by local day; only slots look into it.
#[derive(Default)]
pub struct Remembered(Mutex<BTreeMap<NaiveDate, Vec<Found>>>);

/// All that the free starts of a day depend on, beside what is in the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub service: ServiceId,
    pub channel: Channel,
    /// Whether the public's desks and hours count (FLD-16); of all of the public the same are free.
    pub public: bool,
    /// Planned length.
    pub minutes: u16,
    /// The local day on which it was asked: what cools is given back on the day itself.
    pub today: NaiveDate,
}

/// The free starts of a day for one kind of question, and while they stay so by time alone.
struct Found {
    kind: Kind,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    starts: Starts,
}

/// Some of the starts of a day, one bit each from the first on.
#[derive(Clone)]
pub(super) struct Starts {
    first: i64,
    step: i64,
    bits: Arc<[u64]>,
}

impl Starts {
    /// These starts, in unix seconds and in order, all a whole number of steps apart.
    pub fn new(starts: &[i64], step: i64) -> Self {
        let first = starts.first().copied().unwrap_or(0);
        let mut bits = Vec::new();
        for start in starts {
            let place = usize::try_from((start - first) / step).unwrap_or(0);
            bits.resize(bits.len().max(place / 64 + 1), 0_u64);
            bits[place / 64] |= 1 << (place % 64);
        }
        Self { first, step, bits: bits.into() }
    }

    /// Whether a start is among them.
    pub fn contains(&self, start: i64) -> bool {
        let Ok(after) = u64::try_from(start - self.first) else { return false };
        let step = self.step.unsigned_abs();
        let place = usize::try_from(after / step).unwrap_or(usize::MAX);
        after.is_multiple_of(step) && self.bits.get(place / 64).is_some_and(|bits| bits & (1 << (place % 64)) != 0)
    }
}

impl Remembered {
    /// What was found for a day, if it still holds at `now`.
    pub(super) fn recall(&self, date: NaiveDate, kind: &Kind, now: DateTime<Utc>) -> Option<Starts> {
        let days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = days.get(&date)?.iter().find(|found| found.kind == *kind)?;
        (found.from <= now && now < found.until).then(|| found.starts.clone())
    }

    /// Remembers what was found for a day at `now`, and holds until then.
    pub(super) fn keep(
        &self,
        date: NaiveDate,
        kind: Kind,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        starts: Starts,
    ) {
        let mut days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = days.entry(date).or_default();
        day.retain(|found| found.kind != kind);
        if day.len() == KINDS_MAX {
            day.remove(0);
        }
        day.push(Found { kind, from, until, starts });
    }

    /// What a day offers has changed.
    pub(crate) fn forget(&mut self, date: NaiveDate) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).remove(&date);
    }

    /// What every day offers may have changed.
    pub(crate) fn forget_all(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Clone for Remembered {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Remembered {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl std::fmt::Debug for Remembered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Remembered")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_told_from_others() {
        let some = [600, 1_200, 1_800, 39_600, 40_200];
        let starts = Starts::new(&some, 600);
        for start in (-1_200..60_000).step_by(300) {
            assert_eq!(starts.contains(start), some.contains(&start), "{start}");
        }
        assert!(!Starts::new(&[], 600).contains(0));
    }
}
