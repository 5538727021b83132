//! What a program tells systemd of itself: that it is ready, that its main loop goes round, that it stops.
//!
//! A window runs within a session, whose process is the one that `WATCHDOG_PID` names. So that name is not compared with our
//! own: whoever inherits the socket and the interval beats, and the unit says `NotifyAccess=all`.

use std::{env, time::Duration};

use sd_notify::NotifyState;

/// So many beats are sent in the time after which systemd believes a program dead.
const BEATS: u32 = 3;

/// The line to whoever started the program; nothing is said where nobody listens.
#[derive(Debug, Clone, Copy)]
pub struct Heartbeat {
    is_heard: bool,
    every: Option<Duration>,
}

impl Heartbeat {
    /// As the environment says it.
    #[must_use]
    pub fn of_environment() -> Self {
        let is_heard = env::var_os("NOTIFY_SOCKET").is_some();
        let usec = env::var("WATCHDOG_USEC").ok().and_then(|usec| usec.parse().ok());
        let every =
            usec.filter(|usec| is_heard && *usec > 0).map(Duration::from_micros).map(|patience| patience / BEATS);
        Self { is_heard, every }
    }

    /// How often a beat is due; never, where nobody counts them.
    #[must_use]
    pub const fn every(&self) -> Option<Duration> {
        self.every
    }

    /// The program does its work from now on.
    pub fn ready(&self) {
        self.say(NotifyState::Ready);
    }

    /// The main loop went round once more.
    pub fn beat(&self) {
        if self.every.is_some() {
            self.say(NotifyState::Watchdog);
        }
    }

    /// The program stops because it was told to.
    pub fn stopping(&self) {
        self.say(NotifyState::Stopping);
    }

    fn say(&self, state: NotifyState<'_>) {
        if self.is_heard {
            // A socket that is gone means that nobody waits for the word.
            let _ = sd_notify::notify(&[state]);
        }
    }
}
