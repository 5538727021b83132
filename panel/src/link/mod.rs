//! The link to the hub: pairing, the feed, and commands, on threads behind channels, so that no frame ever waits.

mod commands;
mod feed;
mod pairing;
pub mod sse;
pub mod token;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use chrono::{DateTime, Utc};
use crossbeam_channel::{Receiver, Sender, unbounded};
use serde::de::DeserializeOwned;
use wire::{DeviceKind, FeedClock};

pub use commands::{Ask, NoAnswer, Reply, Urgency};
use token::{Credentials, TokenFile};

use crate::alarm::Wake;

/// Where the hub is, and who this device is.
#[derive(Debug, Clone)]
pub struct LinkConfig {
    /// The hub's address, without a path.
    pub hub: String,
    /// What the device is.
    pub kind: DeviceKind,
    /// What its configuration calls it.
    pub name: String,
    /// The folder for its token.
    pub state: PathBuf,
    /// The feed that it follows: `board` or `kiosk`.
    pub feed: &'static str,
}

/// What the link has to tell.
#[derive(Debug, Clone)]
pub enum News<V> {
    /// Nobody knows this device yet: show the code.
    Pairing {
        /// The code for the administrator.
        code: String,
    },
    /// Let in.
    Paired,
    /// The hub told its time.
    Clock(FeedClock),
    /// The whole view; it replaces the one before.
    View {
        /// The history that its calls belong to.
        epoch: u64,
        /// The view.
        view: Box<V>,
    },
    /// Nothing was heard of the hub for too long.
    Lost {
        /// When it was heard last, by its own clock.
        since: DateTime<Utc>,
    },
}

/// How the device stands to its hub.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Just started.
    #[default]
    Starting,
    /// Shows a code and waits for an administrator.
    Pairing {
        /// The code.
        code: String,
    },
    /// Follows the feed.
    Live,
    /// Hears nothing.
    Lost {
        /// Since when, by the hub's clock.
        since: DateTime<Utc>,
    },
}

impl Standing {
    /// What it is after `news`.
    pub fn take<V>(&mut self, news: &News<V>) {
        match news {
            News::Pairing { code } => *self = Self::Pairing { code: code.clone() },
            News::Paired => *self = Self::Starting,
            News::Clock(_) => {}
            News::View { .. } => *self = Self::Live,
            News::Lost { since } => *self = Self::Lost { since: *since },
        }
    }
}

/// Both ends of the link.
#[derive(Debug, Clone)]
pub struct Link<V> {
    /// What the hub says.
    pub news: Receiver<News<V>>,
    /// Answers to what was asked, in the order in which they came.
    pub replies: Receiver<Reply>,
    asks: Sender<Ask>,
}

impl<V: DeserializeOwned + Send + 'static> Link<V> {
    /// Starts the threads; they end with the program.
    ///
    /// # Errors
    /// The state folder cannot be made.
    pub fn start(config: LinkConfig, wake: &Wake) -> std::io::Result<Self> {
        let file = TokenFile::in_folder(&config.state)?;
        let shared = SharedCredentials::default();
        let ((to_news, news), (to_replies, replies), (asks, to_ask)) = (unbounded(), unbounded(), unbounded());
        commands::start(config.hub.clone(), shared.clone(), to_ask, to_replies, wake.clone());
        let follower = feed::Follower::new(config, file, shared, to_news, wake.clone());
        thread::spawn(move || follower.run());
        Ok(Self { news, replies, asks })
    }
}

/// The other end of a link on which no hub hangs.
#[derive(Debug)]
pub struct FarEnd<V> {
    /// Says what a hub would.
    pub news: Sender<News<V>>,
    /// Answers.
    pub replies: Sender<Reply>,
    /// What was asked.
    pub asks: Receiver<Ask>,
}

impl<V> Link<V> {
    /// A link without threads, and its other end: for whoever plays the hub by hand.
    #[must_use]
    pub fn loose() -> (Self, FarEnd<V>) {
        let ((to_news, news), (to_replies, replies), (asks, asked)) = (unbounded(), unbounded(), unbounded());
        (Self { news, replies, asks }, FarEnd { news: to_news, replies: to_replies, asks: asked })
    }

    /// Sends a command; its reply comes through `replies`.
    pub fn ask(&self, ask: Ask) {
        // The thread ends with the program only.
        drop(self.asks.send(ask));
    }
}

/// What pairing gave, for both threads.
#[derive(Debug, Clone, Default)]
struct SharedCredentials(Arc<Mutex<Option<Credentials>>>);

impl SharedCredentials {
    fn get(&self) -> Option<Credentials> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, credentials: Option<Credentials>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = credentials;
    }
}

/// Grows with each failure, with a part of chance so that a hundred devices do not come back in one instant.
#[derive(Debug)]
struct BackOff {
    failures: u32,
}

impl BackOff {
    const FIRST: Duration = Duration::from_millis(100);
    const LONGEST: Duration = Duration::from_millis(2000);

    const fn new() -> Self {
        Self { failures: 0 }
    }

    const fn reset(&mut self) {
        self.failures = 0;
    }

    /// How long to wait before the next try.
    fn next(&mut self) -> Duration {
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
