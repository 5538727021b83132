//! The line to one reader: the clock, the view, and a heartbeat while nothing happens.

use std::{sync::Arc, time::Duration};

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
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use wire::{FeedClock, FeedId, HEARTBEAT_SECONDS};

use super::{
    Audience,
    channel::{Channel, Message, Revisions, next_minute},
    visit,
};
use crate::{auth::Caller, limits::FeedPlace, metrics::ReaderCount, offices::OfficeHandle, state::AppState};

const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// What one reader has of the hub while it reads.
struct Reader {
    state: AppState,
    line: mpsc::Sender<Bytes>,
    stopping: watch::Receiver<bool>,
    _place: FeedPlace,
    _count: ReaderCount,
}

/// Sends an audience's view, for as long as the caller may read it.
pub fn of_audience(
    state: &AppState,
    handle: &Arc<OfficeHandle>,
    audience: Audience,
    caller: Caller,
    place: FeedPlace,
) -> Response {
    let views = Channel::subscribe(state, handle, audience);
    let (reader, response) = Reader::new(state, place);
    tokio::spawn(reader.follow(views, caller));
    response
}

/// Sends one visit's view.
pub fn of_visit(state: &AppState, handle: &Arc<OfficeHandle>, public: PublicId, place: FeedPlace) -> Response {
    let (reader, response) = Reader::new(state, place);
    tokio::spawn(reader.follow_visit(Arc::clone(handle), public));
    response
}

impl Reader {
    fn new(state: &AppState, place: FeedPlace) -> (Self, Response) {
        // One message on the way: a slow reader finds the newest view when it is ready for another.
        let (line, receiver) = mpsc::channel(1);
        let body = Body::from_stream(ReceiverStream::new(receiver).map(Ok::<_, std::convert::Infallible>));
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        ];
        let reader = Self {
            state: state.clone(),
            line,
            stopping: state.stopping.subscribe(),
            _place: place,
            _count: state.metrics.reader(),
        };
        (reader, (headers, body).into_response())
    }

    fn clock(&self) -> Bytes {
        let clock = FeedClock { now: self.state.clock.now(), speed: self.state.clock.speed() };
        let json = serde_json::to_string(&clock).unwrap_or_default();
        Bytes::from(format!("event: clock\ndata: {json}\n\n"))
    }

    async fn follow(mut self, mut views: watch::Receiver<Option<Message>>, caller: Caller) {
        if self.line.send(self.clock()).await.is_err() {
            return;
        }
        views.mark_changed();
        let mut revocations = self.state.devices.revocations();
        let mut beat = next_beat();
        loop {
            let frame = tokio::select! {
                changed = views.changed() => match changed {
                    Ok(()) => views.borrow_and_update().as_ref().map(|message| message.frame.clone()),
                    Err(_) => return,
                },
                () = sleep_until(beat) => is_good(&self.state, &caller).then_some(HEARTBEAT),
                _ = revocations.changed() => if is_good(&self.state, &caller) { continue } else { None },
                _ = self.stopping.wait_for(|stopping| *stopping) => return,
                () = self.line.closed() => return,
            };
            let Some(frame) = frame else { return };
            if self.line.send(frame).await.is_err() {
                return;
            }
            beat = next_beat();
        }
    }

    async fn follow_visit(mut self, handle: Arc<OfficeHandle>, public: PublicId) {
        if self.line.send(self.clock()).await.is_err() {
            return;
        }
        let revisions = Revisions::default();
        let mut changes = handle.changes();
        changes.mark_changed();
        let mut before: Option<Message> = None;
        let mut beat = next_beat();
        loop {
            let minute = next_minute(self.state.clock.now());
            let looks = tokio::select! {
                changed = changes.changed() => if changed.is_ok() { true } else { return },
                () = self.state.clock.sleep_until(minute) => true,
                () = sleep_until(beat) => false,
                _ = self.stopping.wait_for(|stopping| *stopping) => return,
                () = self.line.closed() => return,
            };
            let frame = if looks {
                let Some(fresh) = self.look(&handle, public, &revisions, before.as_ref()) else { return };
                let Some(fresh) = fresh else { continue };
                before.insert(fresh).frame.clone()
            } else {
                HEARTBEAT
            };
            if self.line.send(frame).await.is_err() {
                return;
            }
            beat = next_beat();
        }
    }

    /// The visit as it is now, if it differs; nothing at all if the office knows it no more.
    fn look(
        &self,
        handle: &OfficeHandle,
        public: PublicId,
        revisions: &Revisions,
        before: Option<&Message>,
    ) -> Option<Option<Message>> {
        let office = handle.read();
        let view = visit::view(handle, &office, public, self.state.clock.now())?;
        let id = || FeedId { epoch: self.state.epoch, event: handle.seq(), revision: revisions.next() };
        Some(Message::new(&view, id, before))
    }
}

fn next_beat() -> Instant {
    Instant::now() + Duration::from_secs(HEARTBEAT_SECONDS)
}

/// Whether the caller may still read: a device that was shut out, or a session that ended, may not.
fn is_good(state: &AppState, caller: &Caller) -> bool {
    match caller {
        Caller::Device(device) => state.devices.with_token(&device.token_hash).is_some(),
        Caller::Staff(session) => state.accounts.is_good(session, state.clock.now()),
        Caller::Anybody(_) => true,
    }
}
