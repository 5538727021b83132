//! Debian packages of the programs, a source archive, and an image of the hub; and what is tried with them in fresh roots.

mod fresh_root;
mod handed_out;
mod image;
mod inside;
mod repository;
mod stage;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

pub use self::handed_out::Build;
use self::handed_out::{PROGRAMS, name_of, source_date};
use crate::{
    cargo::{cargo, run, target_folder},
    packages::Purpose,
    setup,
};

/// The repository that the packages are added to, and the key that signs it.
#[derive(Debug, Clone, clap::Args)]
pub struct RepositoryArgs {
    /// Also add the packages to the signed repository in this folder, as hubs serve it to their houses.
    #[arg(long, value_name = "FOLDER", requires_all = ["key", "release"])]
    repository: Option<PathBuf>,
    /// The key of gpg that signs it.
    #[arg(long, value_name = "KEY", requires = "repository")]
    key: Option<String>,
}

/// `cargo xtask dist`: the packages, each before lintian, and tried in a fresh root.
///
/// # Errors
/// Whatever keeps a package from being made, or is found in it.
pub fn run_all(build: Build, wanted: &RepositoryArgs) -> Result<()> {
    setup::run(&[Purpose::Build, Purpose::Dist])?;
    build_programs(build)?;
    let folder = target_folder()?.join("dist");
    let packages = make_packages(build, &folder)?;
    judge(&packages)?;
    fresh_root::try_packages(&folder, &packages)?;
    if build == Build::Release {
        image::make(&folder, &packages)?;
    }
    if let (Some(repository), Some(key)) = (&wanted.repository, &wanted.key) {
        repository::add(&packages, repository, key)?;
    }
    eprintln!("\nThe packages lie in {}:", folder.display());
    for package in &packages {
        eprintln!("  {} ({} KiB)", name_of(package), fs::metadata(package)?.len() / 1024);
    }
    Ok(())
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
    pack.env("DEB_BUILD_OPTIONS", "noautodbgsym nocheck").env("SOURCE_DATE_EPOCH", source_date()?);
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
