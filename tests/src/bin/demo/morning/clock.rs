//! The hub's clock, as those who play in the morning see it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Athens;
use tests::{hub::Hub, wait};

/// The hub's clock, read once and carried on.
#[derive(Debug, Clone, Copy)]
pub struct MorningClock {
    at: DateTime<Utc>,
    read: Instant,
    speed: f64,
}

impl MorningClock {
    /// Reads the clock of a hub that runs at this speed.
    pub fn of(hub: &Hub, speed: f64) -> Result<Self> {
        Ok(Self { at: hub.now()?, read: Instant::now(), speed })
    }

    /// The hub's time.
    pub fn now(&self) -> DateTime<Utc> {
        let passed = self.read.elapsed().as_secs_f64() * self.speed;
        self.at + TimeDelta::milliseconds((passed * 1000.0) as i64)
    }

    /// The same, as a clock on the wall shows it.
    pub fn on_the_wall(&self) -> String {
        self.now().with_timezone(&Athens).format("%H:%M").to_string()
    }

    /// Lets minutes of the hub's clock pass, or the office close.
    pub fn wait(&self, minutes: f64, stop: &AtomicBool) {
        self.wait_until(self.now() + TimeDelta::milliseconds((minutes * 60_000.0) as i64), stop);
    }

    /// Waits for a time of the hub's clock, or for the office to close.
    pub fn wait_until(&self, time: DateTime<Utc>, stop: &AtomicBool) {
        while self.now() < time && !stop.load(Ordering::Relaxed) {
            wait::pass(Duration::from_millis(50));
        }
    }
}
