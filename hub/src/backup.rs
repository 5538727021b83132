//! `hub backup`: the whole file as it is at one moment, while the hub runs; with a history of its own.

use std::path::Path;

use anyhow::{Context, ensure};

use store::Store;

/// Writes a backup that a hub can be started on.
///
/// # Errors
/// If there is a file of that name already, or it cannot be written.
pub fn backup(database: &Path, to: &Path) -> anyhow::Result<()> {
    ensure!(!to.exists(), "{} is there already: name another file", to.display());
    let store = Store::open_to_read(database)?;
    store.copy_to(to).with_context(|| format!("cannot write {}", to.display()))?;
    let copy = Store::open(to)?;
    // Whoever starts a hub on it must not compare its event numbers with those of the file that goes on.
    copy.start_new_epoch()?;
    writer::verify(to).context("the backup is not sound")?;
    Ok(())
}
