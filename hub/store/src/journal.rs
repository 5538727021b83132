//! The journal: every event of every office, numbered, each row hashed with the one before it.
//!
//! Rows stand in the order in which they were written: a commit writes to the end of the table, of however many offices
//! its events are. Where the rows of one office are to be found is kept beside it ([`super::places`]).

use office::{Event, EventKind};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Store, Stored, instant, millis};
use crate::actor::Actor;
use crate::places::NewestPlaces;

/// The hash before the first row.
pub const START_OF_CHAIN: [u8; 32] = [0; 32];

/// A row as it stands in the file.
#[derive(Debug)]
pub struct JournalRow {
    /// 1, 2, 3… in its office.
    pub seq: u64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who asked, as text.
    pub actor: String,
    /// The command that it followed from.
    pub command: Option<Vec<u8>>,
    /// The event's name.
    pub kind: String,
    /// The event's data, as JSON.
    pub body: String,
    /// Over this row and the hash of the one before.
    pub hash: Vec<u8>,
}

/// A row does not follow from the one before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {what}")]
pub struct ChainBroken {
    /// Which row.
    pub seq: u64,
    /// What is wrong with it.
    pub what: &'static str,
}

impl JournalRow {
    /// The event in this row.
    ///
    /// # Errors
    /// If it is none that this hub knows.
    pub fn event(&self) -> serde_json::Result<Event> {
        Ok(Event { at: instant(self.at), kind: serde_json::from_str::<EventKind>(&self.body)? })
    }

    /// Checks that this row follows the one with number `seq - 1` and hash `previous`.
    ///
    /// # Errors
    /// A [`ChainBroken`] that says how it does not.
    pub fn check(&self, office: u32, seq: u64, previous: &[u8; 32]) -> Result<[u8; 32], ChainBroken> {
        if self.seq != seq {
            return Err(ChainBroken { seq, what: "is missing" });
        }
        let hash = chain(previous, office, self);
        if hash.as_slice() == self.hash {
            Ok(hash)
        } else {
            Err(ChainBroken { seq, what: "was changed after it was written, or one before it was" })
        }
    }
}

/// The hash of a row: SHA-256 over the hash before it and every column, each with its length.
pub fn chain(previous: &[u8; 32], office: u32, row: &JournalRow) -> [u8; 32] {
    hash_row(previous, office, row.seq, row.at, &row.actor, row.command.as_deref(), &row.kind, &row.body)
}

#[expect(clippy::too_many_arguments, reason = "the columns of a row, borrowed on the way to the file")]
fn hash_row(
    previous: &[u8; 32],
    office: u32,
    seq: u64,
    at: i64,
    actor: &str,
    command: Option<&[u8]>,
    kind: &str,
    body: &str,
) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(office.to_be_bytes());
    hash.update(seq.to_be_bytes());
    hash.update(at.to_be_bytes());
    for part in [actor.as_bytes(), command.unwrap_or_default(), kind.as_bytes(), body.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The name of the event in its JSON: the first word in it.
fn kind_of(body: &str) -> &str {
    body.split('"').nth(1).unwrap_or_default()
}

impl Store {
    /// Appends an event; gives the hash of its row.
    pub fn append(
        &self,
        office: u32,
        seq: u64,
        previous: &[u8; 32],
        event: &Event,
        actor: Actor,
        command: Option<Uuid>,
    ) -> Stored<[u8; 32]> {
        let body = serde_json::to_string(&event.kind)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let actor = actor.to_string();
        let at = millis(event.at);
        let command = command.as_ref().map(|id| id.as_bytes().as_slice());
        let hash = hash_row(previous, office, seq, at, &actor, command, kind_of(&body), &body);
        self.connection
            .prepare_cached(
                "INSERT INTO journal(office, seq, at, actor, command, kind, body, hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![office, seq as i64, at, actor, command, kind_of(&body), body, hash.as_slice()])?;
        self.count_newest(1);
        Ok(hash)
    }

    /// Every row of an office after one number and up to another, in order, handed to `take` until it says stop.
    /// `newest` is of the same reading.
    pub fn read_after(
        &self,
        newest: &NewestPlaces,
        office: u32,
        after: u64,
        until: u64,
        mut take: impl FnMut(JournalRow) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, at, actor, command, kind, body, hash FROM journal WHERE id = ? AND office = ?",
        )?;
        self.places_after(newest, office, after, until, |seq, id| {
            let row = statement.query_row(params![id, office], |row| {
                Ok(JournalRow {
                    seq: row.get::<_, i64>(0)?.unsigned_abs(),
                    at: row.get(1)?,
                    actor: row.get(2)?,
                    command: row.get(3)?,
                    kind: row.get(4)?,
                    body: row.get(5)?,
                    hash: row.get(6)?,
                })
            });
            take(row.optional()?.ok_or(ChainBroken { seq, what: "is missing" })?)
        })
    }
}
