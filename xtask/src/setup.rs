//! Makes a fresh machine ready: says what is missing and why, then installs it, or tells who may.

use std::{fmt::Write as _, process::Command};

use anyhow::{Result, bail};

use crate::{
    assets,
    cargo::run as run_command,
    packages::{self, DebianPackage, Purpose},
};

/// Installs what these purposes lack and fetches the style sheets.
pub fn run(purposes: &[Purpose]) -> Result<()> {
    let missing = packages::missing(purposes)?;
    if !missing.is_empty() {
        eprintln!("{}", explanation(&missing));
        install(&missing)?;
    }
    assets::fetch()
}

fn explanation(missing: &[&DebianPackage]) -> String {
    let mut text = String::from("Missing on this machine, from Debian's packages:\n");
    for package in missing {
        let _ = writeln!(text, "  {:<20} {}", package.name, package.why);
    }
    text
}

fn install(missing: &[&DebianPackage]) -> Result<()> {
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    if !rustix::process::geteuid().is_root() {
        bail!(
            "Only root may install packages. Run this line, then the same command again:\n\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {}\n",
            names.join(" ")
        );
    }
    run_command(&mut apt_get(&["update"]))?;
    let arguments: Vec<&str> = ["install", "-y", "--no-install-recommends"].into_iter().chain(names).collect();
    run_command(&mut apt_get(&arguments))
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.arg("-q").args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
