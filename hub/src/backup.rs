//! `hub backup`: the whole file as it is at one moment, while the hub runs; with a history of its own. Beside it lie the files
//! that citizens sent, and the list of what is gone.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use store::Store;

use crate::{config::HubConfig, progress, tombstones};

/// Writes a backup that a hub can be started on.
///
/// # Errors
/// If there is a file of that name already, or it cannot be written.
pub fn backup(config: &HubConfig, to: &Path, now: DateTime<Utc>) -> anyhow::Result<()> {
    ensure!(!to.exists(), "{} is there already: name another file", to.display());
    let files = files_of(to);
    ensure!(!files.exists(), "{} is there already: name another file", files.display());
    let store = Store::open_to_read(&config.database)?;
    store.copy_to(to).with_context(|| format!("cannot write {}", to.display()))?;
    let copy = Store::open(to)?;
    // Whoever starts a hub on it must not compare its event numbers with those of the file that goes on.
    copy.start_new_epoch()?;
    progress::verify("looking at the backup", to).context("the backup is not sound")?;
    copy_files(copy.upload_ids()?, &config.uploads, &files)?;
    let gone = store.tombstones(DateTime::UNIX_EPOCH)?;
    tombstones::add(&tombstones::beside(to), &gone, now)?;
    config.tombstones.iter().try_for_each(|second| tombstones::add(second, &gone, now))
}

/// The folder of the files that belong to a backup.
pub fn files_of(backup: &Path) -> PathBuf {
    let mut name: OsString = backup.as_os_str().to_owned();
    name.push(".uploads");
    PathBuf::from(name)
}

/// Copies files that citizens sent. One that was taken back meanwhile is not there, and one that is there already is the
/// same: its name was drawn for it.
pub fn copy_files(ids: impl IntoIterator<Item = Uuid>, from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut ids = ids.into_iter().peekable();
    if ids.peek().is_none() {
        return Ok(());
    }
    let copy = |id: Uuid| -> io::Result<()> {
        let name = id.simple().to_string();
        let mut file = match File::open(from.join(&name)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let (half, whole) = (to.join(format!("{name}.part")), to.join(&name));
        if whole.exists() {
            return Ok(());
        }
        let mut written = File::options().create(true).write(true).truncate(true).mode(0o600).open(&half)?;
        io::copy(&mut file, &mut written)?;
        written.sync_all()?;
        fs::rename(half, whole)
    };
    let mut all = || -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(to)?;
        ids.try_for_each(copy)?;
        File::open(to)?.sync_all()
    };
    all().with_context(|| format!("cannot copy what citizens sent from {} to {}", from.display(), to.display()))
}
