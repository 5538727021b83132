//! Debian packages of the programs, a source archive, and an image of the hub; and what is tried with them in fresh roots.

mod fresh_root;
mod image;
mod inside;
mod stage;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{
    cargo::{cargo, run, target_folder},
    packages::Purpose,
    setup,
};

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
    const fn folder(self) -> &'static str {
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
    HandedOut { program: "firmware-config", package: "seira-config", called: "firmware-config" },
];

/// `cargo xtask dist`: the packages, each before lintian, and tried in a fresh root.
///
/// # Errors
/// Whatever keeps a package from being made, or is found in it.
pub fn run_all(build: Build) -> Result<()> {
    setup::run(&[Purpose::Build, Purpose::Dist])?;
    build_programs(build)?;
    let folder = target_folder()?.join("dist");
    let packages = make_packages(build, &folder)?;
    judge(&packages)?;
    fresh_root::try_packages(&folder, &packages)?;
    if build == Build::Release {
        image::make(&folder, &packages)?;
    }
    println!("\nThe packages lie in {}:", folder.display());
    for package in &packages {
        println!("  {} ({} KiB)", name_of(package), fs::metadata(package)?.len() / 1024);
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn build_programs(build: Build) -> Result<()> {
    let profile = match build {
        Build::Tests => "dev",
        Build::Release => "release",
    };
    run(&mut cargo(&["build", "--workspace", "--bins", "--examples", "--locked", "--profile", profile])?)
}

/// Makes them, and returns where they lie.
fn make_packages(build: Build, folder: &Path) -> Result<Vec<PathBuf>> {
    let source = stage::prepare(build, folder)?;
    let mut pack = Command::new("dpkg-buildpackage");
    pack.args(["--build=binary", "--no-sign", "--no-check-builddeps", "--no-pre-clean"]).current_dir(&source);
    pack.env("DEB_BUILD_OPTIONS", "noautodbgsym nocheck").env("SOURCE_DATE_EPOCH", stage::source_date()?);
    if build == Build::Tests {
        pack.env("SEIRA_PACK", "0");
    }
    run(&mut pack)?;
    let mut packages: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    packages.retain(|path| path.extension().is_some_and(|end| end == "deb"));
    packages.sort();
    ensure!(packages.len() == PROGRAMS.len(), "{} packages were made, of {}", packages.len(), PROGRAMS.len());
    Ok(packages)
}

/// Debian's own judge of packages: nothing is excused but what `debian/` says itself, with its reason.
fn judge(packages: &[PathBuf]) -> Result<()> {
    let mut lintian = Command::new("lintian");
    lintian.args(["--fail-on=error,warning", "--allow-root", "--profile=debian", "--tag-display-limit=0"]);
    run(lintian.args(packages)).context("lintian found something")
}
