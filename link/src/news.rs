//! What the link tells of the hub, and how the device stands to its hub after it.

use chrono::{DateTime, Utc};
use handshake::ThreeWords;
use wire::{FeedClock, OfficeEmblem, Provisions};

/// What the link has to tell.
#[derive(Debug, Clone)]
pub enum News<V> {
    /// Nobody knows this device yet: show the code and the words.
    Pairing {
        /// The code for the administrator to type.
        code: String,
        /// The words for the administrator to compare.
        words: ThreeWords,
    },
    /// Let in.
    Paired,
    /// The hub told its time.
    Clock(FeedClock),
    /// The office's emblem, or that it has none; told at each connection, before the view.
    Emblem(Option<Box<OfficeEmblem>>),
    /// What a kiosk has for a time without its hub; it replaces what it had before.
    Provisions(Box<Provisions>),
    /// The whole view; it replaces the one before.
    View {
        /// The history that its calls belong to.
        epoch: u64,
        /// Everything that the device shows, whole.
        view: Box<V>,
    },
    /// Nothing was heard of the hub for too long.
    Lost {
        /// When it was heard last, by its own clock.
        since: DateTime<Utc>,
    },
    /// Somebody answers, and the device gives nothing away.
    Estranged(Estrangement),
}

/// Why a device and whoever answers at its hub's address have nothing to say to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estrangement {
    /// It is not the hub with which the device was paired, or cannot show it.
    AnotherHub,
    /// It is, and does not know the device.
    UnknownHere,
}

/// How the device stands to its hub.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LinkState {
    /// Just started.
    #[default]
    Starting,
    /// Shows a code and waits for an administrator.
    Pairing {
        /// What the administrator types.
        code: String,
        /// The three words that have to be the same on both screens.
        words: ThreeWords,
    },
    /// Follows the feed.
    Live,
    /// Hears nothing.
    Lost {
        /// Since when, by the hub's clock.
        since: DateTime<Utc>,
    },
    /// Has nothing to say to whoever answers.
    Estranged(Estrangement),
}

impl LinkState {
    /// What it is after `news`.
    pub fn take<V>(&mut self, news: &News<V>) {
        match news {
            News::Pairing { code, words } => *self = Self::Pairing { code: code.clone(), words: *words },
            News::Paired => *self = Self::Starting,
            News::Clock(_) | News::Emblem(_) | News::Provisions(_) => {}
            News::View { .. } => *self = Self::Live,
            News::Lost { since } => *self = Self::Lost { since: *since },
            News::Estranged(why) => *self = Self::Estranged(*why),
        }
    }
}
