//! The signed heads of journals, as they were written out: for a page, and to hold the journal against them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    head::Head,
    sql::{instant, millis, params},
};

/// A head that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHeadLine {
    /// The office's row; none where it is the body's journal.
    pub office: Option<u32>,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// The line itself, with its signature.
    pub line: String,
}

impl Store {
    /// Keeps a line.
    pub fn put_head_line(&self, kept: &KeptHeadLine) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO journal_head(office, at, line) VALUES(?, ?, ?)",
                params![kept.office, millis(kept.at), kept.line],
            )
            .map(drop)
    }

    /// The newest lines of an office, or of the body.
    pub fn head_lines(&self, office: Option<u32>, most: u32) -> Stored<Vec<KeptHeadLine>> {
        self.sql.rows(
            "SELECT office, at, line FROM journal_head WHERE office IS ? ORDER BY id DESC LIMIT ?",
            params![office, most],
            |row| Ok(KeptHeadLine { office: row.get(0)?, at: instant(row.get(1)?), line: row.get(2)? }),
        )
    }

    /// Takes out older ones.
    pub fn forget_head_lines(&self, before: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM journal_head WHERE at < ?", [millis(before)])
    }

    /// Where each journal ends, by the office's row.
    pub fn journal_ends(&self) -> Stored<BTreeMap<u32, Head>> {
        self.look_heads_up()
    }
}
