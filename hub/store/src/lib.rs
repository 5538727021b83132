//! The narrow door to the store: one SQLite file. Nothing outside this folder knows SQL.

mod accounts;
mod actor;
mod agents;
mod buckets;
mod commands;
mod detail_edits;
mod devices;
mod erasure;
mod hours_edits;
mod journal;
mod lock;
mod looks;
mod outbox;
mod papers;
mod past;
mod people;
mod places;
mod reach;
mod reports;
mod schema;
mod served;
mod snapshots;
mod texts;
mod uploads;

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

pub use accounts::{Account, Login, Role};
pub use actor::Actor;
pub use agents::{Agent, Entrusted, NewAgent};
pub use buckets::Bucket;
pub use detail_edits::DetailEdit;
pub use devices::Device;
pub use erasure::{Past, Record};
pub use hours_edits::HoursEdit;
pub use journal::START_OF_CHAIN;
pub use lock::FileLock;
pub use looks::Look;
pub use outbox::{OutboxRow, Posted, SentBy, UnsentMail};
pub use papers::Paper;
pub use past::PastRow;
pub use people::{Consent, Declared, Entered, Note, Person};
pub use places::NewestPlaces;
pub use reach::{Undelivered, UnreachedLetter};
pub use served::Served;
pub use snapshots::Snapshot;
pub use texts::TextEdit;
pub use uploads::Upload;

use secrets::KEY_BYTES;

/// A look-up did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the store cannot be read")]
pub struct ReadError;

/// What a query answers.
pub type Stored<T> = Result<T, StoreError>;

/// Why the store could not be read or written; nobody outside looks into it, save [`is_full`].
pub type StoreError = rusqlite::Error;

/// A connection to the file. Its methods stand in the files of this folder, one for each table.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Something personal was taken out of the tables, and its old pages still stand in the write-ahead file.
    to_scrub: Cell<bool>,
    /// Rows of the journal that were written since it was taken into its index, about.
    newest: Cell<u64>,
}

/// Milliseconds since 1970, as the tables keep times.
fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A time from the tables.
fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

