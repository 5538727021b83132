//! Mails that came back: the mail server hands them to `hub bounce`, which posts them here as they are (FLD-33).

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::header,
    response::Response,
};
use serde::Serialize;
use wire::ProblemCode;

use super::write::answer;
use crate::request::address;
use crate::state::Api;
use access::bearer;
use acts::Fault;
use post::{self, Report, Said, Unsent};
use secrets::{same, token_hash};
use store::OutboxRow;
use writer::START;

/// Largest body: `hub bounce` sends the beginning of what is larger.
pub const BODY_BYTES_MAX: usize = 2 * post::MESSAGE_BYTES_MAX;
/// What a message is sent as.
const MESSAGE: &str = "message/rfc822";

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Taken {
    /// A letter did not arrive: its booking is flagged.
    Flagged,
    /// It is no report that something was not delivered; nothing follows.
    NoReport,
    /// It reports a delay, or something else that is not for good; nothing follows.
    NotForGood,
    /// It names no letter of this hub; nothing follows.
    UnknownLetter,
    /// The letter was about no booking: somebody mistyped an address before they began one. Nothing follows.
    NoBooking,
    /// That the letter did not arrive is known, or it went to an address that was corrected since; nothing follows.
    Known,
}

/// The answer to a message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TakenAnswer {
    /// What became of it.
    taken: Taken,
}

/// Takes a message that came to the address for mails that come back. Its token, and no other, lets one do this and nothing
/// else. Whatever the message says is answered with 200: a mail server has nothing to do about it.
#[utoipa::path(post, path = "/api/v1/bounces", tag = "mail",
    request_body(content = Vec<u8>, content_type = "message/rfc822"),
    responses((status = 200, body = TakenAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(State(state): State<Api>, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    // Whoever asks is one address among others, so that nobody tries tokens for long.
    if !state.access.limits.address_may(address(&parts)) {
        return Err(ProblemCode::TooManyRequests.into());
    }
    let Some(bounces) = &state.post.bounces else { return Err(ProblemCode::NotFound.into()) };
    let is_right = bearer(&parts).is_some_and(|token| same(&token_hash(token), &bounces.token_hash));
    if !is_right {
        return Err(ProblemCode::NotSignedIn.into());
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(MESSAGE) {
        return Err(Fault::malformed(format!("the content-type should be {MESSAGE}")));
    }
    let body = Bytes::from_request(Request::from_parts(parts, body), &state).await;
    let body = body.map_err(|rejection| match rejection.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Fault::from(ProblemCode::TooLarge),
        _ => Fault::malformed("the body did not come".to_owned()),
    })?;
    let report = post::read_report(&body, bounces);
    let taken = take(&state, &report).await?;
    tracing::info!(?taken, bytes = body.len(), "a message came back");
    answer(&TakenAnswer { taken })
}

async fn take(state: &Api, report: &Report) -> Result<Taken, Fault> {
    let status = match report.said {
        Said::Failed(status) => status,
        Said::NoReport => return Ok(Taken::NoReport),
        Said::NotForGood => return Ok(Taken::NotForGood),
    };
    for token in &report.tokens {
        if let Some(letter) = letter(state, token).await? {
            if letter.kind == START {
                return Ok(Taken::NoBooking);
            }
            let is_new = post::take_back(&state.post, &letter, Unsent::Returned(status)).await?;
            return Ok(if is_new { Taken::Flagged } else { Taken::Known });
        }
    }
    Ok(Taken::UnknownLetter)
}

/// The letter that a token names, if the hub made the token.
async fn letter(state: &Api, token: &str) -> Result<Option<OutboxRow>, Fault> {
    let Some(number) = state.key.bounced_number(token) else { return Ok(None) };
    let found = state.readers.read(move |store| store.letter(number)).await?;
    let is_ours = |letter: &OutboxRow| {
        let right = state.key.bounce_token(letter.id, letter.created_at);
        same(right.as_bytes(), token.to_ascii_lowercase().as_bytes())
    };
    Ok(found.filter(is_ours))
}
