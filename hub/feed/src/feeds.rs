//! The feeds of every office, and what they are made with.

use std::{collections::BTreeMap, ops::Deref, sync::Arc};

use access::Access;
use secrets::ServerKey;
use text::Edits;
use tokio::sync::watch;
use views::Outlooks;
use wire::OfficeEmblem;
use writer::{Clock, Metrics};

use crate::{budget::Budget, channel::FeedChannel};

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readership {
    /// The waiting room.
    Board,
    /// A touchscreen.
    Kiosk,
    /// Pages of staff.
    Floor,
}

/// What one message of a feed is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FeedSubject {
    /// The view of an audience.
    View(Readership),
    /// What a kiosk is given for a time without its hub.
    Provisions,
}

/// A channel for each audience of one office.
#[derive(Debug, Default)]
struct OfficeFeeds {
    board: FeedChannel,
    kiosk: FeedChannel,
    floor: FeedChannel,
    provisions: FeedChannel,
}

/// The feeds of every office; cheap to clone.
#[derive(Debug, Clone)]
pub struct Feeds(Arc<(FeedParts, BTreeMap<u32, OfficeFeeds>)>);

/// What feeds are made with.
#[derive(Debug)]
pub struct FeedParts {
    /// The hub's one clock.
    pub clock: Clock,
    /// The history that event numbers belong to.
    pub epoch: u64,
    /// What is foretold of waits.
    pub outlooks: Outlooks,
    /// How much time views may take.
    pub budget: Budget,
    /// Who may go on reading, and what devices report.
    pub access: Access,
    /// Readers are counted.
    pub metrics: Metrics,
    /// Told when the hub is about to stop: feeds end, so that their readers go elsewhere at once.
    pub stopping: watch::Sender<bool>,
    /// The address at which citizens book.
    pub booking_page: String,
    /// Where citizens reach the hub.
    pub public_url: String,
    /// Of which kiosks are given the keys of days.
    pub key: ServerKey,
    /// What offices say in words of their own (FLD-21).
    pub texts: Arc<Edits>,
    /// The emblems of the offices that have one, by row.
    pub emblems: BTreeMap<u32, OfficeEmblem>,
}

impl Feeds {
    /// The feeds of the offices with these rows.
    pub fn new(parts: FeedParts, offices: impl IntoIterator<Item = u32>) -> Self {
        let offices = offices.into_iter().map(|row| (row, OfficeFeeds::default())).collect();
        Self(Arc::new((parts, offices)))
    }

    /// What an audience of an office is sent.
    pub(crate) fn channel(&self, office: u32, subject: FeedSubject) -> &FeedChannel {
        let feeds = &self.0.1[&office];
        match subject {
            FeedSubject::View(Readership::Board) => &feeds.board,
            FeedSubject::View(Readership::Kiosk) => &feeds.kiosk,
            FeedSubject::View(Readership::Floor) => &feeds.floor,
            FeedSubject::Provisions => &feeds.provisions,
        }
    }
}

impl Deref for Feeds {
    type Target = FeedParts;

    fn deref(&self) -> &FeedParts {
        &self.0.0
    }
}
