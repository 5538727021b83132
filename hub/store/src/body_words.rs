//! What people wrote with conferences and with requests to be a coordinator: beside the journal, which knows it by ids alone, and
//! erasable here.

use body::{AccountId, ConferenceId, RoleRequestId, TextDigest, WordsId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// With what it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordsSubject {
    /// A conference: its title, its description and its address.
    Conference(ConferenceId),
    /// A request to be a coordinator: what was asked, and why it was refused.
    RoleRequest(RoleRequestId),
    /// The meeting held at a conference: the body's name, its place, agenda and ways.
    Meeting(ConferenceId),
    /// The minutes of that meeting, as they were made.
    Minutes(ConferenceId),
}

impl WordsSubject {
    /// As it is kept: a kind and a number.
    const fn written(self) -> (&'static str, i64) {
        match self {
            Self::Conference(conference) => ("conference", conference.0.cast_signed()),
            Self::RoleRequest(request) => ("role-request", request.0.cast_signed()),
            Self::Meeting(conference) => ("meeting", conference.0.cast_signed()),
            Self::Minutes(conference) => ("minutes", conference.0.cast_signed()),
        }
    }
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyWords {
    /// What the journal calls it.
    pub id: WordsId,
    /// What they were written about.
    pub subject: WordsSubject,
    /// The account that wrote them; none, if it was somebody with a link of their own.
    pub author: Option<AccountId>,
    /// What they wrote, until it is erased.
    pub text: String,
}

impl Store {
    /// Keeps what somebody wrote; `false` if it is kept already.
    pub fn put_body_words(&self, words: &BodyWords, at: DateTime<Utc>) -> Stored<bool> {
        let (about, number) = words.subject.written();
        let put = "INSERT OR IGNORE INTO body_words(id, about, number, author, at, text) VALUES(?, ?, ?, ?, ?, ?)";
        let values =
            params![words.id.0.into_bytes(), about, number, words.author.map(|by| by.0), millis(at), words.text];
        Ok(self.sql.run(put, values)? > 0)
    }

    /// What somebody wrote, until it is erased.
    pub fn body_words(&self, id: WordsId) -> Stored<Option<String>> {
        let text: Option<Option<String>> =
            self.sql.one("SELECT text FROM body_words WHERE id = ?", [id.0.into_bytes()], |row| row.get(0))?;
        Ok(text.flatten())
    }

    /// What a text is now, letter by letter; nothing, once it is erased.
    pub fn body_words_digest(&self, id: WordsId) -> Stored<Option<TextDigest>> {
        Ok(self.body_words(id)?.map(|text| secrets::text_digest(&text).into()))
    }

    /// Erases everything that was written with something; the journal keeps its numbers. Says how much there was.
    pub fn erase_body_words(&self, subject: WordsSubject, at: DateTime<Utc>) -> Stored<usize> {
        let (about, number) = subject.written();
        self.buried.set(true);
        self.to_scrub.set(true);
        self.sql.run(
            "UPDATE body_words SET text = NULL, erased_at = ? WHERE about = ? AND number = ? AND erased_at IS NULL",
            params![millis(at), about, number],
        )
    }

    /// Erases what an account wrote when it asked to be a coordinator, and why it was refused.
    pub(crate) fn erase_role_words_of(&self, account: u32, at: DateTime<Utc>) -> Stored<()> {
        self.buried.set(true);
        self.sql
            .run(
                "UPDATE body_words SET text = NULL, erased_at = ?1 WHERE about = 'role-request' AND erased_at IS NULL \
                 AND number IN (SELECT id FROM role_request WHERE account = ?2)",
                params![millis(at), account],
            )
            .map(drop)
    }

    /// Erases words once more, that were erased when this file was a copy of an older one.
    pub(crate) fn bury_body_words(&self, id: Uuid, at: DateTime<Utc>) -> Stored<usize> {
        self.sql.run(
            "UPDATE body_words SET text = NULL, erased_at = ? WHERE id = ? AND erased_at IS NULL",
            params![millis(at), id.into_bytes()],
        )
    }
}
