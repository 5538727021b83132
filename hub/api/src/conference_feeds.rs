//! Server-Sent Events of conferences: one's own waiting page, and the public counters.

use acts::Fault;
use axum::{
    extract::{Path, State},
    response::Response,
};
use body::ConferenceDoor;
use chrono::{DateTime, TimeDelta, Utc};
use coordination::conferences::guest;
use feed::{Watched, WatchedView};
use secrets::{ConferencePass, read_conference};
use serde::Serialize;
use wire::ProblemCode;

use crate::{request::ApiCaller, state::Api};

/// What a waiting page is told: numbers alone, for it reads itself anew.
#[derive(Debug, Serialize)]
struct DoorFrame {
    /// In which state the door is.
    door: &'static str,
    /// So many minutes before it opens.
    minutes: i64,
    /// Rises when the conference is another.
    sequence: u32,
}

/// What a counter shows.
#[derive(Debug, Serialize)]
struct CounterFrame {
    conferences: u64,
    participants: u64,
}

/// What the front page is told (PRE-09).
#[derive(Debug, Serialize)]
struct CountersFrame {
    in_all: CounterFrame,
    today: CounterFrame,
    now: CounterFrame,
}

/// Somebody's own waiting page.
struct WaitingPage {
    state: Api,
    pass: ConferencePass,
}

impl Watched for WaitingPage {
    async fn look(&self) -> Option<WatchedView> {
        let found = guest::look(self.state.conferences(), self.pass).await.ok()??;
        let now = self.state.clock.now();
        let turns_at = found.conference.turns_at(now);
        // Numbers alone: whoever reads the feed draws the page anew.
        let (door, minutes) = match found.door {
            ConferenceDoor::Waits { opens } => ("waits", (opens - now).num_minutes()),
            // The page says when it is about to end, and that it should have.
            ConferenceDoor::Open { .. } if now >= found.conference.span.until => ("late", 0),
            ConferenceDoor::Open { .. } if now >= found.conference.span.ends_soon_at() => ("soon", 0),
            ConferenceDoor::Open { .. } => ("open", 0),
            ConferenceDoor::Locked => ("locked", 0),
            ConferenceDoor::Removed => ("removed", 0),
            ConferenceDoor::Cancelled => ("cancelled", 0),
            ConferenceDoor::Over => ("over", 0),
        };
        let sequence = found.conference.sequence;
        let view = serde_json::to_value(DoorFrame { door, minutes, sequence }).ok()?;
        // The page counts down by whole minutes before the door opens.
        let minute = match found.door {
            ConferenceDoor::Waits { opens } => Some(next_whole_minute_before(opens, now)),
            ConferenceDoor::Open { .. }
            | ConferenceDoor::Locked
            | ConferenceDoor::Removed
            | ConferenceDoor::Cancelled
            | ConferenceDoor::Over => None,
        };
        Some(WatchedView { view, turns_at: [turns_at, minute].into_iter().flatten().min() })
    }
}

/// The next moment at which so many whole minutes are left.
fn next_whole_minute_before(opens: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let left = (opens - now).num_milliseconds().rem_euclid(60_000);
    now + TimeDelta::milliseconds(if left == 0 { 60_000 } else { left })
}

/// What everybody reads of how much is held.
struct PublicCounters {
    state: Api,
}

impl Watched for PublicCounters {
    async fn look(&self) -> Option<WatchedView> {
        let (state, now) = (&self.state, self.state.clock.now());
        let read = state.conferences.figures(&state.readers, &state.body, now).await;
        let (figures, turns_at) = read.ok()?;
        let pair = |count: store::ConferenceCount| CounterFrame {
            conferences: count.conferences,
            participants: count.participants,
        };
        let frame = CountersFrame { in_all: pair(figures.in_all), today: pair(figures.today), now: pair(figures.now) };
        let view = serde_json::to_value(frame).ok()?;
        Some(WatchedView { view, turns_at: Some(turns_at) })
    }
}

/// Follows the waiting page of a personal link; the link is the permission.
pub async fn guest(
    State(state): State<Api>,
    Path(link): Path<String>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    let pass = read_conference(&state.key, &link).ok_or(ProblemCode::NotFound)?;
    guest::look(state.conferences(), pass).await?.ok_or(ProblemCode::NotFound)?;
    let place = caller.feed_place(&state.access.limits)?;
    let changes = state.conferences.doors();
    Ok(feed::of_watched(&state.feeds, changes, WaitingPage { state: state.clone(), pass }, place))
}

/// Follows the counters (PRE-09).
pub async fn counters(State(state): State<Api>, ApiCaller(caller): ApiCaller) -> Result<Response, Fault> {
    if state.body.conferences.is_none() {
        return Err(ProblemCode::NotFound.into());
    }
    let place = caller.feed_place(&state.access.limits)?;
    let changes = state.conferences.counts();
    Ok(feed::of_watched(&state.feeds, changes, PublicCounters { state: state.clone() }, place))
}
