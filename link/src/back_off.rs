//! How long to wait before trying again.

use std::time::Duration;

/// Grows with each failure, with a part of chance so that a hundred devices do not come back in one instant.
#[derive(Debug)]
pub struct BackOff {
    failures: u32,
}

impl BackOff {
    /// The first wait.
    pub const FIRST: Duration = Duration::from_millis(100);
    /// The longest wait.
    pub const LONGEST: Duration = Duration::from_millis(2000);

    /// Nothing has failed yet.
    pub const fn new() -> Self {
        Self { failures: 0 }
    }

    /// What was tried went well: the next failure is the first again.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }

    /// How long to wait before the next try.
    pub fn next(&mut self) -> Duration {
        let whole = Self::FIRST.saturating_mul(1 << self.failures.min(16)).min(Self::LONGEST);
        self.failures = self.failures.saturating_add(1);
        whole.mul_f64(rand::random_range(0.7..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_comes_back_quickly_and_never_waits_long() {
        let mut back_off = BackOff::new();
        let waits: Vec<Duration> = (0..20).map(|_| back_off.next()).collect();
        assert!(waits[0] <= BackOff::FIRST);
        assert!(waits.iter().all(|wait| *wait <= BackOff::LONGEST));
        assert!(waits[19] >= BackOff::LONGEST.mul_f64(0.7));
        back_off.reset();
        assert!(back_off.next() <= BackOff::FIRST);
    }
}
