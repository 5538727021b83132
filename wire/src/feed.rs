//! The feed's message ids, its clock, and the rule by which a reader resumes: show and speak each call once.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::board::BoardCall;

/// A call that is older than this when it comes in is listed but neither flashed nor spoken.
pub const CALL_FRESH_SECONDS: i64 = 30;

/// `epoch:event:revision`, the `id:` of a feed message. The newest simply replaces what came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId {
    /// Changes when a backup is restored, so that numbers of another history are not compared.
    pub epoch: u64,
    /// Number of the last event in the journal that the message knows.
    pub event: u64,
    /// Rises when the view changes without an event, e.g. because time passed.
    pub revision: u64,
}

impl FeedId {
    /// Whether a message with this id says anything new to a reader that has seen `last`.
    #[must_use]
    pub fn is_news_after(self, last: Self) -> bool {
        self.epoch != last.epoch || (self.event, self.revision) > (last.event, last.revision)
    }
}

impl fmt::Display for FeedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.epoch, self.event, self.revision)
    }
}

/// The text was not `epoch:event:revision`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedIdError;

impl fmt::Display for FeedIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feed id is three numbers: epoch:event:revision")
    }
}

impl std::error::Error for FeedIdError {}

impl FromStr for FeedId {
    type Err = FeedIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split(':').map(|part| part.parse::<u64>().map_err(|_| FeedIdError));
        let mut next = || parts.next().ok_or(FeedIdError)?;
        let id = Self { epoch: next()?, event: next()?, revision: next()? };
        if parts.next().is_some() { Err(FeedIdError) } else { Ok(id) }
    }
}

/// `event: clock`, sent once when a reader connects: the hub's time, and how fast it runs in a rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedClock {
    /// The hub's time when this was written.
    #[serde(with = "vocabulary::civil::instant")]
    pub now: DateTime<Utc>,
    /// Seconds of the hub's clock in one second; 1 except in a rehearsal.
    pub speed: f64,
}

/// Which calls a reader has already shown and spoken. Kept on disk, so that a restart repeats none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeenCalls {
    /// The history that `last` belongs to.
    pub epoch: u64,
    /// Id of the newest call that was taken.
    pub last: u64,
}

impl SeenCalls {
    /// Takes the calls of a message: those to flash and speak now, oldest first, each once in a reader's life.
    ///
    /// `now` is the hub's time when the message came in.
    pub fn take<'a>(&mut self, epoch: u64, calls: &'a [BoardCall], now: DateTime<Utc>) -> Vec<&'a BoardCall> {
        if epoch != self.epoch {
            *self = Self { epoch, last: 0 };
        }
        let mut fresh: Vec<&BoardCall> = calls.iter().filter(|call| call.id > self.last).collect();
        fresh.sort_by_key(|call| call.id);
        if let Some(newest) = fresh.last() {
            self.last = newest.id;
        }
        fresh.retain(|call| now - call.at < Duration::seconds(CALL_FRESH_SECONDS));
        fresh
    }
}
