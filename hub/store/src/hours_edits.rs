//! Changes of an office's hours and closures that were made on pages (FLD-15), each with who and when, for people to look at;
//! the journal has the same as events.

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// A change of an office's hours or closures, for the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursEdit {
    /// The account that made it.
    pub account: u32,
    /// What was done: `closed`, `opened`, `hours`, `hours-undone`.
    pub what: String,
    /// The closure or the hours, as JSON.
    pub body: String,
}

impl Store {
    /// Keeps a change.
    pub(crate) fn put_hours_edit(&self, office: u32, edit: &HoursEdit, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO hours_edit(office, at, account, what, body) VALUES(?, ?, ?, ?, ?)",
                params![office, millis(at), edit.account, edit.what, edit.body],
            )
            .map(drop)
    }

    /// The newest changes of an office, with when.
    pub fn hours_edits(&self, office: u32, most: u32) -> Stored<Vec<(DateTime<Utc>, HoursEdit)>> {
        self.sql.rows(
            "SELECT at, account, what, body FROM hours_edit WHERE office = ? ORDER BY id DESC LIMIT ?",
            [office, most],
            |row| {
                let edit = HoursEdit { account: row.get(1)?, what: row.get(2)?, body: row.get(3)? };
                Ok((instant(row.get(0)?), edit))
            },
        )
    }
}
