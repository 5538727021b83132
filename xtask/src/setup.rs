//! Makes a fresh machine ready: says what is missing and why, then installs it, or tells who may.

use std::{fmt::Write as _, fs::OpenOptions, io::Write as _, net::ToSocketAddrs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    assets,
    cargo::run as run_command,
    packages::{self, DebianPackage, Purpose},
};

/// Where a machine finds names before it asks anybody.
const HOSTS: &str = "/etc/hosts";

/// Installs what these purposes lack and fetches the style sheets, and what tests run by node.
pub fn run(purposes: &[Purpose]) -> Result<()> {
    let missing = packages::missing(purposes)?;
    if !missing.is_empty() {
        eprintln!("{}", explanation(&missing));
        install(&missing)?;
    }
    name_localhost()?;
    if purposes.contains(&Purpose::Test) {
        assets::fetch_for_tests()?;
    }
    assets::fetch()
}

/// A root that was just made from Debian's packages may not know its own name `localhost`, by which a browser is driven.
fn name_localhost() -> Result<()> {
    if ("localhost", 0).to_socket_addrs().is_ok_and(|mut addresses| addresses.next().is_some()) {
        return Ok(());
    }
    let line = "127.0.0.1 localhost";
    if !rustix::process::geteuid().is_root() {
        bail!(
            "This machine does not know the name localhost. Run this line, then the same command again:\n\n  echo '{line}' | sudo tee -a {HOSTS}\n"
        );
    }
    eprintln!("This machine does not know the name localhost: `{line}` is added to {HOSTS}.");
    let mut hosts = OpenOptions::new().append(true).create(true).open(HOSTS).context(HOSTS)?;
    writeln!(hosts, "{line}").context(HOSTS)
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
