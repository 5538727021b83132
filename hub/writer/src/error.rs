//! Why the hub could not do what the rules allow: something is broken, full, or asked wrongly.

use thiserror::Error;

/// A write did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The disk is full; nothing of the batch happened.
    #[error("the disk is full")]
    StorageFull,
    /// The store cannot be written, or the hub is stopping.
    #[error("the store cannot be written")]
    Unavailable,
    /// The command broke the rules' code: nothing of it happened, and nobody else has lost anything.
    #[error("the command broke off")]
    Broken,
    /// The office is set aside, since its fold or a view of it broke; its journal is untouched.
    #[error("the office is set aside")]
    SetAside,
    /// The command's id was used before, with another body or by another (PROM-09).
    #[error("the command id was used for another command")]
    CommandReused,
    /// No such office.
    #[error("no such office")]
    UnknownOffice,
}
