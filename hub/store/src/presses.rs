//! Forms that were answered: the same press again, days later or after a restart, is known as done (PROM-09). Nothing of what
//! was sent or shown is kept.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// By what a press is known again: the digest of a number that was drawn with its form, and of everything that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressDigest([u8; 32]);

impl PressDigest {
    /// The digest of all parts of a press.
    #[must_use]
    pub fn of(parts: &[&str]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }
}

/// A press that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonePress {
    /// When it was done the first time.
    pub at: DateTime<Utc>,
    /// Where its answer led on, if that was all of it.
    pub place: Option<String>,
}

impl Store {
    /// The press, if it was done before.
    pub fn done_press(&self, press: &PressDigest) -> Stored<Option<DonePress>> {
        self.sql.one("SELECT at, place FROM press WHERE digest = ?", [press.0.as_slice()], |row| {
            Ok(DonePress { at: instant(row.get(0)?), place: row.get(1)? })
        })
    }

    /// Notes that a press is done.
    pub fn note_press(&self, press: &PressDigest, place: Option<&str>, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT OR IGNORE INTO press(digest, at, place) VALUES(?, ?, ?)",
                params![press.0.as_slice(), millis(at), place],
            )
            .map(drop)
    }

    /// Forgets presses of before.
    pub fn forget_presses(&self, before: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM press WHERE at < ?", [millis(before)])
    }
}
