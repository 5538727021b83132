//! The challenge before a mail goes out, as the page shows it and as its answer is judged (OMB-03).

use acts::Fault;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use challenge::Letters;
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{paths::Page, visitor::Visitor};

/// A challenge in the page: for the script, and for who has none.
#[derive(Debug)]
pub struct ChallengeView {
    /// The proof of work, as JSON.
    pub work: String,
    /// What the letters are known by.
    pub token: String,
    /// The letters as a picture.
    pub picture: String,
    /// The letters as a sound.
    pub sound: String,
}

/// How a challenge was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeAnswer {
    /// Rightly; the answer is used up by this id. None, where the hub asks for no challenge.
    Right(Option<Uuid>),
    /// Not, or wrongly.
    Wrong,
}

/// An answer as a form sends it.
#[derive(Debug, Default, Deserialize)]
pub struct ChallengeForm {
    /// The proof of work.
    #[serde(default)]
    altcha: String,
    /// What the letters are known by.
    #[serde(default)]
    letters: String,
    /// The letters as they were read.
    #[serde(default)]
    read: String,
}

impl ChallengeForm {
    /// What names the challenge that was solved, if one was.
    pub fn solved(&self, visitor: &Visitor) -> Option<Uuid> {
        match self.judged(visitor) {
            ChallengeAnswer::Right(solved) => solved,
            ChallengeAnswer::Wrong => None,
        }
    }

    /// Whether nobody read any letters.
    pub fn is_unread(&self) -> bool {
        self.read.is_empty()
    }

    /// Judges it; letters that are read count as a guess at them.
    pub fn judged(&self, visitor: &Visitor) -> ChallengeAnswer {
        let state = &visitor.state;
        if !state.limits.challenge {
            return ChallengeAnswer::Right(None);
        }
        let now = state.clock.now();
        let by_letters = || {
            let letters = Letters::of_token(&state.key, &self.letters, now)?;
            let may_be_read = !self.read.is_empty() && state.access.limits.letters_may(letters.id);
            (may_be_read && letters.are(&state.key, &self.read)).then_some(letters.id)
        };
        match challenge::solved(&state.key, &self.altcha, now).or_else(by_letters) {
            Some(id) => ChallengeAnswer::Right(Some(id)),
            None => ChallengeAnswer::Wrong,
        }
    }
}

/// A new one; none where the hub asks for none.
pub fn show(visitor: &Visitor) -> Option<ChallengeView> {
    let state = &visitor.state;
    let prefix = &state.limits.work_prefix;
    if !state.limits.challenge {
        return None;
    }
    let now = state.clock.now();
    let work = challenge::proof_of_work(&state.key, prefix.as_str(), now)
        .inspect_err(|error| tracing::error!(%error, "no proof of work can be made"))
        .unwrap_or_default();
    let token = Letters::draw(now).token(&state.key);
    let file = |kind: &str| Page::BookLetters { file: &format!("{token}.{kind}") }.to_string();
    let (picture, sound) = (file("png"), file("wav"));
    Some(ChallengeView { work, token, picture, sound })
}

/// The letters as a picture, or as a sound.
pub async fn get(visitor: Visitor, Path(file): Path<String>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let (token, kind) = file.rsplit_once('.').ok_or(ProblemCode::NotFound)?;
    let letters = Letters::of_token(&state.key, token, state.clock.now()).ok_or(ProblemCode::NotFound)?;
    let word = letters.word(&state.key);
    let (kind, bytes) = match kind {
        "png" => {
            let png = challenge::png(&word, letters.seed(&state.key)).ok_or(ProblemCode::Unavailable)?;
            ("image/png", png)
        }
        "wav" => {
            let wav = challenge::wav(&word, visitor.voice).await.map_err(|error| {
                tracing::error!(%error, "the letters cannot be spoken");
                ProblemCode::Unavailable
            })?;
            ("audio/wav", wav)
        }
        _ => return Err(ProblemCode::NotFound.into()),
    };
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response())
}
