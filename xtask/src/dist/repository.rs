//! A signed repository of the packages (apt, flat), as a hub serves it to its house: the new ones are added to those that are there,
//! so that a machine finds the version that it may have to go back to.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::handed_out::name_of;
use crate::cargo::run;

/// What the repository says of itself, which machines compare with what they heard before.
const ABOUT: [&str; 3] = ["Origin=Seira", "Label=Seira", "Suite=seira"];
/// The file of the public key, beside the packages.
const KEY_FILE: &str = "packages.asc";

/// Adds the packages to the repository in a folder, and signs it anew by the key with this name.
///
/// # Errors
/// A tool fails, or knows no such key.
pub fn add(packages: &[PathBuf], folder: &Path, key: &str) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for package in packages {
        let to = folder.join(name_of(package));
        fs::copy(package, &to).with_context(|| to.display().to_string())?;
    }
    let list = apt_ftparchive(folder, &["packages", "."])?;
    fs::write(folder.join("Packages"), list)?;
    run(Command::new("xz").args(["--keep", "--force"]).arg(folder.join("Packages")))?;
    // It counts everything in the folder: what was signed before is not in it.
    for old in ["Release", "InRelease"] {
        let path = folder.join(old);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    let about = ABOUT.map(|about| format!("APT::FTPArchive::Release::{about}"));
    let mut arguments: Vec<&str> = about.iter().flat_map(|about| ["-o", about.as_str()]).collect();
    arguments.extend(["release", "."]);
    let release = apt_ftparchive(folder, &arguments)?;
    fs::write(folder.join("Release"), release)?;
    let mut sign = Command::new("gpg");
    sign.args(["--batch", "--yes", "--local-user", key, "--clearsign", "--output"]).arg(folder.join("InRelease"));
    run(sign.arg(folder.join("Release")))?;
    let mut export = Command::new("gpg");
    export.args(["--batch", "--yes", "--armor", "--output"]).arg(folder.join(KEY_FILE)).args(["--export", key]);
    run(&mut export)?;
    eprintln!("\nThe repository lies in {}, with its key ({KEY_FILE}) beside it.", folder.display());
    Ok(())
}

fn apt_ftparchive(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = Command::new("apt-ftparchive");
    let output = command.args(arguments).current_dir(folder).stderr(Stdio::inherit()).output();
    let output = output.context("apt-ftparchive")?;
    ensure!(output.status.success(), "apt-ftparchive {}: {}", arguments.join(" "), output.status);
    Ok(output.stdout)
}
