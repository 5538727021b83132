//! A message came to the address for letters that come back: what it says of one of ours is noted (FLD-33).

use post::{BounceVerdict, Bounces, Post, Report, SendFailure};
use secrets::same;
use serde::Serialize;
use store::OutboxRow;
use writer::START;

use crate::fault::Fault;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BounceOutcome {
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

/// Takes a message as it came.
///
/// # Errors
/// That the hub cannot read or write.
pub async fn run(post: &Post, bounces: &Bounces, message: &[u8]) -> Result<BounceOutcome, Fault> {
    let outcome = take(post, &post::read_report(message, bounces)).await?;
    tracing::info!(taken = ?outcome, bytes = message.len(), "a message came back");
    Ok(outcome)
}

async fn take(post: &Post, report: &Report) -> Result<BounceOutcome, Fault> {
    let status = match report.said {
        BounceVerdict::Failed(status) => status,
        BounceVerdict::NoReport => return Ok(BounceOutcome::NoReport),
        BounceVerdict::NotForGood => return Ok(BounceOutcome::NotForGood),
    };
    for token in &report.tokens {
        if let Some(letter) = letter(post, token).await? {
            if letter.kind == START {
                return Ok(BounceOutcome::NoBooking);
            }
            let is_new = post::take_back(post, &letter, SendFailure::Returned(status)).await?;
            return Ok(if is_new { BounceOutcome::Flagged } else { BounceOutcome::Known });
        }
    }
    Ok(BounceOutcome::UnknownLetter)
}

/// The letter that a token names, if the hub made the token.
async fn letter(post: &Post, token: &str) -> Result<Option<OutboxRow>, Fault> {
    for key in post.key.each() {
        let Some(number) = key.bounced_number(token) else { return Ok(None) };
        let found = post.readers.read(move |store| store.letter(number)).await?;
        let is_ours = |letter: &OutboxRow| {
            let right = key.bounce_token(letter.id, letter.created_at);
            same(right.as_bytes(), token.to_ascii_lowercase().as_bytes())
        };
        if let Some(letter) = found.filter(is_ours) {
            return Ok(Some(letter));
        }
    }
    Ok(None)
}
