//! Programs of others that check the house, of one version each, in a folder beside what cargo builds: what else is installed
//! on a machine changes no verdict.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::cargo::{cargo, root, run, target_folder};

/// A program from the registry of crates.
pub struct CrateTool {
    /// Its crate.
    name: &'static str,
    /// The version that is meant.
    version: &'static str,
    /// What it is for, said before the minutes that its building takes.
    why: &'static str,
}

/// Judges licences, sources and bans of what the house is built from.
pub const DENY: CrateTool =
    CrateTool { name: "cargo-deny", version: "0.20.2", why: "judges what the house is built from" };
/// Builds the fuzzing targets, and runs them.
pub const FUZZ: CrateTool = CrateTool { name: "cargo-fuzz", version: "0.13.2", why: "builds the fuzzing targets" };

/// Lists the parts of a program (CycloneDX).
pub const CYCLONEDX: CrateTool =
    CrateTool { name: "cargo-cyclonedx", version: "0.5.9", why: "lists what a program is built from" };

impl CrateTool {
    /// The program, installed first where it is missing.
    ///
    /// # Errors
    /// It cannot be built.
    pub fn ready(&self) -> Result<PathBuf> {
        let folder = fresh_folder(self.name, self.version)?;
        let program = folder.join("bin").join(self.name);
        if !program.is_file() {
            eprintln!(
                "\n{} {} is not there yet: it {}. Building it takes some minutes.",
                self.name, self.version, self.why
            );
            let build = folder.join("build");
            let mut install = cargo(&["install", "--locked", "--root"])?;
            install.arg(&folder).arg(format!("{}@{}", self.name, self.version)).env("CARGO_TARGET_DIR", &build);
            run(&mut install)?;
            fs::remove_dir_all(build)?;
        }
        Ok(program)
    }
}

/// The programs of a list of Python's packages with their versions, in an environment of their own.
pub struct PythonTools {
    /// The list, from the root of the repository.
    list: &'static str,
    /// What they are called together.
    name: &'static str,
    /// One of their programs, by which it is known whether they are there.
    program: &'static str,
}

/// Asks the API whatever its description allows, and what it does not.
pub const SCHEMATHESIS: PythonTools =
    PythonTools { list: "tests/python/schemathesis.txt", name: "schemathesis", program: "schemathesis" };

impl PythonTools {
    /// Installs them where they are missing, or where the list says something else by now.
    ///
    /// # Errors
    /// They cannot be installed.
    pub fn ready(&self) -> Result<()> {
        let list = root()?.join(self.list);
        let wanted = fs::read(&list).with_context(|| self.list)?;
        let folder = tools_folder()?.join(self.name);
        let stamp = folder.join("made-from.txt");
        if fs::read(&stamp).is_ok_and(|made_from| made_from == wanted)
            && folder.join("bin").join(self.program).is_file()
        {
            return Ok(());
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        run(Command::new("/usr/bin/python3").args(["-m", "venv"]).arg(&folder))?;
        let mut install = Command::new(folder.join("bin/python"));
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"]);
        run(install.arg(&list))?;
        fs::write(stamp, wanted)?;
        Ok(())
    }
}

/// Where the programs lie; tests find them from where they lie themselves.
fn tools_folder() -> Result<PathBuf> {
    let folder = target_folder()?.join("tools");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The folder of this version; those of others are removed.
fn fresh_folder(name: &str, version: &str) -> Result<PathBuf> {
    let tools = tools_folder()?;
    let own = format!("{name}-{version}");
    for entry in fs::read_dir(&tools)? {
        let entry = entry?;
        let other = entry.file_name().to_string_lossy().into_owned();
        if other != own && is_version_of(&other, name) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(tools.join(own))
}

fn is_version_of(folder: &str, name: &str) -> bool {
    let version = folder.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
    version.is_some_and(|version| version.starts_with(|first: char| first.is_ascii_digit()))
}

/// A command in which cargo finds this program as one of its own commands.
///
/// # Errors
/// The path cannot be written.
pub fn as_cargo_command(program: &Path, command: &mut Command) -> Result<()> {
    let own = program.parent().context("a program lies in a folder")?.to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(own).chain(env::split_paths(&path)))?;
    ensure!(!path.is_empty(), "no path");
    command.env("PATH", path);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_told_from_another_program() {
        assert!(is_version_of("cargo-deny-0.19.0", "cargo-deny"));
        assert!(!is_version_of("cargo-deny-more-1.0.0", "cargo-deny"));
        assert!(!is_version_of("cargo-denying", "cargo-deny"));
        assert!(!is_version_of("schemathesis", "cargo-deny"));
    }
}