impl Store {
    /// Opens the file for the one writer; makes it if there is none.
    ///
    /// # Errors
    /// If the file cannot be opened, or was written by a newer hub.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        schema::set_up_writer(&connection).with_context(|| format!("cannot write {}", path.display()))?;
        match schema::version(&connection)? {
            0 => {
                let transaction = connection.unchecked_transaction()?;
                schema::create(&transaction)?;
                transaction.commit()?;
                hide_from_others(path)?;
            }
            schema::SCHEMA_VERSION => {}
            older @ 1..schema::SCHEMA_VERSION => {
                let transaction = connection.unchecked_transaction()?;
                schema::upgrade(&transaction, older)?;
                transaction.commit()?;
            }
            newer => anyhow::bail!(
                "{} has tables of version {newer}, this hub knows {}",
                path.display(),
                schema::SCHEMA_VERSION
            ),
        }
        let store = Self { connection, to_scrub: Cell::new(false), newest: Cell::new(0) };
        store.begin_to_count()?;
        if store.meta("server-key")?.is_none() {
            store.set_meta("server-key", &rand::random::<[u8; KEY_BYTES]>())?;
        }
        if store.meta("epoch")?.is_none() {
            store.set_meta("epoch", &1_u64.to_be_bytes())?;
        }
        Ok(store)
    }

    /// Opens an existing file for reading.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn open_to_read(path: &Path) -> anyhow::Result<Self> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).with_context(|| format!("cannot open {}", path.display()))?;
        schema::set_up_reader(&connection)?;
        let version = schema::version(&connection)?;
        anyhow::ensure!(version == schema::SCHEMA_VERSION, "{} is no file of this hub", path.display());
        Ok(Self { connection, to_scrub: Cell::new(false), newest: Cell::new(0) })
    }

    /// Begins a batch.
    pub fn begin(&self) -> Stored<()> {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([]).map(drop)
    }

    /// Begins a reading that sees one moment throughout.
    pub fn begin_reading(&self) -> Stored<()> {
        self.connection.execute_batch("BEGIN")
    }

    /// Makes a batch a fact on disk.
    pub fn commit(&self) -> Stored<()> {
        self.keep_places()?;
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        if self.to_scrub.get() {
            self.scrub()?;
        }
        Ok(())
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
    fn scrub(&self) -> Stored<()> {
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        self.to_scrub.set(busy != 0);
        Ok(())
    }

    /// Gives a batch up; SQLite may have done so by itself.
    pub fn roll_back(&self) {
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// A setting of the file itself.
    pub fn meta(&self, key: &str) -> Stored<Option<Vec<u8>>> {
        self.connection.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0)).optional()
    }

    /// Changes a setting of the file itself.
    pub fn set_meta(&self, key: &str, value: &[u8]) -> Stored<()> {
        self.connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", params![key, value]).map(drop)
    }

    /// The history that event numbers belong to; a restored backup starts another.
    pub fn epoch(&self) -> Stored<u64> {
        let bytes = self.meta("epoch")?.and_then(|value| <[u8; 8]>::try_from(value).ok());
        Ok(bytes.map_or(1, u64::from_be_bytes))
    }

    /// When the hub last said that it lives.
    pub fn alive_at(&self) -> Stored<Option<DateTime<Utc>>> {
        let bytes = self.meta("alive-at")?.and_then(|value| <[u8; 8]>::try_from(value).ok());
        Ok(bytes.map(|bytes| instant(i64::from_be_bytes(bytes))))
    }

    /// The hub lives.
    pub fn note_alive(&self, now: DateTime<Utc>) -> Stored<()> {
        self.set_meta("alive-at", &millis(now).to_be_bytes())
    }

    /// The server's key.
    pub fn server_key(&self) -> Stored<Option<[u8; KEY_BYTES]>> {
        Ok(self.meta("server-key")?.and_then(|value| value.try_into().ok()))
    }

    /// The row of an office, made if it is new.
    pub fn office_row(&self, key: &str) -> Stored<u32> {
        self.connection.prepare_cached("INSERT OR IGNORE INTO office(key) VALUES(?)")?.execute([key])?;
        self.connection.prepare_cached("SELECT id FROM office WHERE key = ?")?.query_row([key], |row| row.get(0))
    }

    /// Every office that the file knows.
    pub fn offices(&self) -> Stored<Vec<(u32, String)>> {
        let mut statement = self.connection.prepare("SELECT id, key FROM office ORDER BY id")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// Writes the whole file, as it is at this moment, to another that nobody else on the machine reads, while the hub
    /// runs.
    ///
    /// # Errors
    /// If there is a file of that name, or it cannot be written.
    pub fn copy_to(&self, path: &Path) -> anyhow::Result<()> {
        // SQLite writes into an empty file too, so that it is protected before anything stands in it.
        std::fs::File::create_new(path)?;
        hide_from_others(path)?;
        self.connection.pragma_update(None, "query_only", "OFF")?;
        self.connection.execute("VACUUM INTO ?", [path.to_string_lossy()])?;
        Ok(())
    }

    /// Gives the file a history of its own, so that no reader compares numbers across a restore.
    pub fn start_new_epoch(&self) -> Stored<()> {
        // Random, and not counted on: two restores of one backup are two histories.
        let epoch = u64::from(rand::random::<u32>()).max(2);
        self.set_meta("epoch", &epoch.to_be_bytes())
    }

    /// Whether SQLite finds the file whole.
    pub fn is_sound(&self) -> Stored<bool> {
        let answer: String = self.connection.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
        Ok(answer == "ok")
    }
}

/// The file holds personal data and the server's key: nobody else on the machine reads it.
fn hide_from_others(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .with_context(|| format!("cannot protect {}", path.display()))
}

/// Whether an error says that the disk is full, or a limit on the file's size was reached.
pub fn is_full(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| (error.code, error.extended_code));
    // A limit on the file's size comes as EFBIG, which SQLite reports as a failed write.
    const IOERR_WRITE: i32 = 10 | (3 << 8);
    matches!(code, Some((rusqlite::ErrorCode::DiskFull, _) | (_, IOERR_WRITE)))
}

/// Connections for reading, which never wait for the writer.
#[derive(Debug, Clone)]
pub struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Store>>>,
}

/// Idle connections that are kept.
const READERS_KEPT: usize = 2;

impl Readers {
    /// Readers of this file.
    pub fn new(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), idle: Arc::default() }
    }

    /// Reads on a thread where waiting harms nobody.
    ///
    /// # Errors
    /// If the store cannot be read; the log says why.
    pub async fn read<T, F>(&self, work: F) -> Result<T, ReadError>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Stored<T> + Send + 'static,
    {
        let readers = self.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let store = match readers.take() {
                Some(store) => store,
                None => Store::open_to_read(&readers.path)?,
            };
            let answer = work(&store)?;
            readers.put_back(store);
            anyhow::Ok(answer)
        });
        match answer.await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                tracing::error!(%error, "the store cannot be read");
                Err(ReadError)
            }
            Err(_) => Err(ReadError),
        }
    }

    fn take(&self) -> Option<Store> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put_back(&self, store: Store) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS_KEPT {
            idle.push(store);
        }
    }
}
