//! What people wrote with requests: beside the journal, which knows it by ids alone, and erasable here.

use body::{AccountId, CaseId, WordsId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    requests::RequestRow,
    sql::{instant, millis, params},
};

/// What somebody wrote with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestWords {
    /// What the journal calls it.
    pub id: WordsId,
    /// To which request it belongs.
    pub request: CaseId,
    /// Who wrote it.
    pub author: Option<AccountId>,
    /// Whether staff alone read it.
    pub internal: bool,
    /// The text, until it is erased: what was filled in as JSON, anything else as it was written.
    pub text: Option<String>,
}

impl Store {
    /// Keeps what somebody wrote; `false` if it is kept already.
    pub fn put_request_words(&self, words: &RequestWords, at: DateTime<Utc>) -> Stored<bool> {
        let put =
            "INSERT OR IGNORE INTO request_words(id, request, author, internal, at, text) VALUES(?, ?, ?, ?, ?, ?)";
        let values = params![
            words.id.0.into_bytes(),
            words.request.0.cast_signed(),
            words.author.map(|author| author.0),
            words.internal,
            millis(at),
            words.text
        ];
        Ok(self.sql.run(put, values)? > 0)
    }

    /// Whether such words were kept, erased since or not.
    pub fn has_request_words(&self, id: WordsId) -> Stored<bool> {
        let found = self.sql.one("SELECT 1 FROM request_words WHERE id = ?", [id.0.into_bytes()], |_| Ok(()))?;
        Ok(found.is_some())
    }

    /// Everything that was written with a request, in order.
    pub fn request_words(&self, request: CaseId) -> Stored<Vec<RequestWords>> {
        self.sql.rows(
            "SELECT id, author, internal, text FROM request_words WHERE request = ? ORDER BY at, id",
            [request.0.cast_signed()],
            |row| {
                Ok(RequestWords {
                    id: WordsId(Uuid::from_bytes(row.get(0)?)),
                    request,
                    author: row.get::<_, Option<u32>>(1)?.map(AccountId),
                    internal: row.get(2)?,
                    text: row.get(3)?,
                })
            },
        )
    }

    /// Erases what was written with a request, and says which files nobody names any more; the journal keeps its numbers.
    pub fn erase_request_words(&self, row: &RequestRow, at: DateTime<Utc>) -> Stored<Vec<Uuid>> {
        self.to_scrub.set(true);
        self.buried.set(true);
        self.sql.run(
            "UPDATE request_words SET text = NULL, erased_at = ? WHERE request = ? AND erased_at IS NULL",
            params![millis(at), row.case.id.0.cast_signed()],
        )?;
        self.drop_request_files(row, at)
    }

    /// Erases words once more, that were erased when this file was a copy of an older one.
    pub(crate) fn bury_request_words(&self, id: Uuid, at: DateTime<Utc>) -> Stored<usize> {
        self.sql.run(
            "UPDATE request_words SET text = NULL, erased_at = ? WHERE id = ? AND erased_at IS NULL",
            params![millis(at), id.into_bytes()],
        )
    }

    /// When what was written with a request was erased, if it was.
    pub fn request_erased_at(&self, id: CaseId) -> Stored<Option<DateTime<Utc>>> {
        let at: Option<i64> = self.sql.only(
            "SELECT max(erased_at) FROM request_words WHERE request = ?",
            [id.0.cast_signed()],
            |row| row.get(0),
        )?;
        Ok(at.map(instant))
    }
}
