//! What the house is built from: licences, sources and bans by `deny.toml`, and known advisories where a database of them is
//! at hand.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{
    cargo::{root, run},
    tools::DENY,
};

/// Below cargo's own folder: where cargo-deny looks for a clone of the database. The digits follow from the address of the
/// database.
const DATABASE: &str = "advisory-dbs/advisory-db-3157b0e258782691";

/// Lints that say what is so on purpose: a crate whose licence stands in its text alone, and excuses that one of the two
/// workspaces does not need.
const KNOWN: [&str; 2] = ["no-license-field", "license-exception-not-encountered"];

/// `cargo xtask deny`
///
/// # Errors
/// What was found, or that the judge cannot be installed.
pub fn run_checks() -> Result<()> {
    let program = DENY.ready()?;
    // The fuzzing targets stand on a part of the house, and use a part of the licences.
    for (workspace, also_known) in [("Cargo.toml", None), ("fuzz/Cargo.toml", Some("license-not-encountered"))] {
        let mut check = deny(&program, workspace)?;
        check.args(["check", "--hide-inclusion-graph"]);
        check.args(KNOWN.into_iter().chain(also_known).flat_map(|lint| ["--allow", lint]));
        run(check.args(["bans", "licenses", "sources"]))?;
    }
    if !database().is_some_and(|database| has_advisories(&database)) {
        eprintln!("\n{NOT_LOOKED}");
        return Ok(());
    }
    for workspace in ["Cargo.toml", "fuzz/Cargo.toml"] {
        run(deny(&program, workspace)?.args(["--offline", "check", "advisories"]))?;
    }
    Ok(())
}

/// The judge before one workspace.
fn deny(program: &Path, workspace: &str) -> Result<Command> {
    let mut command = Command::new(program);
    command.args(["--workspace", "--all-features", "--locked", "--manifest-path", workspace, "--config", "deny.toml"]);
    command.current_dir(root()?);
    Ok(command)
}

/// Said aloud, so that nobody takes silence for a verdict.
const NOT_LOOKED: &str = "ADVISORIES WERE NOT CHECKED: there is no advisory database on this machine, and none can be had from a \
     registry of packages. Clone rustsec/advisory-db to ~/.cargo/advisory-dbs/advisory-db-3157b0e258782691, and run \
     `cargo xtask deny` again.";

/// Where the database lies, if it does.
fn database() -> Option<PathBuf> {
    let home = || Some(Path::new(&env::var_os("HOME")?).join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home).map(|cargo| cargo.join(DATABASE))
}

/// Whether a clone lies there: advisories of crates stand in its `crates/`.
fn has_advisories(database: &Path) -> bool {
    database.join("crates").is_dir()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_empty_folder_is_no_database() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_advisories(folder.path()));
        fs::create_dir(folder.path().join("crates")).unwrap();
        assert!(has_advisories(folder.path()));
        assert!(NOT_LOOKED.contains(DATABASE), "whoever wants it is told where it belongs");
    }
}
