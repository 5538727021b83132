//! The hub's time on a device: what a story sets its hour by, and what every clock and every "since" shows.

use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use wire::FeedClock;

/// As fast as `hub rehearse` lets a clock run; whoever says more is no hub of ours.
const SPEED_MAX: f64 = 100_000.0;

/// The hub's clock, carried on from the last time that the hub told it.
#[derive(Debug, Clone, Copy)]
pub struct HubClock {
    told: FeedClock,
    at: Instant,
}

impl HubClock {
    /// What this machine's own clock shows, as a header of a request says it (RFC 9110, 5.6.7).
    #[must_use]
    pub fn http_date() -> String {
        machine_now().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// The hub said `told`, just now.
    #[must_use]
    pub fn told(told: FeedClock) -> Self {
        let speed = if told.speed.is_finite() { told.speed.clamp(0.0, SPEED_MAX) } else { 1.0 };
        Self { told: FeedClock { speed, ..told }, at: Instant::now() }
    }

    /// The machine's own clock, until the hub has spoken.
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self::told(FeedClock { now: machine_now(), speed: 1.0 })
    }

    /// The hub's time at `instant`.
    #[must_use]
    pub fn at(&self, instant: Instant) -> DateTime<Utc> {
        let passed = instant.saturating_duration_since(self.at).as_secs_f64() * self.told.speed;
        // A clock that was set to the end of the calendar stands still there.
        let passed = TimeDelta::try_milliseconds((passed * 1000.0) as i64).unwrap_or(TimeDelta::MAX);
        self.told.now.checked_add_signed(passed).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The hub's time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.at(Instant::now())
    }

    /// When the hub's clock will show `time`; at once if it has passed.
    #[must_use]
    pub fn instant_of(&self, time: DateTime<Utc>) -> Instant {
        let rest = (time - self.told.now).num_milliseconds().max(0) as f64 / 1000.0;
        self.at + Duration::from_secs_f64(rest / self.told.speed.max(0.001))
    }

    /// When the shown minute changes next.
    #[must_use]
    pub fn next_minute(&self, instant: Instant) -> Instant {
        const MINUTE_SECONDS: i64 = 60;
        let now = self.at(instant).timestamp();
        let next = (now.div_euclid(MINUTE_SECONDS) + 1) * MINUTE_SECONDS;
        // A breath after the turn of the minute, so that rounding never shows the minute before.
        let due = self.instant_of(DateTime::from_timestamp(next, 0).unwrap_or_default());
        due.max(instant) + Duration::from_millis(5)
    }
}

/// What this machine's own clock shows.
#[must_use]
pub fn machine_now() -> DateTime<Utc> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    DateTime::from_timestamp_millis(since.as_millis() as i64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_14_no_speed_breaks_a_device() {
        let now = "2200-12-31T23:59:59Z".parse().unwrap();
        for speed in [-1.0, 0.0, 1e300, f64::INFINITY, f64::NAN] {
            let clock = HubClock::told(FeedClock { now, speed });
            let later = clock.at + Duration::from_secs(40_000_000_000);
            assert!(clock.at(later) >= now, "{speed}");
            assert!(clock.next_minute(clock.at) > clock.at, "{speed}");
        }
    }

    #[test]
    fn a_rehearsal_runs_at_its_own_speed() {
        let clock = HubClock::told(FeedClock { now: "2026-11-24T08:00:30Z".parse().unwrap(), speed: 60.0 });
        let later = clock.at(clock.at + Duration::from_secs(10));
        assert_eq!(later, "2026-11-24T08:10:30Z".parse::<DateTime<Utc>>().unwrap());
        // Half a minute of the hub is half a second here.
        let due = clock.next_minute(clock.at) - clock.at;
        assert!((495..=515).contains(&due.as_millis()), "{due:?}");
    }
}
