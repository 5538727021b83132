//! One hub for one file: a second one is refused.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use anyhow::Context;
use rustix::fs::{FlockOperation, flock};

/// Held as long as the hub runs; the kernel lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock beside the database.
    ///
    /// # Errors
    /// If another hub holds it.
    pub fn take(database: &Path) -> anyhow::Result<Self> {
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        let path = Path::new(&path);
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|_| {
            anyhow::anyhow!("another hub runs on {}: stop it first, or name another database", database.display())
        })?;
        Ok(Self { _file: file })
    }
}
