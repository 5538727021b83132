//! The line to one reader: the clock, the view, and a heartbeat while nothing happens.
//!
//! A feed is a body that its connection itself asks for the next piece: no task stands between, so that a call to two
//! hundred readers wakes two hundred tasks and not four hundred. A slow reader finds the newest view when it is ready for
//! another.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use access::{Caller, FeedPlace};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::PublicId;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};
use tokio_stream::Stream;
use wire::{DeviceKind, FeedClock, FeedId, HEARTBEAT_SECONDS};

use writer::{OfficeHandle, ReaderCount};

use crate::{
    channel::{FeedMessage, Revisions},
    feeds::{FeedSubject, Feeds, Readership},
    live::{next_minute, subscribe},
};

pub(crate) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// Sends an audience's view, for as long as the caller may read it.
pub fn of_audience(
    feeds: &Feeds,
    handle: &Arc<OfficeHandle>,
    audience: Readership,
    caller: Caller,
    place: FeedPlace,
) -> Response {
    let mut views = subscribe(feeds, handle, FeedSubject::View(audience));
    views.mark_changed();
    let provisions = is_paired_kiosk(audience, &caller).then(|| {
        let mut provisions = subscribe(feeds, handle, FeedSubject::Provisions);
        provisions.mark_changed();
        provisions
    });
    let revocations = feeds.access.devices.revocations();
    let endings = feeds.access.accounts.endings();
    let line = OpenLine::of(feeds, &caller);
    let reader = FeedReader { hello: emblem(feeds, handle.row, audience), ..FeedReader::new(feeds, place) };
    response(AudienceFeed { reader, views, provisions, caller, revocations, endings, _line: line })
}

/// The office's emblem, for those who draw or print it: once a connection, since it stays as long as the hub runs.
fn emblem(feeds: &Feeds, row: u32, audience: Readership) -> String {
    match audience {
        Readership::Board | Readership::Kiosk => {
            let json = serde_json::to_string(&feeds.emblems.get(&row)).unwrap_or_else(|_| "null".to_owned());
            format!("event: emblem\ndata: {json}\n\n")
        }
        Readership::Floor => String::new(),
    }
}

/// Sends one visit's view.
pub fn of_visit(feeds: &Feeds, handle: &Arc<OfficeHandle>, public: PublicId, place: FeedPlace) -> Response {
    let mut changes = handle.changes();
    changes.mark_changed();
    let reader = FeedReader::new(feeds, place);
    let revisions = Revisions::default();
    response(VisitFeed { reader, handle: Arc::clone(handle), public, revisions, changes, before: None })
}

/// Sends what somebody else makes, frame by frame, until they end it.
pub fn of_frames(feeds: &Feeds, frames: mpsc::Receiver<String>, place: FeedPlace) -> Response {
    response(FramesFeed { reader: FeedReader::new(feeds, place), frames })
}

/// The answer that a feed is.
pub(crate) fn response(feed: impl FeedStream) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Body::from_stream(Pieces { under_way: Some(Box::pin(piece(feed))) })).into_response()
}

/// What the pieces of a feed come from.
pub(crate) trait FeedStream: Send + Sized + 'static {
    /// What every feed has.
    fn reader(&mut self) -> &mut FeedReader;
    /// Waits for the next frame; none once the feed is over.
    fn next(&mut self) -> impl Future<Output = Option<Bytes>> + Send;
}

/// The next piece of a feed: first the clock, then what comes.
async fn piece<F: FeedStream>(mut feed: F) -> Option<(Bytes, F)> {
    let clock = feed.reader().greet();
    let piece = match clock {
        Some(clock) => clock,
        None => feed.next().await?,
    };
    feed.reader().beat = next_beat();
    Some((piece, feed))
}

type PendingMessage<F> = Pin<Box<dyn Future<Output = Option<(Bytes, F)>> + Send>>;

