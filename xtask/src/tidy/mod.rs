//! What the compiler does not check, and the house asks for.

mod addresses;
mod borders;
mod circles;
mod claims;
mod doc_lines;
mod edges;
mod files;
mod metadata;
mod nouns;
mod reach;
mod rooms;
mod sizes;
mod unspoken;

use std::process::Command;

use anyhow::{Context, Result, bail};

use self::{
    addresses::PageAddresses,
    claims::SecurityClaims,
    metadata::{Metadata, Package},
    nouns::TypeNouns,
    sizes::Sizes,
    unspoken::SpokenSentences,
};
use crate::{assets, cargo::root};

/// `cargo xtask tidy`: prints every fault, and fails if there is one.
pub fn run() -> Result<()> {
    let metadata = Metadata::ask()?;
    let mut faults = edges::faults(&metadata);
    faults.extend(circles::faults(&metadata));
    let folders = metadata.own().map(Package::folder).collect::<Result<Vec<_>>>()?;
    let mut sizes = Sizes::of(folders);
    let mut sentences = SpokenSentences::default();
    let mut nouns = TypeNouns::default();
    let mut addresses = PageAddresses::default();
    let mut claims = SecurityClaims::default();
    for path in tracked()? {
        // A file that is tracked and gone is a deletion that is not committed yet.
        if let Ok(bytes) = std::fs::read(root()?.join(&path)) {
            let text = String::from_utf8_lossy(&bytes);
            faults.extend(files::faults(&path, &text));
            faults.extend(borders::faults(&path, &text));
            faults.extend(doc_lines::faults(&path, &text));
            sizes.count(&path, &text);
            sentences.take(&path, &text);
            nouns.take(&path, &text);
            addresses.take(&path, &text);
            claims.take(&path, &text);
        }
    }
    faults.extend(sizes.faults());
    faults.extend(sentences.faults());
    faults.extend(nouns.faults());
    faults.extend(addresses.faults());
    faults.extend(claims.faults());
    if let Err(fault) = assets::check_lock() {
        faults.push(fault.to_string());
    }
    let waiting = edges::not_built(&metadata);
    if !waiting.is_empty() {
        eprintln!("rows of the table of arrows whose crates do not stand yet: {}", waiting.join(", "));
    }
    if faults.is_empty() {
        return Ok(());
    }
    bail!("tidy found {}:\n  {}", faults.len(), faults.join("\n  "))
}

/// `cargo xtask tidy --circles`: the circles alone, of every crate or in detail of one.
pub fn tell_circles(of: Option<&str>) -> Result<()> {
    circles::tell(&Metadata::ask()?, of)
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
