//! The line to one reader of something that is no office: it is looked at anew at each change and at each turn of time, and sent
//! if it is otherwise.

use std::time::Duration;

use access::FeedPlace;
use axum::{body::Bytes, response::Response};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::{sync::watch, time::sleep_until};
use wire::FeedId;

use crate::{
    channel::{FeedMessage, Revisions},
    feeds::Feeds,
    stream::{FeedReader, FeedStream, HEARTBEAT, response},
};

/// Changes that come at once are looked at together: of many who go in at the same moment each reader is told once.
const TOGETHER: Duration = Duration::from_millis(100);

/// What somebody follows.
pub trait Watched: Send + Sync + 'static {
    /// As it is now; none once there is nothing to follow any more.
    fn look(&self) -> impl Future<Output = Option<WatchedView>> + Send;
}

/// Something as it is at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchedView {
    /// What readers are sent.
    pub view: Value,
    /// When time itself changes it next.
    pub turns_at: Option<DateTime<Utc>>,
}

/// Sends it, for as long as there is something to follow.
pub fn of_watched(
    feeds: &Feeds,
    mut changes: watch::Receiver<u64>,
    watched: impl Watched,
    place: FeedPlace,
) -> Response {
    changes.mark_changed();
    let (reader, revisions) = (FeedReader::new(feeds, place), Revisions::default());
    response(WatchedFeed { reader, watched, changes, revisions, before: None, turns_at: None })
}

struct WatchedFeed<W> {
    reader: FeedReader,
    watched: W,
    changes: watch::Receiver<u64>,
    revisions: Revisions,
    before: Option<FeedMessage>,
    turns_at: Option<DateTime<Utc>>,
}

impl<W: Watched> FeedStream for WatchedFeed<W> {
    fn reader(&mut self) -> &mut FeedReader {
        &mut self.reader
    }

    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let (clock, turns_at) = (self.reader.feeds.clock, self.turns_at);
            let turn = async move {
                match turns_at {
                    Some(at) => clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            let is_changed = tokio::select! {
                changed = self.changes.changed() => {
                    changed.ok()?;
                    true
                }
                () = turn => false,
                () = sleep_until(self.reader.beat) => return Some(HEARTBEAT),
                _ = self.reader.stopping.wait_for(|stopping| *stopping) => return None,
            };
            if is_changed && self.before.is_some() {
                tokio::time::sleep(TOGETHER).await;
                self.changes.mark_unchanged();
            }
            let WatchedView { view, turns_at } = self.watched.look().await?;
            self.turns_at = turns_at;
            let id = || FeedId { epoch: self.reader.feeds.epoch, event: 0, revision: self.revisions.next() };
            if let Some(fresh) = FeedMessage::new(&view, id, self.before.as_ref()) {
                return Some(self.before.insert(fresh).frame.clone());
            }
        }
    }
}
