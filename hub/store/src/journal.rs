//! The journal: every event of every office, numbered, each row hashed with the one before it.
//!
//! Rows stand in the order in which they were written: a commit writes to the end of the table, of however many offices
//! its events are. Where the rows of one office are to be found is kept beside it ([`super::places`]).

use office::{Event, EventKind};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{StoreError, Stored},
    file::Store,
    head::Head,
    places::NewestPlaces,
    sql::{instant, millis, params},
};

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
pub struct ChainBreak {
    /// The number of the event that is wrong.
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

    /// Checks that this row follows what ends there; gives the end after it.
    ///
    /// # Errors
    /// A [`ChainBreak`] that says how it does not.
    pub fn check(&self, office: u32, after: Head) -> Result<Head, ChainBreak> {
        let seq = after.seq + 1;
        if self.seq != seq {
            return Err(ChainBreak { seq, what: "is missing" });
        }
        let (actor, command) = (self.actor.as_str(), self.command.as_deref());
        let hash = hash_row(&after.hash, office, seq, self.at, actor, command, &self.kind, &self.body);
        if hash.as_slice() == self.hash {
            Ok(Head { seq, hash })
        } else {
            Err(ChainBreak { seq, what: "was changed after it was written, or one before it was" })
        }
    }
}

/// The hash of a row: SHA-256 over the hash before it and every column, each with its length.
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
pub(crate) fn kind_of(body: &str) -> &str {
    body.split('"').nth(1).unwrap_or_default()
}

/// What is the same in every row that one command writes.
#[derive(Debug, Clone, Copy)]
pub struct Cause {
    /// By whom the command was given.
    pub actor: Actor,
    /// The command, if it had an id.
    pub command: Option<Uuid>,
}

impl Store {
    /// Appends events to an office's journal, and says where it ends then.
    pub(crate) fn append_events(&self, office: u32, after: Head, events: &[Event], cause: Cause) -> Stored<Head> {
        if events.is_empty() {
            return Ok(after);
        }
        let actor = cause.actor.to_string();
        let command = cause.command.as_ref().map(|id| id.as_bytes().as_slice());
        let mut insert = self.sql.prepared(
            "INSERT INTO journal(office, seq, at, actor, command, kind, body, hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut head = after;
        for event in events {
            let body = serde_json::to_string(&event.kind).map_err(|error| StoreError::Broken(error.into()))?;
            let (seq, at) = (head.seq + 1, millis(event.at));
            let hash = hash_row(&head.hash, office, seq, at, &actor, command, kind_of(&body), &body);
            insert.run(params![office, seq as i64, at, actor, command, kind_of(&body), body, hash.as_slice()])?;
            head = Head { seq, hash };
        }
        self.count_newest(events.len() as u64);
        Ok(head)
    }

    /// Every row of an office after one number and up to another, in order, handed to `take` until it says stop.
    /// `newest` is of the same moment.
    pub(crate) fn read_after(
        &self,
        newest: &NewestPlaces,
        office: u32,
        after: u64,
        until: u64,
        mut take: impl FnMut(JournalRow) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut rows = self
            .sql
            .prepared("SELECT seq, at, actor, command, kind, body, hash FROM journal WHERE id = ? AND office = ?")?;
        self.places_after(newest, office, after, until, |seq, id| {
            let row = rows.one(params![id, office], |row| {
                Ok(JournalRow {
                    seq: row.get::<_, i64>(0)?.unsigned_abs(),
                    at: row.get(1)?,
                    actor: row.get(2)?,
                    command: row.get(3)?,
                    kind: row.get(4)?,
                    body: row.get(5)?,
                    hash: row.get(6)?,
                })
            })?;
            take(row.ok_or(ChainBreak { seq, what: "is missing" })?)
        })
    }

    /// The hash of a row.
    pub(crate) fn hash_at(&self, id: i64) -> Stored<[u8; 32]> {
        self.sql.only("SELECT hash FROM journal WHERE id = ?", [id], |row| row.get(0))
    }
}
