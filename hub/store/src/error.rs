//! Why the store could not be read or written, in the cases that a caller tells apart.

use thiserror::Error;

use crate::head::Head;

/// What a query answers.
pub type Stored<T> = Result<T, StoreError>;

/// The store could not be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The disk is full, or a limit on the file's size was reached.
    #[error("the disk is full")]
    Full,
    /// Somebody else writes, and did not come to an end in time.
    #[error("somebody else writes into the store")]
    Busy,
    /// Anything else: the log has the engine's own words.
    #[error("the store is broken: {0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Events were not appended.
#[derive(Debug, Error)]
pub enum AppendError {
    /// They follow from an office that is no more.
    #[error(transparent)]
    Moved(#[from] StaleJournal),
    /// The store could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An office's journal does not end where events were to be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the journal of office {office} ends with event {}, not with the {} that was decided on", .found.seq, .expected.seq)]
pub struct StaleJournal {
    /// The office's row.
    pub office: u32,
    /// Where it was thought to end.
    pub expected: Head,
    /// Where it ends.
    pub found: Head,
}

/// A look-up did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the store cannot be read")]
pub struct ReadError;
