//! What happens in the morning, told in the terminal, a line each.

use std::io::{Write as _, stdout};

use super::clock::MorningClock;

/// Tells what happens, with the hub's time.
pub struct Narrator {
    clock: MorningClock,
}

impl Narrator {
    pub const fn new(clock: MorningClock) -> Self {
        Self { clock }
    }

    /// Tells one thing. A terminal that was closed is no reason to stop the office.
    pub fn say(&self, what: &str) {
        let mut out = stdout().lock();
        let _ = writeln!(out, "{}  {what}", self.clock.on_the_wall()).and_then(|()| out.flush());
    }
}
