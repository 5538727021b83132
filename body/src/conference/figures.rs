//! What was held in a year, month by month, and how much of the capacity that took at most: numbers without people.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

use crate::UnitId;

/// A conference that was held, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldConference {
    /// For which unit; for the whole organisation, if unset.
    pub unit: Option<UnitId>,
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub until: DateTime<Utc>,
    /// So many people went in.
    pub came: u32,
}

/// What was held in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthFigures {
    /// So many conferences.
    pub conferences: u32,
    /// So many passes through their waiting pages.
    pub participants: u32,
    /// For so many minutes in all.
    pub minutes: u64,
    /// So many at the same time, at most.
    pub rooms_peak: u32,
}

/// What began in a year of the body's clock, month by month, for one unit or for all.
#[must_use]
pub fn year(held: &[HeldConference], zone: Tz, year: i32, of: Option<Option<UnitId>>) -> [MonthFigures; 12] {
    let mut months = [MonthFigures::default(); 12];
    let mut turns: Vec<(DateTime<Utc>, bool, usize)> = Vec::new();
    for one in held.iter().filter(|one| of.is_none_or(|unit| one.unit == unit)) {
        let local = one.from.with_timezone(&zone);
        let index = usize::try_from(local.month0()).unwrap_or_default();
        let Some(month) = months.get_mut(index).filter(|_| local.year() == year) else { continue };
        month.conferences = month.conferences.saturating_add(1);
        month.participants = month.participants.saturating_add(one.came);
        let minutes = one.until.signed_duration_since(one.from).num_minutes().max(0);
        month.minutes = month.minutes.saturating_add(minutes.unsigned_abs());
        turns.push((one.from, true, index));
        turns.push((one.until, false, index));
    }
    // One that ends at the moment at which another begins leaves its room to it.
    turns.sort_unstable();
    let mut now = 0_u32;
    for (_, begins, index) in turns {
        if !begins {
            now = now.saturating_sub(1);
            continue;
        }
        now = now.saturating_add(1);
        if let Some(month) = months.get_mut(index) {
            month.rooms_peak = month.rooms_peak.max(now);
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Athens;

    use super::*;

    fn held(unit: Option<u16>, from: &str, until: &str, came: u32) -> HeldConference {
        let at = |text: &str| text.parse().unwrap();
        HeldConference { unit: unit.map(UnitId), from: at(from), until: at(until), came }
    }

    #[test]
    fn pre_09_a_year_is_counted_by_the_clock_on_the_wall() {
        let all = [
            held(None, "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 4),
            held(Some(1), "2026-01-10T08:30:00Z", "2026-01-10T10:00:00Z", 3),
            held(Some(1), "2026-01-10T09:00:00Z", "2026-01-10T09:30:00Z", 2),
            // Half an hour after midnight of the first of February in Athens.
            held(None, "2026-01-31T22:30:00Z", "2026-01-31T23:00:00Z", 1),
            held(None, "2025-12-31T20:00:00Z", "2025-12-31T21:00:00Z", 9),
        ];
        let months = year(&all, Athens, 2026, None);
        assert_eq!(months[0], MonthFigures { conferences: 3, participants: 9, minutes: 180, rooms_peak: 2 });
        assert_eq!(months[1], MonthFigures { conferences: 1, participants: 1, minutes: 30, rooms_peak: 1 });
        let unit = year(&all, Athens, 2026, Some(Some(UnitId(1))));
        assert_eq!(unit[0], MonthFigures { conferences: 2, participants: 5, minutes: 120, rooms_peak: 2 });
        assert_eq!(year(&all, Athens, 2026, Some(None))[0].conferences, 1, "of the whole organisation alone");
        assert_eq!(year(&all, Athens, 2027, None), [MonthFigures::default(); 12]);
    }
}
