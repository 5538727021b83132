//! What the link tells of the hub, and how the device stands to its hub after it.

use chrono::{DateTime, Utc};
use wire::FeedClock;

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
pub enum LinkState {
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

impl LinkState {
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
