//! `hub restore`: puts a backup in the database's place, once it was found sound; what was there is kept beside it.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
};

use access::AuditRecord;
use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};

use store::{AuditRow, FileLock, Store};
use writer::VerifyReport;

use crate::{backup, config::HubConfig, console, progress, tombstones};

/// What SQLite keeps beside a file of its own.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// What was done.
#[derive(Debug)]
pub struct RestoreReport {
    /// What the backup holds.
    pub found: VerifyReport,
    /// So much of it was erased or shut out since, and stays so.
    pub buried: usize,
    /// Whether any list was there that says so.
    pub has_list: bool,
    /// Where the database is that was there before, if there was one.
    pub before: Option<PathBuf>,
}

/// Puts a backup in the database's place. The hub must not run meanwhile.
///
/// # Errors
/// If a hub runs on the database, if the backup is not sound, or if a file cannot be written; then the database is as it
/// was.
pub fn restore(config: &HubConfig, from: &Path, now: DateTime<Utc>) -> anyhow::Result<RestoreReport> {
    let database = config.database.as_path();
    let _lock = FileLock::take(database)?;
    ensure!(from.is_file(), "there is no backup at {}", from.display());
    let found =
        progress::verify("looking at the backup", from).context("the backup is not sound; nothing was changed")?;
    keep_apart(database, from)?;
    let mut gone = tombstones::gather(from, config.tombstones.as_deref())?;
    let has_list = config.tombstones.is_some() || tombstones::beside(from).exists();
    // What the database knows that is there now; one that cannot be read any more is why a backup is restored.
    let there = Store::open_to_read(database).and_then(|there| Ok(there.tombstones(DateTime::UNIX_EPOCH)?));
    gone.extend(there.unwrap_or_default());
    let audit = audit_of(database, from);
    let copy = with_suffix(database, ".restoring");
    for suffix in BESIDE {
        let _ = fs::remove_file(with_suffix(&copy, suffix));
    }
    Store::open_to_read(from)?.copy_to(&copy).with_context(|| format!("cannot write {}", copy.display()))?;
    // Two hubs that were started on one backup have two histories, and no reader compares their numbers.
    let restored = Store::open(&copy)?;
    restored.start_new_epoch()?;
    // Nobody is brought back, and nobody is signed in who was so when the backup was made.
    let batch = restored.batch()?;
    let buried = batch.bury(&gone)?;
    batch.end_all_logins()?;
    // Who came in since the backup is not forgotten by it.
    batch.replace_audit(&audit)?;
    console::note(&batch, config, AuditRecord::Restore, now)?;
    batch.commit()?;
    backup::copy_files(restored.upload_ids()?, &backup::files_of(from), &config.uploads)?;
    drop(restored);
    progress::verify("looking at the copy", &copy).context("the copy is not sound; nothing was changed")?;
    File::open(&copy)?.sync_all()?;
    let before = put_aside(database, now)?;
    fs::rename(&copy, database).with_context(|| format!("cannot write {}", database.display()))?;
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(RestoreReport { found, buried, has_list, before })
}

/// The audits of the database that is there and of the backup, as one: what both have stands there once.
fn audit_of(there: &Path, from: &Path) -> Vec<AuditRow> {
    let of = |file: &Path| Store::open_to_read(file).and_then(|store| Ok(store.whole_audit()?)).unwrap_or_default();
    let mut rows = of(there);
    let known: HashSet<_> = rows.iter().map(of_row).collect();
    let others: Vec<AuditRow> = of(from).into_iter().filter(|row| !known.contains(&of_row(row))).collect();
    rows.extend(others);
    rows.sort_by_key(|row| row.at);
    rows
}

/// By what a row is known.
fn of_row(row: &AuditRow) -> (DateTime<Utc>, String) {
    (row.at, [row.event.as_str(), &row.why, &row.who, &row.about, &row.network].join(" "))
}

/// A rehearsal's backup is put in the place of a rehearsal's database alone, and a real one's of a real one's.
fn keep_apart(database: &Path, from: &Path) -> anyhow::Result<()> {
    let is_rehearsal = |file: &Path| anyhow::Ok(Store::open_to_read(file)?.is_rehearsal()?);
    // One that cannot be read any more is why a backup is restored.
    if let Ok(there) = is_rehearsal(database) {
        let comes = is_rehearsal(from)?;
        ensure!(
            there == comes,
            "one of {} and {} is a rehearsal's, and one is not",
            from.display(),
            database.display()
        );
    }
    Ok(())
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
