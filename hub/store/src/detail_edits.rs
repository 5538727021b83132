//! Changes that staff made to what was said with a booking (FLD-14): who, when, which fields; not what stood in them.

use chrono::{DateTime, Utc};
use office::PersonId;

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// Which details of a person staff changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailEdit {
    /// Of whose details.
    pub person: PersonId,
    /// The account that changed them.
    pub account: u32,
    /// Names of the fields of the form that have another value since.
    pub fields: Vec<String>,
}

impl Store {
    /// Keeps a change.
    pub(crate) fn put_detail_edit(&self, edit: &DetailEdit, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO detail_edit(person, at, account, fields) VALUES(?, ?, ?, ?)",
                params![edit.person.0.into_bytes(), millis(at), edit.account, edit.fields.join(" ")],
            )
            .map(drop)
    }

    /// Every change of somebody's details, the newest first, with when.
    pub fn detail_edits(&self, person: PersonId) -> Stored<Vec<(DateTime<Utc>, DetailEdit)>> {
        self.sql.rows(
            "SELECT at, account, fields FROM detail_edit WHERE person = ? ORDER BY id DESC",
            [person.0.into_bytes()],
            |row| {
                let fields: String = row.get(2)?;
                let fields = fields.split_whitespace().map(str::to_owned).collect();
                Ok((instant(row.get(0)?), DetailEdit { person, account: row.get(1)?, fields }))
            },
        )
    }
}
