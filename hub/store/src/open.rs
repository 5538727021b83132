//! Opening the file, and copying it whole.

use std::path::Path;

use anyhow::Context;
use rusqlite::{Connection, OpenFlags};

use crate::{file::Store, own, schema};

impl Store {
    /// Opens the file for the one writer; makes it if there is none.
    ///
    /// # Errors
    /// If the file cannot be opened, or was written by a newer hub.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        own::own_database(path)?;
        let connection = Connection::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        schema::set_up_writer(&connection).with_context(|| format!("cannot write {}", path.display()))?;
        match schema::version(&connection)? {
            0 => {
                let transaction = connection.unchecked_transaction()?;
                schema::create(&transaction)?;
                transaction.commit()?;
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
        let store = Self::over(connection);
        store.count_places()?;
        store.batch()?.commit()?;
        store.fill_meta()?;
        Ok(store)
    }

    /// Opens an existing file for reading.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn open_to_read(path: &Path) -> anyhow::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).with_context(|| format!("cannot open {}", path.display()))?;
        schema::set_up_reader(&connection)?;
        let version = schema::version(&connection)?;
        anyhow::ensure!(version == schema::SCHEMA_VERSION, "{} is no file of this hub", path.display());
        Ok(Self::over(connection))
    }

    /// Writes the whole file, as it is at this moment, to another that nobody else on the machine reads, while the hub
    /// runs.
    ///
    /// # Errors
    /// If there is a file of that name, or it cannot be written.
    pub fn copy_to(&self, path: &Path) -> anyhow::Result<()> {
        // SQLite writes into an empty file too, so that it is protected before anything stands in it.
        own::make(path)?;
        self.sql.run_all("PRAGMA query_only = OFF")?;
        self.sql.run("VACUUM INTO ?", [path.to_string_lossy()])?;
        Ok(())
    }
}
