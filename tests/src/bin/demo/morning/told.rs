//! What happens in the morning, told in the terminal, a line each.

use std::io::{Write as _, stdout};

use super::clock::Clock;

/// Tells what happens, with the hub's time.
pub struct Told {
    clock: Clock,
}

impl Told {
    pub const fn new(clock: Clock) -> Self {
        Self { clock }
    }

    /// Tells one thing. A terminal that was closed is no reason to stop the office.
    pub fn say(&self, what: &str) {
        let mut out = stdout().lock();
        let _ = writeln!(out, "{}  {what}", self.clock.on_the_wall()).and_then(|()| out.flush());
    }
}
