//! How this room speaks with its engine: the one place where statements are run, and the engine's errors become ours.

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, ErrorCode, OptionalExtension, types::FromSql};

use crate::error::{StoreError, Stored};

pub use rusqlite::{Params, Result as Read, Row as Cells, params};

/// Milliseconds since 1970, as the tables keep times.
pub fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A time from the tables.
pub fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// A connection to the file. Each statement is prepared once, as long as it is asked for often enough to be kept.
#[derive(Debug)]
pub struct Sql(Connection);

impl Sql {
    /// Speaks over this connection.
    pub const fn new(connection: Connection) -> Self {
        Self(connection)
    }

    /// Runs a statement that answers nothing; says how many rows it changed.
    pub fn run(&self, statement: &str, values: impl Params) -> Stored<usize> {
        self.0.prepare_cached(statement).and_then(|mut prepared| prepared.execute(values)).map_err(fault)
    }

    /// A statement that is run for many values.
    pub fn prepared(&self, statement: &str) -> Stored<RepeatedStatement<'_>> {
        self.0.prepare_cached(statement).map(RepeatedStatement).map_err(fault)
    }

    /// Rows that were changed since the file was opened, whatever became of them.
    pub fn changes(&self) -> u64 {
        self.0.total_changes()
    }

    /// Runs statements that take no values, one after the other.
    pub fn run_all(&self, statements: &str) -> Stored<()> {
        self.0.execute_batch(statements).map_err(fault)
    }

    /// The row that a question has, if it has one.
    pub fn one<T>(
        &self,
        question: &str,
        values: impl Params,
        read: impl FnOnce(&Cells<'_>) -> Read<T>,
    ) -> Stored<Option<T>> {
        let answer = self.0.prepare_cached(question).and_then(|mut prepared| prepared.query_row(values, read));
        answer.optional().map_err(fault)
    }

    /// The row of a question that always has one.
    pub fn only<T>(&self, question: &str, values: impl Params, read: impl FnOnce(&Cells<'_>) -> Read<T>) -> Stored<T> {
        self.0.prepare_cached(question).and_then(|mut prepared| prepared.query_row(values, read)).map_err(fault)
    }

    /// Every row of a question.
    pub fn rows<T, C: FromIterator<T>>(
        &self,
        question: &str,
        values: impl Params,
        read: impl FnMut(&Cells<'_>) -> Read<T>,
    ) -> Stored<C> {
        let rows = self.0.prepare_cached(question).and_then(|mut prepared| prepared.query_map(values, read)?.collect());
        rows.map_err(fault)
    }

    /// Hands over every row of a question, one after the other, until one is an error.
    pub fn each<E: From<StoreError>>(
        &self,
        question: &str,
        values: impl Params,
        mut take: impl FnMut(&Cells<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut prepared = self.0.prepare_cached(question).map_err(fault)?;
        let mut rows = prepared.query(values).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            take(row)?;
        }
        Ok(())
    }

    /// The number of the row that was put in last.
    pub fn last_number(&self) -> u32 {
        u32::try_from(self.0.last_insert_rowid()).unwrap_or(u32::MAX)
    }

    /// Whether a transaction is under way.
    pub fn is_in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }
}

/// A statement that is run for many values.
pub struct RepeatedStatement<'a>(CachedStatement<'a>);

impl RepeatedStatement<'_> {
    /// Runs it; says how many rows it changed.
    pub fn run(&mut self, values: impl Params) -> Stored<usize> {
        self.0.execute(values).map_err(fault)
    }

    /// The row that it has, if it has one.
    pub fn one<T>(&mut self, values: impl Params, read: impl FnOnce(&Cells<'_>) -> Read<T>) -> Stored<Option<T>> {
        self.0.query_row(values, read).optional().map_err(fault)
    }
}

/// One cell of a row, where rows are looked at one by one.
pub fn cell<T: FromSql>(row: &Cells<'_>, nth: usize) -> Stored<T> {
    row.get(nth).map_err(fault)
}

/// One of our errors for one of the engine's.
pub fn fault(error: rusqlite::Error) -> StoreError {
    // A limit on the file's size comes as EFBIG, which SQLite reports as a failed write.
    const IOERR_WRITE: i32 = 10 | (3 << 8);
    match error.sqlite_error().map(|error| (error.code, error.extended_code)) {
        Some((ErrorCode::DiskFull, _) | (_, IOERR_WRITE)) => StoreError::Full,
        Some((ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _)) => StoreError::Busy,
        _ => StoreError::Broken(Box::new(error)),
    }
}