/// The pieces of a feed, one after another.
struct Pieces<F> {
    under_way: Option<PendingMessage<F>>,
}

impl<F: FeedStream> Stream for Pieces<F> {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(under_way) = &mut self.under_way else { return Poll::Ready(None) };
        let came = ready!(under_way.as_mut().poll(context));
        self.under_way = None;
        Poll::Ready(came.map(|(bytes, feed)| {
            self.under_way = Some(Box::pin(piece(feed)));
            Ok(bytes)
        }))
    }
}

/// What one reader has of the hub while it reads.
pub(crate) struct FeedReader {
    pub feeds: Feeds,
    pub stopping: watch::Receiver<bool>,
    /// When something must be said, if nothing else is.
    pub beat: Instant,
    greeted: bool,
    /// What is sent behind the clock, once.
    hello: String,
    _place: FeedPlace,
    _count: ReaderCount,
}

impl FeedReader {
    pub fn new(feeds: &Feeds, place: FeedPlace) -> Self {
        Self {
            feeds: feeds.clone(),
            stopping: feeds.stopping.subscribe(),
            beat: next_beat(),
            greeted: false,
            hello: String::new(),
            _place: place,
            _count: feeds.metrics.reader(),
        }
    }

    /// The hub's clock, the first time, and what goes with it.
    fn greet(&mut self) -> Option<Bytes> {
        if std::mem::replace(&mut self.greeted, true) {
            return None;
        }
        let clock = FeedClock { now: self.feeds.clock.now(), speed: self.feeds.clock.speed() };
        let json = serde_json::to_string(&clock).unwrap_or_default();
        Some(Bytes::from(format!("event: clock\ndata: {json}\n\n{}", std::mem::take(&mut self.hello))))
    }
}

/// The view of an audience.
struct AudienceFeed {
    reader: FeedReader,
    views: watch::Receiver<Option<FeedMessage>>,
    /// For kiosks that were let in alone: keys of days are in it.
    provisions: Option<watch::Receiver<Option<FeedMessage>>>,
    caller: Caller,
    revocations: watch::Receiver<u64>,
    endings: watch::Receiver<u64>,
    _line: OpenLine,
}

/// A device or a page of staff that follows its office, until it is dropped.
struct OpenLine {
    feeds: Feeds,
    caller: Caller,
}

impl OpenLine {
    fn of(feeds: &Feeds, caller: &Caller) -> Self {
        match caller {
            Caller::Device(device) => feeds.access.devices.line_begins(device.id),
            Caller::Staff(session) => session.line_begins(),
            Caller::Anybody(_) => {}
        }
        Self { feeds: feeds.clone(), caller: caller.clone() }
    }
}

impl Drop for OpenLine {
    fn drop(&mut self) {
        let now = self.feeds.clock.now();
        match &self.caller {
            Caller::Device(device) => self.feeds.access.devices.line_ends(device.id, now),
            Caller::Staff(session) => session.line_ends(now),
            Caller::Anybody(_) => {}
        }
    }
}

impl FeedStream for AudienceFeed {
    fn reader(&mut self) -> &mut FeedReader {
        &mut self.reader
    }

    async fn next(&mut self) -> Option<Bytes> {
        let Self { reader, views, provisions, caller, revocations, endings, .. } = self;
        loop {
            tokio::select! {
                // A view is what people wait for.
                biased;
                changed = views.changed() => {
                    changed.ok()?;
                    if !is_good(&reader.feeds, caller) { return None }
                    return views.borrow_and_update().as_ref().map(|message| message.frame.clone());
                }
                message = next_provisions(provisions.as_mut()) => {
                    if !is_good(&reader.feeds, caller) { return None }
                    if let Some(message) = message { return Some(message.frame) }
                }
                () = sleep_until(reader.beat) => return is_good(&reader.feeds, caller).then_some(HEARTBEAT),
                _ = revocations.changed() => if !is_good(&reader.feeds, caller) { return None },
                _ = endings.changed() => if !is_good(&reader.feeds, caller) { return None },
                _ = reader.stopping.wait_for(|stopping| *stopping) => return None,
            }
        }
    }
}

