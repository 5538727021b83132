//! Snapshots: an office as it was after an event, so that a start needs only the rest of the journal.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    head::Head,
    sql::{millis, params},
};

/// An office as it was.
#[derive(Debug)]
pub struct Snapshot {
    /// Where the journal ended.
    pub head: Head,
    /// The office as JSON.
    pub body: String,
}

/// Snapshots kept of each office.
pub const SNAPSHOTS_KEPT: i64 = 2;

impl Store {
    /// The newest snapshot of an office.
    pub fn snapshot(&self, office: u32) -> Stored<Option<Snapshot>> {
        self.sql.one(
            "SELECT seq, hash, body FROM snapshot WHERE office = ? ORDER BY seq DESC LIMIT 1",
            [office],
            |row| {
                let seq = row.get::<_, i64>(0)?.unsigned_abs();
                Ok(Snapshot { head: Head { seq, hash: row.get(1)? }, body: row.get(2)? })
            },
        )
    }

    /// The event of the newest snapshot of each office that has one.
    pub fn snapshot_seqs(&self) -> Stored<BTreeMap<u32, u64>> {
        self.sql.rows("SELECT office, max(seq) FROM snapshot GROUP BY office", [], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })
    }

    /// Keeps a snapshot, and only the newest two.
    pub fn keep_snapshot(&self, office: u32, snapshot: &Snapshot, at: DateTime<Utc>) -> Stored<()> {
        self.sql.run(
            "INSERT OR REPLACE INTO snapshot(office, seq, at, hash, body) VALUES(?, ?, ?, ?, ?)",
            params![office, snapshot.head.seq as i64, millis(at), snapshot.head.hash.as_slice(), snapshot.body],
        )?;
        self.sql.run(
            "DELETE FROM snapshot WHERE office = ?1 AND seq NOT IN \
             (SELECT seq FROM snapshot WHERE office = ?1 ORDER BY seq DESC LIMIT ?2)",
            params![office, SNAPSHOTS_KEPT],
        )?;
        Ok(())
    }
}
