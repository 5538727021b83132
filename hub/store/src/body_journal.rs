//! The body's own journal, beside the offices': every event of every account's standing, request and switch, each row hashed with
//! the one before it. Nothing personal stands in it.

use anyhow::Context;
use body::Doer;
use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{
    error::{StoreError, Stored},
    file::Store,
    head::Head,
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
    /// A request to be a coordinator, by its number.
    RoleRequest(u64),
    /// Of the units that were made.
    Units,
    /// Of the windows of maintenance that were announced.
    Upkeep,
    /// A conference's, by its number.
    Conference(u64),
    /// Of the meeting held at a conference, by its number.
    Meeting(u64),
}

impl BodySubject {
    /// As it is kept: a kind and a number.
    fn written(self) -> (&'static str, i64) {
        match self {
            Self::Account(account) => ("account", account.into()),
            Self::Request(request) => ("request", request.cast_signed()),
            Self::Switches => ("switches", 0),
            Self::RoleRequest(request) => ("role-request", request.cast_signed()),
            Self::Units => ("units", 0),
            Self::Upkeep => ("upkeep", 0),
            Self::Conference(conference) => ("conference", conference.cast_signed()),
            Self::Meeting(conference) => ("meeting", conference.cast_signed()),
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
pub(crate) struct ChainRow {
    id: u64,
    at: i64,
    actor: String,
    about: String,
    number: i64,
    kind: String,
    body: String,
    hash: Vec<u8>,
}

impl ChainRow {
    /// Whose event it is.
    pub fn subject(&self) -> anyhow::Result<BodySubject> {
        match self.about.as_str() {
            "account" => Ok(BodySubject::Account(u32::try_from(self.number)?)),
            "request" => Ok(BodySubject::Request(self.number.cast_unsigned())),
            "switches" => Ok(BodySubject::Switches),
            "role-request" => Ok(BodySubject::RoleRequest(self.number.cast_unsigned())),
            "units" => Ok(BodySubject::Units),
            "upkeep" => Ok(BodySubject::Upkeep),
            "conference" => Ok(BodySubject::Conference(self.number.cast_unsigned())),
            "meeting" => Ok(BodySubject::Meeting(self.number.cast_unsigned())),
            about => anyhow::bail!("event {} is about \"{about}\", which this hub does not know", self.id),
        }
    }

    /// When, who did it, and what it was.
    pub fn step<Step: DeserializeOwned>(&self) -> anyhow::Result<(DateTime<Utc>, Doer, Step)> {
        let step = serde_json::from_str(&self.body);
        let step = step.with_context(|| format!("event {} is none that this hub knows", self.id))?;
        Ok((instant(self.at), doer(&self.actor), step))
    }
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
        Ok(self.check_body(Head::NONE, u64::MAX, |_| Ok(()))?.seq)
    }

    /// Checks that every row after one, and up to another, follows from the one before, and hands it on; gives the end.
    pub(crate) fn check_body(
        &self,
        after: Head,
        until: u64,
        mut take: impl FnMut(&ChainRow) -> anyhow::Result<()>,
    ) -> anyhow::Result<Head> {
        let mut end = after;
        self.sql.each(
            "SELECT id, at, actor, about, number, kind, body, hash FROM body_journal WHERE id > ? AND id <= ? ORDER BY id",
            params![after.seq.cast_signed(), until.min(i64::MAX.cast_unsigned()).cast_signed()],
            |row| -> anyhow::Result<()> {
                let row = chain_row(row)?;
                let parts = [row.actor.as_str(), row.about.as_str(), row.kind.as_str(), row.body.as_str()];
                let hash = hash_row(&end.hash, row.at, row.number, parts);
                if hash.as_slice() != row.hash {
                    let what = "was changed after it was written, or one before it was";
                    return Err(ChainBreak { seq: row.id, what }.into());
                }
                if row.id != end.seq + 1 {
                    return Err(ChainBreak { seq: end.seq + 1, what: "is missing" }.into());
                }
                end = Head { seq: row.id, hash };
                take(&row)
            },
        )?;
        Ok(end)
    }

    /// Where the body's journal ends.
    pub fn body_end(&self) -> Stored<Head> {
        let last = "SELECT id, hash FROM body_journal ORDER BY id DESC LIMIT 1";
        let end =
            self.sql.one(last, [], |row| Ok(Head { seq: row.get::<_, i64>(0)?.cast_unsigned(), hash: row.get(1)? }))?;
        Ok(end.unwrap_or(Head::NONE))
    }

    /// Checks that the body's journal still has an event with this hash, and goes on from there.
    ///
    /// # Errors
    /// How it does not.
    pub fn body_follows(&self, head: Head) -> anyhow::Result<()> {
        let kept: Option<[u8; 32]> =
            self.sql.one("SELECT hash FROM body_journal WHERE id = ?", [head.seq.cast_signed()], |row| row.get(0))?;
        anyhow::ensure!(kept == Some(head.hash), "event {} is not the one that was signed", head.seq);
        self.check_body(head, u64::MAX, |_| Ok(())).map(drop)
    }

    /// Checks that the body's journal up to an event is the one whose last hash this is, row by row from the first.
    ///
    /// # Errors
    /// How it is not.
    pub fn verify_body_head(&self, head: Head) -> anyhow::Result<()> {
        let end = self.check_body(Head::NONE, head.seq, |_| Ok(()))?;
        anyhow::ensure!(
            end.seq == head.seq,
            "the body's journal ends with event {}, before event {}",
            end.seq,
            head.seq
        );
        anyhow::ensure!(
            end.hash == head.hash,
            "event {} is not the one that was signed: it, or one before it, was rewritten since",
            head.seq
        );
        Ok(())
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
    match by {
        Doer::Account(account) => format!("account:{account}"),
        Doer::Hub => "hub".to_owned(),
        Doer::Link => "link".to_owned(),
    }
}

fn doer(kept: &str) -> Doer {
    let account = kept.strip_prefix("account:").and_then(|number| number.parse().ok());
    let nobody = if kept == "link" { Doer::Link } else { Doer::Hub };
    account.map_or(nobody, Doer::Account)
}
