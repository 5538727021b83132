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

    /// Whether nobody read any letters.
    pub fn is_unread(&self) -> bool {
        self.read.is_empty()
    }

    /// Judges it; letters that are read count as a guess at them.
    pub fn judged(&self, visitor: &Visitor) -> ChallengeVerdict {
        let reply = ChallengeReply { work: &self.altcha, letters: &self.letters, read: &self.read };
        reply.judged(&visitor.state.access, &visitor.state.limits)
    }

    /// Judges the letters alone: for a form that a program seems to have filled in.
    pub fn judged_by_letters(&self, visitor: &Visitor) -> ChallengeVerdict {
        let reply = ChallengeReply { work: "", letters: &self.letters, read: &self.read };
        reply.judged(&visitor.state.access, &visitor.state.limits)
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
