//! What is handed out: which programs, how they are built, what their packages are called, and how old every file in them is.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::cargo::root;

/// How the programs in the packages are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// As the tests have built them already, for trying the packages themselves.
    Tests,
    /// At full speed, to be handed out.
    Release,
}

impl Build {
    /// The folder of cargo in which the programs then lie.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tests => "debug",
            Self::Release => "release",
        }
    }
}

/// Every program that is handed out: its name in the workspace, its package, and how people call it.
pub struct HandedOut {
    /// The crate and its binary.
    pub program: &'static str,
    /// Debian's package.
    pub package: &'static str,
    /// The name on the path.
    pub called: &'static str,
}

/// All of them.
pub const PROGRAMS: &[HandedOut] = &[
    HandedOut { program: "hub", package: "seira-hub", called: "seira-hub" },
    HandedOut { program: "kiosk", package: "seira-kiosk", called: "seira-kiosk" },
    HandedOut { program: "display", package: "seira-display", called: "seira-display" },
    HandedOut { program: "desk", package: "seira-desk", called: "seira-desk" },
    HandedOut { program: "firmware-config", package: "seira-config", called: "firmware-config" },
];

/// When the newest commit was made: every file in the packages is so old.
pub fn source_date() -> Result<String> {
    let output =
        Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(root()?).output().context("git")?;
    ensure!(output.status.success(), "git does not know when the newest commit was made");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// What the file of a package is called.
pub fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
