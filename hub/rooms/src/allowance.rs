//! How much one seat may send: a handful at once, when browsers connect, and a few a second from then on.

use chrono::{DateTime, TimeDelta, Utc};

/// So many at once: two browsers tell each other 10 to 40 ways, and there are two others.
const AT_ONCE: f64 = 200.0;
/// So many a second from then on.
const PER_SECOND: f64 = 10.0;

/// What is left to a seat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeatAllowance {
    left: f64,
    at: DateTime<Utc>,
}

impl SeatAllowance {
    /// That of a seat that is taken now.
    pub const fn new(now: DateTime<Utc>) -> Self {
        Self { left: AT_ONCE, at: now }
    }

    /// Takes one; says whether there was one.
    pub fn take(&mut self, now: DateTime<Utc>) -> bool {
        let passed = (now - self.at).max(TimeDelta::zero()).as_seconds_f64();
        self.left = passed.mul_add(PER_SECOND, self.left).min(AT_ONCE);
        self.at = now.max(self.at);
        let has = self.left >= 1.0;
        if has {
            self.left -= 1.0;
        }
        has
    }
}
