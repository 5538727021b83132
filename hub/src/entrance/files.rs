//! How many files the hub may hold open: a connection is one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are none of a connection: the database and its readers, documents, mails on their way out.
const FILES_KEPT: u64 = 256;
/// The hub asks for no more, whatever the machine would give.
const FILES_MAX: u64 = 1 << 20;

/// Raises the limit as far as the machine lets it, and says how many connections can be held by it.
pub fn raise_limit() -> usize {
    let before = getrlimit(Resource::Nofile);
    let wished = before.maximum.unwrap_or(FILES_MAX).min(FILES_MAX);
    if before.current.is_some_and(|current| current < wished)
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: Some(wished), maximum: before.maximum })
    {
        tracing::warn!(%error, "the limit of open files cannot be raised");
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(FILES_MAX);
    usize::try_from(files.saturating_sub(FILES_KEPT)).unwrap_or(usize::MAX)
}
