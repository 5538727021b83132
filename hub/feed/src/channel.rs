//! One audience of one office: a task renders its view while somebody reads, and sleeps otherwise.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use tokio::sync::watch;
use wire::FeedId;
use writer::OfficeHandle;

use crate::feeds::{Audience, Feeds};

/// The longest pause between two renderings under load.
const PAUSE_MAX: Duration = Duration::from_millis(50);

/// A message as every reader is sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The view alone.
    body: String,
    /// The whole frame.
    pub frame: Bytes,
}

impl Message {
    /// A view under its id.
    pub fn new(view: &impl Serialize, id: impl FnOnce() -> FeedId, before: Option<&Self>) -> Option<Self> {
        let body = serde_json::to_string(view).ok()?;
        if before.is_some_and(|before| before.body == body) {
            return None;
        }
        let frame = Bytes::from(format!("event: view\nid: {}\ndata: {body}\n\n", id()));
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
    /// The next one.
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// One audience of one office.
#[derive(Debug, Default)]
pub struct Channel {
    live: Mutex<Option<watch::Sender<Option<Message>>>>,
    revisions: Revisions,
}

/// Begins to read an audience of an office; the newest message is there at once.
pub fn subscribe(feeds: &Feeds, handle: &Arc<OfficeHandle>, audience: Audience) -> watch::Receiver<Option<Message>> {
    let mut live = feeds.channel(handle.row, audience).live.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = live.as_ref() {
        return sender.subscribe();
    }
    // Changes are counted from before the first rendering, so that none falls between.
    let mut changes = handle.changes();
    changes.mark_unchanged();
    let first = render(feeds, handle, audience, None);
    let sender = watch::Sender::new(first);
    let receiver = sender.subscribe();
    *live = Some(sender.clone());
    tokio::spawn(keep(feeds.clone(), Arc::clone(handle), audience, sender, changes));
    receiver
}

/// Renders anew at each change and each minute, while somebody reads.
async fn keep(
    feeds: Feeds,
    handle: Arc<OfficeHandle>,
    audience: Audience,
    sender: watch::Sender<Option<Message>>,
    mut changes: watch::Receiver<u64>,
) {
    loop {
        let minute = next_minute(feeds.clock.now());
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            () = feeds.clock.sleep_until(minute) => {}
            () = sender.closed() => {
                let mut live = feeds.channel(handle.row, audience).live.lock().unwrap_or_else(PoisonError::into_inner);
                if sender.receiver_count() == 0 {
                    *live = None;
                    return;
                }
                continue;
            }
        }
        let back = feeds.budget.pause();
        if !back.is_zero() {
            tokio::time::sleep(back).await;
            // Whatever changed meanwhile is in the view that comes now.
            changes.mark_unchanged();
        }
        let started = Instant::now();
        let before = sender.borrow().clone();
        if let Some(message) = render(&feeds, &handle, audience, before.as_ref()) {
            sender.send_replace(Some(message));
        }
        feeds.budget.used(started.elapsed());
        // Under a flood of changes one view takes a third of one core at most, and all together what their budget says.
        let pause = (started.elapsed() * 2).min(PAUSE_MAX);
        if pause > Duration::from_millis(1) {
            tokio::time::sleep(pause).await;
        }
    }
}

/// The next whole minute.
pub fn next_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let into = now.timestamp_millis().rem_euclid(60_000);
    now + TimeDelta::milliseconds(60_000 - into)
}

/// The view as it is now, if it differs from the one before.
fn render(feeds: &Feeds, handle: &OfficeHandle, audience: Audience, before: Option<&Message>) -> Option<Message> {
    let office = handle.read();
    let config = office.config.as_ref()?;
    let now = feeds.clock.now();
    let id = || FeedId {
        epoch: feeds.epoch,
        event: handle.seq(),
        revision: feeds.channel(handle.row, audience).revisions.next(),
    };
    match audience {
        Audience::Board => Message::new(&views::board(&office, config, now), id, before),
        Audience::Kiosk => {
            let booking_page = feeds.booking_page.clone();
            Message::new(&views::kiosk(feeds.outlooks.of(handle.row), &office, config, booking_page, now), id, before)
        }
        Audience::Floor => {
            let faults = feeds.access.devices.faults(handle.row);
            Message::new(&views::floor(&office, config, &faults, now), id, before)
        }
    }
}
