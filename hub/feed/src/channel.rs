//! What one audience of one office is sent: the newest message, and numbers that rise.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use serde::Serialize;
use tokio::sync::watch;
use wire::FeedId;

/// A message as every reader is sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedMessage {
    /// The view alone.
    body: String,
    /// The whole frame.
    pub frame: Bytes,
}

impl FeedMessage {
    /// A view under its id.
    pub fn new(view: &impl Serialize, id: impl FnOnce() -> FeedId, before: Option<&Self>) -> Option<Self> {
        let body = serde_json::to_string(view).ok()?;
        if before.is_some_and(|before| before.body == body) {
            return None;
        }
        let frame = Bytes::from(format!("event: view\nid: {}\ndata: {body}\n\n", id()));
        Some(Self { body, frame })
    }

    /// What a kiosk is given beside its view: it has no id, since the newest holds, whichever was seen before.
    pub fn provisions(provisions: &impl Serialize, before: Option<&Self>) -> Option<Self> {
        let body = serde_json::to_string(provisions).ok()?;
        if before.is_some_and(|before| before.body == body) {
            return None;
        }
        let frame = Bytes::from(format!("event: provisions\ndata: {body}\n\n"));
        Some(Self { body, frame })
    }
}

/// A number that rises from message to message, also over a restart of the hub.
#[derive(Debug)]
pub struct Revisions(AtomicU64);

impl Default for Revisions {
    fn default() -> Self {
        // A reader compares with what it saw before a restart; seconds since 1970 are more than all revisions before.
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Self(AtomicU64::new(seconds * 1_000))
    }
}

impl Revisions {
    /// The number of the next revision; each is given once.
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// One audience of one office.
#[derive(Debug, Default)]
pub struct FeedChannel {
    /// The newest message, while somebody reads.
    pub live: Mutex<Option<watch::Sender<Option<FeedMessage>>>>,
    /// The numbers of its messages.
    pub revisions: Revisions,
}
