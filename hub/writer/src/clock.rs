//! The hub's one clock: the machine's, or in a rehearsal one that starts at a set time and runs at a set speed.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// The longest that anything sleeps in one go: the machine's clock may be set meanwhile, and a sleep would not notice.
const SLEEP_MAX: Duration = Duration::from_secs(300);

/// A rehearsal is over after a thousand years of its own clock, which is beyond everything that can be said.
const REHEARSAL_MILLISECONDS_MAX: i64 = 1_000 * 366 * 24 * 3_600 * 1_000;

/// Where the hub's time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A rehearsal's.
    Rehearsal {
        /// When the rehearsal began, by a clock that nobody sets.
        began: Instant,
        /// The hub's time at that moment.
        at: DateTime<Utc>,
        /// Seconds of the hub's clock in one second.
        speed: f64,
    },
}

impl Clock {
    /// A clock that shows `at` now.
    pub fn rehearse(at: DateTime<Utc>, speed: f64) -> Self {
        // The journal keeps milliseconds: an office in memory that knew more would be another one than that on disk.
        Self::Rehearsal { began: Instant::now(), at: at.trunc_subsecs(3), speed }
    }

    /// The hub's time, to the millisecond: what the journal keeps. A machine whose clock is beyond the years that can be
    /// said has the nearest.
    pub fn now(self) -> DateTime<Utc> {
        office::civil::within(match self {
            Self::Machine => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
                DateTime::from_timestamp_millis(millis).unwrap_or_default()
            }
            Self::Rehearsal { began, at, speed } => {
                let millis = began.elapsed().as_secs_f64() * 1000.0 * speed;
                #[expect(clippy::cast_possible_truncation, reason = "a rehearsal is shorter than 2^63 ms")]
                let passed = TimeDelta::milliseconds((millis as i64).min(REHEARSAL_MILLISECONDS_MAX));
                at + passed
            }
        })
    }

    /// Whether it shows what a person set.
    pub const fn is_rehearsal(self) -> bool {
        match self {
            Self::Machine => false,
            Self::Rehearsal { .. } => true,
        }
    }

    /// Seconds of this clock in one second of the machine's.
    pub const fn speed(self) -> f64 {
        match self {
            Self::Machine => 1.0,
            Self::Rehearsal { speed, .. } => speed,
        }
    }

    /// How long one may sleep towards `due`; asked again after each sleep until it says `None`.
    pub fn until(self, due: DateTime<Utc>) -> Option<Duration> {
        let left = due - self.now();
        if left <= TimeDelta::zero() {
            return None;
        }
        let left = left.to_std().unwrap_or(SLEEP_MAX).div_f64(self.speed().max(0.001));
        Some(left.clamp(Duration::from_millis(1), SLEEP_MAX))
    }

    /// Sleeps until `due` by this clock.
    pub async fn sleep_until(self, due: DateTime<Utc>) {
        while let Some(left) = self.until(due) {
            tokio::time::sleep(left).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rehearsal_starts_at_its_hour_and_runs_at_its_speed() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let clock = Clock::rehearse(at, 3600.0);
        assert!(clock.now() >= at);
        assert!(clock.until(at + TimeDelta::hours(1)).unwrap() <= Duration::from_secs(1));
        assert_eq!(clock.until(at - TimeDelta::seconds(1)), None);
    }

    #[test]
    fn no_clock_knows_more_than_milliseconds() {
        let odd = DateTime::from_timestamp(1_790_000_000, 123_456_789).unwrap();
        for clock in [Clock::Machine, Clock::rehearse(odd, 1.0), Clock::rehearse(odd, 0.37)] {
            assert_eq!(clock.now().timestamp_subsec_nanos() % 1_000_000, 0, "{clock:?}");
        }
    }
}
