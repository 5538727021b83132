//! Hours of every day in which a board is darker or quieter. Pure: the time of day is an argument.

use chrono::NaiveTime;

/// Hours of every day, which may go on after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardHours {
    from: NaiveTime,
    until: NaiveTime,
}

impl BoardHours {
    /// From one time of day until another, e.g. `21:00` and `06:30`; none where one is no time, or both are the same.
    #[must_use]
    pub fn new(from: &str, until: &str) -> Option<Self> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        let (from, until) = (time(from)?, time(until)?);
        (from != until).then_some(Self { from, until })
    }

    /// Whether a time of day lies in them; their end does not.
    #[must_use]
    pub fn has(self, at: NaiveTime) -> bool {
        if self.from < self.until { self.from <= at && at < self.until } else { self.from <= at || at < self.until }
    }
}

/// Hours in which calls are heard less, or not at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuietHours {
    /// When.
    pub hours: BoardHours,
    /// How much is left of the usual loudness, from 0 to 1.
    pub share: f32,
}

impl QuietHours {
    /// How much is left of the usual loudness at a time of day: the least that holds then.
    #[must_use]
    pub fn share_at(all: &[Self], at: NaiveTime) -> f32 {
        all.iter().filter(|one| one.hours.has(at)).fold(1.0_f32, |least, one| least.min(one.share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    #[test]
    fn hours_end_where_they_say_and_may_go_on_after_midnight() {
        let check = |from, until, inside: &[&str], outside: &[&str]| {
            let hours = BoardHours::new(from, until).unwrap();
            assert!(inside.iter().all(|time| hours.has(at(time))), "{hours:?}");
            assert!(outside.iter().all(|time| !hours.has(at(time))), "{hours:?}");
        };
        check("14:30", "17:00", &["14:30", "16:59"], &["14:29", "17:00", "00:00"]);
        check("21:00", "06:30", &["21:00", "23:59", "00:00", "06:29"], &["06:30", "20:59", "12:00"]);
        assert_eq!(BoardHours::new("9", "10:00"), None);
        assert_eq!(BoardHours::new("24:00", "10:00"), None);
        assert_eq!(BoardHours::new("10:00", "10:00"), None);
    }

    #[test]
    fn of_several_quiet_hours_the_least_holds() {
        let quiet = |from, until, share| QuietHours { hours: BoardHours::new(from, until).unwrap(), share };
        let all = [quiet("14:00", "17:00", 0.5), quiet("15:00", "16:00", 0.0)];
        let share = |time| QuietHours::share_at(&all, at(time));
        assert_eq!(["13:59", "14:00", "15:30", "16:00", "17:00"].map(share), [1.0, 0.5, 0.0, 0.5, 1.0]);
    }
}
