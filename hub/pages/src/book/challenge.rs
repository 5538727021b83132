//! The challenge before a mail goes out, as the page shows it and as its answer is judged (OMB-03).

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use wire::ProblemCode;

use crate::{problem, visitor::Visitor};
use challenge::{self, Letters};
use secrets::draw_token;
use writer::CommandId;

/// A challenge in the page: for the script, and for who has none.
#[derive(Debug)]
pub struct Shown {
    /// The proof of work, as JSON.
    pub work: String,
    /// The letters.
    pub token: String,
}

/// How the challenge was answered.
#[derive(Debug, Clone, Copy)]
pub enum Answered {
    /// Rightly; the answer is used up by this id. None, where the hub asks for no challenge.
    By(Option<CommandId>),
    /// Not, or wrongly.
    Not,
}

/// A new one; none where the hub asks for none.
pub fn show(visitor: &Visitor) -> Option<Shown> {
    let state = &visitor.state;
    let prefix = &state.limits.work_prefix;
    if !state.limits.challenge {
        return None;
    }
    let now = state.clock.now();
    let work = challenge::proof_of_work(&state.key, prefix.as_str(), now)
        .inspect_err(|error| tracing::error!(%error, "no proof of work can be made"))
        .unwrap_or_default();
    Some(Shown { work, token: Letters::draw(now).token(&state.key) })
}

/// Judges an answer.
pub fn answered(visitor: &Visitor, work: &str, token: &str, read: &str) -> Answered {
    let state = &visitor.state;
    if !state.limits.challenge {
        return Answered::By(None);
    }
    let now = state.clock.now();
    let by_letters = || {
        let letters = Letters::of_token(&state.key, token, now)?;
        letters.are(&state.key, read).then_some(letters.id)
    };
    match challenge::solved(&state.key, work, now).or_else(by_letters) {
        // The body is never the same: the writer takes the id once, also after a restart.
        Some(id) => Answered::By(Some(CommandId { id, body_hash: Sha256::digest(draw_token().as_bytes()).into() })),
        None => Answered::Not,
    }
}

/// The letters as a picture, or as a sound.
pub async fn get(visitor: Visitor, Path(file): Path<String>) -> Response {
    let state = &visitor.state;
    let Some((token, kind)) = file.rsplit_once('.') else { return problem::page_of(&visitor, ProblemCode::NotFound) };
    let Some(letters) = Letters::of_token(&state.key, token, state.clock.now()) else {
        return problem::page_of(&visitor, ProblemCode::NotFound);
    };
    let word = letters.word(&state.key);
    match kind {
        "png" => match challenge::png(&word, letters.id.as_u64_pair().0) {
            Some(png) => ([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response(),
            None => problem::page_of(&visitor, ProblemCode::Unavailable),
        },
        "wav" => match challenge::wav(&word, visitor.voice).await {
            Ok(wav) => ([(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"))], wav).into_response(),
            Err(error) => {
                tracing::error!(%error, "the letters cannot be spoken");
                problem::page_of(&visitor, ProblemCode::Unavailable)
            }
        },
        _ => problem::page_of(&visitor, ProblemCode::NotFound),
    }
}
