//! How much of the machine all views together may take: under a flood of changes boards show it a moment later, and
//! commands go on.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Of one core, this share.
const SHARE: f64 = 0.1;
/// What was not used is kept for so long a rendering: a call on a quiet day is shown at once to everybody.
const KEPT: Duration = Duration::from_millis(100);
/// No view is kept back for longer in one go.
const BACK_MAX: Duration = Duration::from_secs(1);

/// The time left for rendering; it grows as time passes.
#[derive(Debug)]
pub struct Budget(Mutex<BudgetLevel>);

#[derive(Debug)]
struct BudgetLevel {
    /// In seconds; below zero while more was used than there was.
    left: f64,
    at: Instant,
}

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(BudgetLevel { left: KEPT.as_secs_f64(), at: Instant::now() }))
    }
}

impl Budget {
    /// A rendering has taken so long.
    pub fn used(&self, time: Duration) {
        let mut level = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        level.fill(Instant::now());
        level.left -= time.as_secs_f64();
    }

    /// How long the next one must wait.
    pub fn pause(&self) -> Duration {
        let mut level = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        level.fill(Instant::now());
        Duration::from_secs_f64((-level.left).max(0.0) / SHARE).min(BACK_MAX)
    }
}

impl BudgetLevel {
    fn fill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = passed.mul_add(SHARE, self.left).min(KEPT.as_secs_f64());
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_too_much_is_waited_for() {
        let budget = Budget::default();
        assert_eq!(budget.pause(), Duration::ZERO);
        budget.used(KEPT / 2);
        assert_eq!(budget.pause(), Duration::ZERO);
        budget.used(KEPT);
        let pause = budget.pause();
        assert!(pause > Duration::from_millis(400) && pause <= BACK_MAX, "{pause:?}");
    }
}
