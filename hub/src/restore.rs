//! `hub restore`: puts a backup in the database's place, once it was found sound; what was there is kept beside it.

use std::{
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};

use store::{FileLock, Store};
use writer::VerifyReport;

/// What SQLite keeps beside a file of its own.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// What was done.
#[derive(Debug)]
pub struct RestoreReport {
    /// What the backup holds.
    pub found: VerifyReport,
    /// Where the database is that was there before, if there was one.
    pub before: Option<PathBuf>,
}

/// Puts a backup in the database's place. The hub must not run meanwhile.
///
/// # Errors
/// If a hub runs on the database, if the backup is not sound, or if a file cannot be written; then the database is as it
/// was.
pub fn restore(database: &Path, from: &Path, now: DateTime<Utc>) -> anyhow::Result<RestoreReport> {
    let _lock = FileLock::take(database)?;
    ensure!(from.is_file(), "there is no backup at {}", from.display());
    let found = writer::verify(from).context("the backup is not sound; nothing was changed")?;
    let copy = with_suffix(database, ".restoring");
    for suffix in BESIDE {
        let _ = fs::remove_file(with_suffix(&copy, suffix));
    }
    Store::open_to_read(from)?.copy_to(&copy).with_context(|| format!("cannot write {}", copy.display()))?;
    // Two hubs that were started on one backup have two histories, and no reader compares their numbers.
    Store::open(&copy)?.start_new_epoch()?;
    writer::verify(&copy).context("the copy is not sound; nothing was changed")?;
    File::open(&copy)?.sync_all()?;
    let before = put_aside(database, now)?;
    fs::rename(&copy, database).with_context(|| format!("cannot write {}", database.display()))?;
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(RestoreReport { found, before })
}

/// Moves the database away, with what belongs to it.
fn put_aside(database: &Path, now: DateTime<Utc>) -> anyhow::Result<Option<PathBuf>> {
    if !database.exists() {
        return Ok(None);
    }
    let name = format!(".before-{}", now.format("%Y%m%d-%H%M%S"));
    let names = std::iter::once(name.clone()).chain((2_u32..).map(|nth| format!("{name}-{nth}")));
    let aside = names.map(|name| with_suffix(database, &name)).find(|aside| !aside.exists());
    let aside = aside.context("no name is free for what was there before")?;
    for suffix in BESIDE {
        let file = with_suffix(database, suffix);
        if file.exists() {
            fs::rename(&file, with_suffix(&aside, suffix))
                .with_context(|| format!("cannot move {}", file.display()))?;
        }
    }
    Ok(Some(aside))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
