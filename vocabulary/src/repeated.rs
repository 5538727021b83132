//! The hour that comes twice when the clocks go back: which of the two an instant is in.

use chrono::{DateTime, LocalResult, Offset, TimeZone, Utc};
use chrono_tz::{OffsetComponents, Tz};

use crate::civil;

/// By what the two instants with one time of day are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RepeatedHour {
    /// The clocks of summer show it.
    Summer,
    /// Those of winter do.
    Winter,
    /// Both are of one season, in a zone that changed for good: its offset, e.g. `UTC+03:00`.
    Offset(String),
}

impl RepeatedHour {
    /// Which of the two an instant is in; none for every instant whose time of day comes once.
    #[must_use]
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Option<Self> {
        let at = civil::within(at);
        let local = at.with_timezone(&zone).naive_local();
        let LocalResult::Ambiguous(one, other) = zone.offset_from_local_datetime(&local) else { return None };
        let here = zone.offset_from_utc_datetime(&at.naive_utc());
        Some(if one.dst_offset().is_zero() == other.dst_offset().is_zero() {
            Self::Offset(format!("UTC{}", here.fix()))
        } else if here.dst_offset().is_zero() {
            Self::Winter
        } else {
            Self::Summer
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_10_the_night_of_october_has_two_hours_and_every_other_has_one() {
        let athens = |at: &str| RepeatedHour::of(at.parse().unwrap(), chrono_tz::Europe::Athens);
        for day in ["2026-10-25", "2027-10-31"] {
            assert_eq!(athens(&format!("{day}T00:00:00Z")), Some(RepeatedHour::Summer));
            assert_eq!(athens(&format!("{day}T00:59:59Z")), Some(RepeatedHour::Summer));
            assert_eq!(athens(&format!("{day}T01:00:00Z")), Some(RepeatedHour::Winter));
            assert_eq!(athens(&format!("{day}T01:59:59Z")), Some(RepeatedHour::Winter));
            assert_eq!(athens(&format!("{day}T02:00:00Z")), None);
        }
        assert_eq!(athens("2026-10-24T23:59:59Z"), None);
        assert_eq!(athens("2027-03-28T00:30:00Z"), None);
        let volgograd = "2020-12-26T21:30:00Z".parse().unwrap();
        let offset = RepeatedHour::of(volgograd, chrono_tz::Europe::Volgograd);
        assert_eq!(offset, Some(RepeatedHour::Offset("UTC+04:00".to_owned())));
    }
}
