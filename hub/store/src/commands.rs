//! Commands that were answered: the same id again gets the same answer (PROM-09).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::Stored,
    file::Store,
    sql::{millis, params},
};

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

/// An answer that is kept, to be given again.
#[derive(Debug, Clone, Copy)]
pub struct KeptAnswer<'a> {
    /// The id that came with the command.
    pub command: Uuid,
    /// SHA-256 of what was asked.
    pub body_hash: &'a [u8; 32],
    /// What is answered.
    pub bytes: &'a [u8],
}

impl Store {
    /// The command with this id, if it was answered before.
    pub fn command(&self, id: Uuid) -> Stored<Option<StoredCommand>> {
        self.sql.one("SELECT actor, body_hash, answer FROM command WHERE id = ?", [id.as_bytes().as_slice()], |row| {
            Ok(StoredCommand { actor: row.get(0)?, body_hash: row.get(1)?, answer: row.get(2)? })
        })
    }

    /// Puts an answer in, to be found by its command's id.
    pub(crate) fn keep_answer(&self, answer: &KeptAnswer<'_>, actor: Actor, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO command(id, at, actor, body_hash, answer) VALUES(?, ?, ?, ?, ?)",
                params![
                    answer.command.as_bytes().as_slice(),
                    millis(at),
                    actor.to_string(),
                    answer.body_hash.as_slice(),
                    answer.bytes
                ],
            )
            .map(drop)
    }

    /// Forgets answers older than `before`, the oldest first and at most `count`; says how many.
    pub fn forget_answers(&self, before: DateTime<Utc>, count: u32) -> Stored<usize> {
        // Rows stand in the order of their answers: the oldest are the first, and no index on the time is needed.
        self.sql.run(
            "DELETE FROM command WHERE rowid IN (SELECT rowid FROM command ORDER BY rowid LIMIT ?) AND at < ?",
            params![count, millis(before)],
        )
    }
}
