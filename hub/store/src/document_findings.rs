//! What staff found of the documents that belong to a booking (TRN-10): each complete or missing, by whom, and when.

use chrono::{DateTime, Utc};
use office::PersonId;

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// A document that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DocumentFinding {
    /// Which: `needed:0` is the first of the service's list, anything else an uploaded file's id.
    pub what: String,
    /// Whether it is there and right.
    pub complete: bool,
    /// The account that said so.
    #[serde(skip)]
    pub by: u32,
    /// When the clerk said so.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Notes what was found of one document; none takes back what was said before.
    pub fn put_paper(
        &self,
        person: PersonId,
        what: &str,
        complete: Option<bool>,
        by: u32,
        at: DateTime<Utc>,
    ) -> Stored<()> {
        let id = person.0.into_bytes();
        match complete {
            Some(complete) => self
                .sql
                .run(
                    "INSERT INTO paper(person, what, complete, account, at) VALUES(?, ?, ?, ?, ?) \
                     ON CONFLICT(person, what) DO UPDATE SET complete = excluded.complete, \
                     account = excluded.account, at = excluded.at WHERE complete <> excluded.complete",
                    params![id, what, complete, by, millis(at)],
                )
                .map(drop),
            None => self.sql.run("DELETE FROM paper WHERE person = ? AND what = ?", params![id, what]).map(drop),
        }
    }

    /// What was found of somebody's documents.
    pub fn papers_of(&self, person: PersonId) -> Stored<Vec<DocumentFinding>> {
        self.sql.rows(
            "SELECT what, complete, account, at FROM paper WHERE person = ? ORDER BY what",
            [person.0.into_bytes()],
            |row| {
                Ok(DocumentFinding {
                    what: row.get(0)?,
                    complete: row.get(1)?,
                    by: row.get(2)?,
                    at: instant(row.get(3)?),
                })
            },
        )
    }
}
