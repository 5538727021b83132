//! The file, as everybody in this room holds it, and what is kept of the file itself.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use secrets::KEY_BYTES;

use crate::{
    error::Stored,
    head::Head,
    sql::{Sql, instant, millis, params},
};

/// The store. Each of its methods is a whole operation; they stand in the files of this folder, one for each table.
/// Several become one fact by a [`crate::Batch`], several see one moment by a [`crate::Moment`].
#[derive(Debug)]
pub struct Store {
    pub(crate) sql: Sql,
    /// Something personal was taken out of the tables, and its old pages still stand in the write-ahead file.
    pub(crate) to_scrub: Cell<bool>,
    /// Something is gone that a backup from before must not bring back.
    pub(crate) buried: Cell<bool>,
    /// Rows of the journal that were written since it was taken into its index, about.
    pub(crate) newest: Cell<u64>,
    /// Where the journals end, as far as that was looked up.
    pub(crate) heads: RefCell<KnownHeads>,
}

/// Where the journals end. Looked up once: after that, only a batch that is undone or a stranger's write makes them
/// unknown.
#[derive(Debug, Default)]
pub struct KnownHeads {
    /// The newest event of each office's journal, by the office's row.
    pub by_office: Option<BTreeMap<u32, Head>>,
    /// How the engine calls the file's state; another number tells of a stranger's write.
    pub version: i64,
}

impl Store {
    /// Over this connection.
    pub(crate) fn over(connection: Connection) -> Self {
        Self {
            sql: Sql::new(connection),
            to_scrub: Cell::new(false),
            buried: Cell::new(false),
            newest: Cell::new(0),
            heads: RefCell::default(),
        }
    }

    /// A setting of the file itself.
    pub(crate) fn meta(&self, key: &str) -> Stored<Option<Vec<u8>>> {
        self.sql.one("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0))
    }

    /// A setting that is a number.
    pub(crate) fn meta_number(&self, key: &str) -> Stored<Option<i64>> {
        Ok(self.meta(key)?.and_then(|value| Some(i64::from_be_bytes(value.try_into().ok()?))))
    }

    /// Changes a setting of the file itself.
    pub(crate) fn set_meta(&self, key: &str, value: &[u8]) -> Stored<()> {
        self.sql.run("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", params![key, value]).map(drop)
    }

    /// Takes a setting of the file itself out.
    pub(crate) fn drop_meta(&self, key: &str) -> Stored<()> {
        self.sql.run("DELETE FROM meta WHERE key = ?", [key]).map(drop)
    }

    /// The history that event numbers belong to; a restored backup starts another.
    pub fn epoch(&self) -> Stored<u64> {
        Ok(self.meta_number("epoch")?.map_or(1, i64::cast_unsigned))
    }

    /// Gives the file a history of its own, so that no reader compares numbers across a restore.
    pub fn start_new_epoch(&self) -> Stored<()> {
        // Random, and not counted on: two restores of one backup are two histories.
        let epoch = u64::from(rand::random::<u32>()).max(2);
        self.set_meta("epoch", &epoch.to_be_bytes())
    }

    /// When the hub last said that it lives.
    pub fn alive_at(&self) -> Stored<Option<DateTime<Utc>>> {
        Ok(self.meta_number("alive-at")?.map(instant))
    }

    /// The hub lives.
    pub fn note_alive(&self, now: DateTime<Utc>) -> Stored<()> {
        self.set_meta("alive-at", &millis(now).to_be_bytes())
    }

    /// The seed of the key by which devices know this hub; with the file it moves to another machine.
    pub fn identity_seed(&self) -> Stored<Option<[u8; KEY_BYTES]>> {
        Ok(self.meta("identity-seed")?.and_then(|value| value.try_into().ok()))
    }

    /// Draws what a file has from its first opening on: its keys, and the first history.
    pub(crate) fn fill_meta(&self) -> Stored<()> {
        self.fill_server_key()?;
        if self.meta("identity-seed")?.is_none() {
            self.set_meta("identity-seed", &rand::random::<[u8; KEY_BYTES]>())?;
        }
        if self.meta("epoch")?.is_none() {
            self.set_meta("epoch", &1_u64.to_be_bytes())?;
        }
        Ok(())
    }

    /// The row of an office, made if it is new.
    pub fn office_row(&self, key: &str) -> Stored<u32> {
        self.sql.run("INSERT OR IGNORE INTO office(key) VALUES(?)", [key])?;
        self.sql.only("SELECT id FROM office WHERE key = ?", [key], |row| row.get(0))
    }

    /// Every office that the file knows.
    pub fn offices(&self) -> Stored<Vec<(u32, String)>> {
        self.sql.rows("SELECT id, key FROM office ORDER BY id", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Whether the engine finds the file whole.
    pub fn is_sound(&self) -> Stored<bool> {
        let answer: String = self.sql.only("PRAGMA quick_check", [], |row| row.get(0))?;
        Ok(answer == "ok")
    }

    /// Erases, and leaves it to a later batch to overwrite what was: that one ends with [`Store::scrub_now`].
    pub fn erasing_on<T>(&self, erase: impl FnOnce(&Self) -> Stored<T>) -> Stored<T> {
        let before = self.to_scrub.get();
        let erased = erase(self);
        self.to_scrub.set(before);
        erased
    }

    /// After this batch, what was erased is overwritten.
    pub fn scrub_now(&self) {
        self.to_scrub.set(true);
    }

    /// Empties the write-ahead file into the tables, where what was erased is overwritten. A reader that is under way
    /// prevents it; then it is done after a later commit.
    pub(crate) fn scrub(&self) -> Stored<()> {
        let busy: i64 = self.sql.only("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        self.to_scrub.set(busy != 0);
        Ok(())
    }
}
