//! What the compiler does not check, and the house asks for.

mod edges;
mod files;

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{assets, cargo::root};

/// `cargo xtask tidy`: prints every fault, and fails if there is one.
pub fn run() -> Result<()> {
    let mut faults = edges::faults()?;
    for path in tracked()? {
        // A file that is tracked and gone is a deletion that is not committed yet.
        if let Ok(bytes) = std::fs::read(root()?.join(&path)) {
            faults.extend(files::faults(&path, &String::from_utf8_lossy(&bytes)));
        }
    }
    if let Err(fault) = assets::check_lock() {
        faults.push(fault.to_string());
    }
    if faults.is_empty() {
        return Ok(());
    }
    bail!("tidy found {}:\n  {}", faults.len(), faults.join("\n  "))
}

/// The files of the repository, as git lists them, new ones included.
fn tracked() -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root()?)
        .output()
        .context("cannot ask git for the files")?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
