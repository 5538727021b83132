//! A challenge that stands before a mail to an unproven address (OMB-03): shown, and what somebody replied judged, for every
//! door alike.

use access::{Access, LimitsConfig};
use challenge::Letters;
use chrono::{DateTime, Utc};
use text::Voice;
use uuid::Uuid;
use wire::ProblemCode;

use crate::fault::Fault;

/// A challenge that somebody is shown: either half of it is enough.
#[derive(Debug, Clone)]
pub struct ShownChallenge {
    /// The proof of work, as JSON.
    pub work: String,
    /// What the letters are known by.
    pub letters: String,
}

/// A reply to one.
#[derive(Debug, Clone, Copy)]
pub struct ChallengeReply<'a> {
    /// The proof of work.
    pub work: &'a str,
    /// What the letters are known by.
    pub letters: &'a str,
    /// The letters as they were read.
    pub read: &'a str,
}

/// How a challenge was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeVerdict {
    /// Rightly; the answer is used up by this id. None, where the hub asks for no challenge.
    Right(Option<Uuid>),
    /// Rightly or not, after it had ended: the page waited too long.
    Late,
    /// Not, or wrongly.
    Wrong,
}

/// A new one; none where the hub asks for none.
pub fn show(access: &Access, limits: &LimitsConfig) -> Option<ShownChallenge> {
    if !limits.challenge {
        return None;
    }
    let now = access.clock.now();
    let work = challenge::proof_of_work(&access.key, limits.work_prefix.as_str(), now)
        .inspect_err(|error| tracing::error!(%error, "no proof of work can be made"))
        .unwrap_or_default();
    Some(ShownChallenge { work, letters: Letters::draw(now).token(&access.key) })
}

impl ChallengeReply<'_> {
    /// Judges it; letters that are read count as a guess at them.
    pub fn judged(&self, access: &Access, limits: &LimitsConfig) -> ChallengeVerdict {
        if !limits.challenge {
            return ChallengeVerdict::Right(None);
        }
        let now = access.clock.now();
        let by_letters = || {
            let letters = Letters::of_token(&access.key, self.letters, now)?;
            let may_be_read = !self.read.is_empty() && access.limits.letters_may(letters.id);
            (may_be_read && letters.are(&access.key, self.read)).then_some(letters.id)
        };
        let is_late =
            || challenge::is_late(&access.key, self.work, now) || Letters::are_late(&access.key, self.letters, now);
        match challenge::solved(&access.key, self.work, now).or_else(by_letters) {
            Some(id) => ChallengeVerdict::Right(Some(id)),
            None if is_late() => ChallengeVerdict::Late,
            None => ChallengeVerdict::Wrong,
        }
    }
}

/// The letters of a file's name, as a picture or as a sound, and what that is; `….png` or `….wav`.
///
/// # Errors
/// `not-found` for letters that are none of this hub's, or too old; or that they cannot be drawn or spoken.
pub async fn letters(access: &Access, file: &str, voice: Voice) -> Result<(&'static str, Vec<u8>), Fault> {
    let now: DateTime<Utc> = access.clock.now();
    let (token, kind) = file.rsplit_once('.').ok_or(ProblemCode::NotFound)?;
    let letters = Letters::of_token(&access.key, token, now).ok_or(ProblemCode::NotFound)?;
    let word = letters.word(&access.key);
    match kind {
        "png" => {
            let png = challenge::png(&word, letters.seed(&access.key)).ok_or(ProblemCode::Unavailable)?;
            Ok(("image/png", png))
        }
        "wav" => {
            let wav = challenge::wav(&word, voice).await.map_err(|error| {
                tracing::error!(%error, "the letters cannot be spoken");
                ProblemCode::Unavailable
            })?;
            Ok(("audio/wav", wav))
        }
        _ => Err(ProblemCode::NotFound.into()),
    }
}
