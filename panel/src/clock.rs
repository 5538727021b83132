//! The time of a frame: one instant for every system in it.

use std::time::{Duration, Instant};

use bevy::prelude::{ResMut, Resource};

/// The instant of this frame, the same for every system in it.
#[derive(Resource, Debug, Clone, Copy)]
pub struct FrameTime {
    at: Instant,
    by_hand: bool,
}

impl Default for FrameTime {
    fn default() -> Self {
        Self { at: Instant::now(), by_hand: false }
    }
}

impl FrameTime {
    /// A time that stands still until it is turned: for whoever steps through the frames by hand.
    #[must_use]
    pub fn by_hand() -> Self {
        Self { by_hand: true, ..Self::default() }
    }

    /// The instant.
    #[must_use]
    pub const fn at(&self) -> Instant {
        self.at
    }

    /// Turns it on.
    pub fn turn(&mut self, rest: Duration) {
        self.at += rest;
    }
}

/// Reads the machine's clock for a new frame.
pub fn read_clock(mut time: ResMut<FrameTime>) {
    if !time.by_hand {
        time.at = Instant::now();
    }
}
