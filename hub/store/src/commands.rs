//! Commands that were answered: the same id again gets the same answer (PROM-09).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Store, Stored, millis};

/// A command that was answered before.
#[derive(Debug)]
pub struct StoredCommand {
    /// Who asked it.
    pub actor: String,
    /// SHA-256 of what was asked.
    pub body_hash: Vec<u8>,
    /// What was answered.
    pub answer: Vec<u8>,
}

impl Store {
    /// The command with this id, if it was answered before.
    pub fn command(&self, id: Uuid) -> Stored<Option<StoredCommand>> {
        self.connection
            .prepare_cached("SELECT actor, body_hash, answer FROM command WHERE id = ?")?
            .query_row([id.as_bytes().as_slice()], |row| {
                Ok(StoredCommand { actor: row.get(0)?, body_hash: row.get(1)?, answer: row.get(2)? })
            })
            .optional()
    }

    /// Keeps an answer.
    pub fn keep_answer(&self, id: Uuid, at: DateTime<Utc>, actor: &str, body_hash: &[u8], answer: &[u8]) -> Stored<()> {
        self.connection
            .prepare_cached("INSERT INTO command(id, at, actor, body_hash, answer) VALUES(?, ?, ?, ?, ?)")?
            .execute(params![id.as_bytes().as_slice(), millis(at), actor, body_hash, answer])
            .map(drop)
    }

    /// Forgets answers older than `before`, the oldest first and at most `count`; says how many.
    pub fn forget_answers(&self, before: DateTime<Utc>, count: u32) -> Stored<usize> {
        // Rows stand in the order of their answers: the oldest are the first, and no index on the time is needed.
        self.connection
            .prepare_cached(
                "DELETE FROM command WHERE rowid IN (SELECT rowid FROM command ORDER BY rowid LIMIT ?) AND at < ?",
            )?
            .execute(params![count, millis(before)])
    }
}