/// Whether what a kiosk needs without its hub may be told on a line.
fn is_paired_kiosk(audience: Readership, caller: &Caller) -> bool {
    let is_kiosk = match audience {
        Readership::Kiosk => true,
        Readership::Board | Readership::Floor => false,
    };
    match caller {
        Caller::Device(device) => is_kiosk && device.kind == DeviceKind::Kiosk,
        Caller::Staff(_) | Caller::Anybody(_) => false,
    }
}

/// The next provisions; never, for whoever is told none.
async fn next_provisions(provisions: Option<&mut watch::Receiver<Option<FeedMessage>>>) -> Option<FeedMessage> {
    let Some(provisions) = provisions else { return std::future::pending().await };
    if provisions.changed().await.is_err() {
        // Nothing more will come; the view's own line says what is the matter.
        return std::future::pending().await;
    }
    provisions.borrow_and_update().clone()
}

/// Frames as they come.
struct FramesFeed {
    reader: FeedReader,
    frames: mpsc::Receiver<String>,
}

impl FeedStream for FramesFeed {
    fn reader(&mut self) -> &mut FeedReader {
        &mut self.reader
    }

    async fn next(&mut self) -> Option<Bytes> {
        tokio::select! {
            frame = self.frames.recv() => frame.map(Bytes::from),
            () = sleep_until(self.reader.beat) => Some(HEARTBEAT),
            _ = self.reader.stopping.wait_for(|stopping| *stopping) => None,
        }
    }
}

/// One visit's view.
struct VisitFeed {
    reader: FeedReader,
    handle: Arc<OfficeHandle>,
    public: PublicId,
    revisions: Revisions,
    changes: watch::Receiver<u64>,
    before: Option<FeedMessage>,
}

impl FeedStream for VisitFeed {
    fn reader(&mut self) -> &mut FeedReader {
        &mut self.reader
    }

    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let minute = next_minute(self.reader.feeds.clock.now());
            tokio::select! {
                changed = self.changes.changed() => changed.ok()?,
                () = self.reader.feeds.clock.sleep_until(minute) => {}
                () = sleep_until(self.reader.beat) => return Some(HEARTBEAT),
                _ = self.reader.stopping.wait_for(|stopping| *stopping) => return None,
            }
            if let Some(fresh) = self.look()? {
                return Some(self.before.insert(fresh).frame.clone());
            }
        }
    }
}

impl VisitFeed {
    /// The visit as it is now, if it differs; nothing at all if the office knows it no more.
    #[expect(clippy::option_option, reason = "the outer one ends the feed")]
    fn look(&self) -> Option<Option<FeedMessage>> {
        let Self { reader: FeedReader { feeds, .. }, handle, .. } = self;
        let office = handle.read();
        let view = views::visit(feeds.outlooks.of(handle.row), &office, self.public, feeds.clock.now())?;
        let id = || FeedId { epoch: feeds.epoch, event: handle.seq(), revision: self.revisions.next() };
        Some(FeedMessage::new(&view, id, self.before.as_ref()))
    }
}

fn next_beat() -> Instant {
    Instant::now() + Duration::from_secs(HEARTBEAT_SECONDS)
}

/// Whether the caller may still read: a device that was shut out, or a session that ended or is locked, may not.
fn is_good(feeds: &Feeds, caller: &Caller) -> bool {
    match caller {
        Caller::Device(device) => feeds.access.devices.with_token(&device.token_hash).is_some(),
        Caller::Staff(session) => {
            feeds.access.accounts.is_good(session, feeds.clock.now()) && !feeds.access.is_locked(session)
        }
        Caller::Anybody(_) => true,
    }
}
