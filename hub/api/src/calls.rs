//! The line of a page before the room of a booking, and what pages in a room send to each other. The pass is the permission;
//! that of a clerk is one together with their session alone.

use std::sync::Arc;

use access::{Caller, Session};
use acts::Fault;
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use rooms::{LineId, SeatNumber, Signal, SignalKind};
use secrets::read_call_pass;
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    request::{ApiCaller, ApiRequest},
    state::Api,
};
use teleconference::{CallExchange, CallLine};

/// The longest of what is sent, with what stands around it and what JSON makes of the ends of its lines.
pub const BODY_BYTES_MAX: usize = 32 * 1024;

/// Which page asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineQuestion {
    line: Uuid,
}

/// What a page sends to others of its room.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallSignal {
    /// The page, as it named itself when its line was opened.
    line: Uuid,
    /// The seat that it is for; none for everybody in the room.
    #[serde(default)]
    to: Option<u8>,
    /// `offer`, `answer`, `candidate`, `bye` or `chat`.
    #[schema(value_type = String)]
    kind: SignalKind,
    /// What it says.
    #[serde(default)]
    text: String,
}

fn line_of(state: &Api, pass: &str, caller: &Caller) -> Result<CallLine, Fault> {
    let pass = read_call_pass(&state.key, pass).ok_or(ProblemCode::NotFound)?;
    let exchange: CallExchange = state.calls.clone();
    let session: Option<Arc<Session>> = match caller {
        Caller::Staff(session) => Some(Arc::clone(session)),
        Caller::Device(_) | Caller::Anybody(_) => None,
    };
    Ok(CallLine { exchange, pass, session })
}

/// Opens the line of a page.
#[utoipa::path(get, path = "/api/v1/calls/{pass}/line", tag = "calls",
    params(("pass" = String, Path), ("line" = Uuid, Query, description = "drawn by the page; a line that dropped comes \
        back with the same")),
    responses((status = 200, description = "text/event-stream: `clock` with a FeedClock, `door` (waiting, open, led, full, \
        over or elsewhere), `seats` (who sits where), `signal` (what another seat sends)", content_type = "text/event-stream",
        body = String), (status = "4XX", body = wire::Problem)))]
pub async fn line(
    State(state): State<Api>,
    Path(pass): Path<String>,
    question: Result<Query<LineQuestion>, QueryRejection>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    let line = line_of(&state, &pass, &caller)?;
    let Query(LineQuestion { line: page }) = question.map_err(|_| Fault::malformed("line is no UUID".to_owned()))?;
    let place = caller.feed_place(&state.access.limits)?;
    let frames = line.follow(LineId(page)).await?;
    Ok(feed::of_frames(&state.feeds, frames, place))
}

/// Sends something to others of the same room; it is passed on, and kept nowhere.
#[utoipa::path(post, path = "/api/v1/calls/{pass}/signals", tag = "calls", params(("pass" = String, Path)),
    request_body = CallSignal,
    responses((status = 204, description = "it was passed on"), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(pass): Path<String>,
    request: ApiRequest<CallSignal>,
) -> Result<StatusCode, Fault> {
    let CallSignal { line, to, kind, text } = request.body;
    let signal = Signal { line: LineId(line), to: to.map(SeatNumber), kind, text };
    line_of(&state, &pass, &request.caller)?.say(&signal)?;
    Ok(StatusCode::NO_CONTENT)
}
