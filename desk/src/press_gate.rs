//! Which presses count: one at a time, and none so soon after another that a hand meant only one.

use std::time::Duration;

/// Two presses within this are one: a key that bounces, or a hand that doubts.
const APART: Duration = Duration::from_secs(1);

/// Lets presses through.
#[derive(Debug, Clone, Copy, Default)]
pub struct PressGate {
    waits: bool,
    last: Option<Duration>,
}

impl PressGate {
    /// Whether a press counts; its answer is waited for then.
    pub fn press(&mut self, now: Duration) -> bool {
        let is_same = self.last.is_some_and(|last| now.saturating_sub(last) < APART);
        if self.waits || is_same {
            return false;
        }
        *self = Self { waits: true, last: Some(now) };
        true
    }

    /// The answer is there.
    pub const fn answered(&mut self) {
        self.waits = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_04_two_presses_of_one_hand_are_one() {
        let mut gate = PressGate::default();
        let at = Duration::from_millis;
        assert!(gate.press(at(0)));
        assert!(!gate.press(at(5_000)), "its answer is not there yet");
        gate.answered();
        assert!(gate.press(at(5_001)));
        gate.answered();
        assert!(!gate.press(at(5_900)), "answered at once, and pressed by the same hand");
        assert!(gate.press(at(6_001)));
    }
}
