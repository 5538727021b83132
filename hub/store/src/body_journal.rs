//! The body's own journal, beside the offices': every event of every account's standing, request and switch, each row hashed with
//! the one before it. Nothing personal stands in it.

use body::Doer;
use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{
    error::{StoreError, Stored},
    file::Store,
    journal::{ChainBreak, kind_of},
    sql::{Cells, Read, instant, millis, params},
};

/// Whose event a row of the body's journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodySubject {
    /// An account's, by its number.
    Account(u32),
    /// A request's, by its number.
    Request(u64),
    /// Of the switches of level B.
    Switches,
}

impl BodySubject {
    /// As it is kept: a kind and a number.
    fn written(self) -> (&'static str, i64) {
        match self {
            Self::Account(account) => ("account", account.into()),
            Self::Request(request) => ("request", request.cast_signed()),
            Self::Switches => ("switches", 0),
        }
    }
}

/// An event on its way into the body's journal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyRow<'a, Step> {
    pub at: DateTime<Utc>,
    pub by: Doer,
    pub step: &'a Step,
}

/// A row as it stands in the file.
struct ChainRow {
    id: u64,
    at: i64,
    actor: String,
    about: String,
    number: i64,
    kind: String,
    body: String,
    hash: Vec<u8>,
}

impl Store {
    /// Appends events of one subject.
    pub(crate) fn append_body<'a, Step: Serialize + 'a>(
        &self,
        subject: BodySubject,
        rows: impl IntoIterator<Item = BodyRow<'a, Step>>,
    ) -> Stored<()> {
        let last: Option<[u8; 32]> =
            self.sql.one("SELECT hash FROM body_journal ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
        let mut previous = last.unwrap_or_default();
        let (about, number) = subject.written();
        for row in rows {
            let body = serde_json::to_string(row.step).map_err(|error| StoreError::Broken(error.into()))?;
            let (at, actor) = (millis(row.at), actor(row.by));
            previous = hash_row(&previous, at, number, [&actor, about, kind_of(&body), &body]);
            self.sql.run(
                "INSERT INTO body_journal(at, actor, about, number, kind, body, hash) VALUES(?, ?, ?, ?, ?, ?, ?)",
                params![at, actor, about, number, kind_of(&body), body, previous.as_slice()],
            )?;
        }
        Ok(())
    }

    /// What happened to one subject, in order: when, who did it, and what it was.
    pub(crate) fn body_rows<Step: DeserializeOwned>(
        &self,
        subject: BodySubject,
    ) -> Stored<Vec<(DateTime<Utc>, Doer, Step)>> {
        let (about, number) = subject.written();
        let rows: Vec<(i64, String, String)> = self.sql.rows(
            "SELECT at, actor, body FROM body_journal WHERE about = ? AND number = ? ORDER BY id",
            params![about, number],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let read = |(at, by, body): (i64, String, String)| {
            let step = serde_json::from_str(&body).map_err(|error| StoreError::Broken(error.into()))?;
            Ok((instant(at), doer(&by), step))
        };
        rows.into_iter().map(read).collect()
    }

    /// Checks that every row of the body's journal follows from the one before; says how many there are.
    ///
    /// # Errors
    /// A [`ChainBreak`], or that the store cannot be read.
    pub fn verify_body_journal(&self) -> anyhow::Result<u64> {
        let (mut previous, mut seen) = ([0; 32], 0);
        self.sql.each(
            "SELECT id, at, actor, about, number, kind, body, hash FROM body_journal ORDER BY id",
            [],
            |row| -> anyhow::Result<()> {
                let row = chain_row(row)?;
                let parts = [row.actor.as_str(), row.about.as_str(), row.kind.as_str(), row.body.as_str()];
                let hash = hash_row(&previous, row.at, row.number, parts);
                if hash.as_slice() != row.hash {
                    let what = "was changed after it was written, or one before it was";
                    return Err(ChainBreak { seq: row.id, what }.into());
                }
                if row.id != seen + 1 {
                    return Err(ChainBreak { seq: seen + 1, what: "is missing" }.into());
                }
                (previous, seen) = (hash, row.id);
                Ok(())
            },
        )?;
        Ok(seen)
    }
}

fn chain_row(row: &Cells<'_>) -> Read<ChainRow> {
    Ok(ChainRow {
        id: row.get::<_, i64>(0)?.cast_unsigned(),
        at: row.get(1)?,
        actor: row.get(2)?,
        about: row.get(3)?,
        number: row.get(4)?,
        kind: row.get(5)?,
        body: row.get(6)?,
        hash: row.get(7)?,
    })
}

/// The hash of a row: SHA-256 over the hash before it and every column, each with its length.
fn hash_row(previous: &[u8; 32], at: i64, number: i64, parts: [&str; 4]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(at.to_be_bytes());
    hash.update(number.to_be_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Who did it, as it is kept.
fn actor(by: Doer) -> String {
    by.account().map_or_else(|| "hub".to_owned(), |account| format!("account:{account}"))
}

fn doer(kept: &str) -> Doer {
    let account = kept.strip_prefix("account:").and_then(|number| number.parse().ok());
    account.map_or(Doer::Hub, Doer::Account)
}
