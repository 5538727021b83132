//! What cargo knows of the workspace: its packages, where their code stands, and what depends on what.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::cargo::{cargo, root};

/// The answer of `cargo metadata`.
#[derive(Deserialize)]
pub struct Metadata {
    /// Every package, ours and others'.
    pub packages: Vec<Package>,
    /// The ids of ours.
    pub workspace_members: Vec<String>,
    /// What depends on what.
    pub resolve: Resolve,
}

/// A package, ours or of others, as cargo tells of it.
#[derive(Deserialize)]
pub struct Package {
    /// Its name, version and place.
    pub id: String,
    /// What other packages call it.
    pub name: String,
    /// Its file `Cargo.toml`.
    manifest_path: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: String,
}

/// What depends on what.
#[derive(Deserialize)]
pub struct Resolve {
    /// Each package once.
    pub nodes: Vec<Node>,
}

/// A package with its dependencies.
#[derive(Deserialize)]
pub struct Node {
    /// The package's id.
    pub id: String,
    /// The packages that it depends on.
    pub deps: Vec<Dependency>,
}

/// What one package depends on.
#[derive(Deserialize)]
pub struct Dependency {
    /// The id of the package that is depended on.
    pub pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

impl Metadata {
    /// Asks cargo.
    pub fn ask() -> Result<Self> {
        let output = cargo(&["metadata", "--format-version", "1", "--locked"])?.output().context("cargo metadata")?;
        ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Our own packages.
    pub fn own(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_members.contains(&package.id))
    }

    /// What each package is called here. Somebody else's package that is called like one of ours is told from it.
    pub fn names(&self) -> BTreeMap<&str, String> {
        let own: Vec<&str> = self.own().map(|package| package.name.as_str()).collect();
        let name = |package: &Package| {
            let is_twin = own.contains(&package.name.as_str()) && !self.workspace_members.contains(&package.id);
            if is_twin { format!("{} (of others)", package.name) } else { package.name.clone() }
        };
        self.packages.iter().map(|package| (package.id.as_str(), name(package))).collect()
    }
}

impl Package {
    /// Its folder, from the root of the repository.
    pub fn folder(&self) -> Result<String> {
        let manifest = Path::new(&self.manifest_path);
        from_root(manifest.parent().context("a Cargo.toml lies in a folder")?)
    }

    /// The files from which its library and its programs are compiled, from the root of the repository.
    pub fn roots(&self) -> Result<Vec<String>> {
        let shipped =
            self.targets.iter().filter(|target| target.kind.iter().any(|kind| kind == "lib" || kind == "bin"));
        shipped.map(|target| from_root(Path::new(&target.src_path))).collect()
    }
}

fn from_root(path: &Path) -> Result<String> {
    let path = path.strip_prefix(root()?).with_context(|| format!("{} lies outside", path.display()))?;
    Ok(path.to_string_lossy().into_owned())
}

impl Dependency {
    /// Whether what is shipped needs it, not a test or a build script alone.
    pub fn is_shipped(&self) -> bool {
        self.dep_kinds.iter().any(|kind| kind.kind.is_none())
    }

    /// Whether only tests need it.
    pub fn is_for_tests_alone(&self) -> bool {
        self.dep_kinds.iter().all(|kind| kind.kind.as_deref() == Some("dev"))
    }
}
