//! The challenge before a mail goes out, as the page shows it and as its form is read (OMB-03).

use acts::{
    Fault,
    challenge_reply::{self, ChallengeReply, ChallengeVerdict, ShownChallenge},
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use paths::Page;
use serde::Deserialize;
use uuid::Uuid;

use crate::{extract::PagePath, visitor::Visitor};

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
            ChallengeVerdict::Right(solved) => solved,
            ChallengeVerdict::Late | ChallengeVerdict::Wrong => None,
        }
    }

    /// Judges it; letters that are read count as a guess at them.
    fn judged(&self, visitor: &Visitor) -> ChallengeVerdict {
        let reply = ChallengeReply { work: &self.altcha, letters: &self.letters, read: &self.read };
        reply.judged(&visitor.state.access, &visitor.state.limits)
    }

    /// Judges the letters alone: for a form that a program seems to have filled in.
    fn judged_by_letters(&self, visitor: &Visitor) -> ChallengeVerdict {
        let reply = ChallengeReply { work: "", letters: &self.letters, read: &self.read };
        reply.judged(&visitor.state.access, &visitor.state.limits)
    }
}

/// An answer in a form by which a mail goes to an address that nobody has proven, with the field that programs fill in.
#[derive(Debug, Default, Deserialize)]
pub struct MailChallengeForm {
    #[serde(flatten)]
    challenge: ChallengeForm,
    /// Nobody sees this field, and no browser fills in one of this name; programs do.
    #[serde(default)]
    left_empty: String,
    /// Whether letters were asked for, since that field was filled in.
    #[serde(default)]
    by_letters: String,
}

/// Why a challenge was not solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChallengeFlaw {
    /// The field that is wrong.
    pub field: &'static str,
    /// The sentence that says what to do.
    pub sentence: &'static str,
}

impl MailChallengeForm {
    /// Whether letters are asked for: a program seems to fill the form in, or a browser that fills in more than it should.
    /// People read them, and lose nothing.
    #[must_use]
    pub const fn asks_letters(&self) -> bool {
        !self.left_empty.is_empty() || !self.by_letters.is_empty()
    }

    /// What names the challenge that was solved; none where the hub asks for none.
    ///
    /// # Errors
    /// What is wrong with the answer.
    pub fn solved(&self, visitor: &Visitor) -> Result<Option<Uuid>, ChallengeFlaw> {
        let challenge = &self.challenge;
        let verdict =
            if self.asks_letters() { challenge.judged_by_letters(visitor) } else { challenge.judged(visitor) };
        let (field, sentence) = match verdict {
            ChallengeVerdict::Right(solved) => return Ok(solved),
            // No field is wrong: the button is to be pressed again.
            ChallengeVerdict::Late => ("press", "challenge-late"),
            ChallengeVerdict::Wrong if challenge.read.is_empty() => ("read", "challenge-missing"),
            ChallengeVerdict::Wrong => ("read", "challenge-wrong"),
        };
        Err(ChallengeFlaw { field, sentence })
    }
}

/// A new one; none where the hub asks for none.
pub fn show(visitor: &Visitor) -> Option<ChallengeView> {
    let ShownChallenge { work, letters: token } = challenge_reply::show(&visitor.state.access, &visitor.state.limits)?;
    let file = |kind: &str| Page::BookLetters { file: &format!("{token}.{kind}") }.to_string();
    let (picture, sound) = (file("png"), file("wav"));
    Some(ChallengeView { work, token, picture, sound })
}

/// The letters as a picture, or as a sound.
pub async fn get(visitor: Visitor, PagePath(file): PagePath<String>) -> Result<Response, Fault> {
    let (kind, bytes) = challenge_reply::letters(&visitor.state.access, &file, visitor.voice).await?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response())
}
