//! What of others is inside a program: its parts as CycloneDX, and the licences of all of them in one file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::handed_out::{PROGRAMS, source_date};
use crate::{
    cargo::{cargo, run},
    tools::{self, CYCLONEDX},
};

/// The one platform for which packages are made here.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";
/// Files of a crate that belong to its licence.
const LICENCE_NAMES: [&str; 5] = ["license", "licence", "copying", "notice", "unlicense"];

/// `cargo metadata`, as far as it is looked at.
#[derive(Deserialize)]
struct ShippedWorkspace {
    packages: Vec<ShippedPart>,
    resolve: ShippedTree,
}

#[derive(Deserialize)]
struct ShippedPart {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    manifest_path: PathBuf,
    /// None for a room of the house.
    source: Option<String>,
}

#[derive(Deserialize)]
struct ShippedTree {
    nodes: Vec<ShippedNode>,
}

#[derive(Deserialize)]
struct ShippedNode {
    id: String,
    deps: Vec<ShippedArrow>,
}

#[derive(Deserialize)]
struct ShippedArrow {
    pkg: String,
    dep_kinds: Vec<ShippedArrowKind>,
}

#[derive(Deserialize)]
struct ShippedArrowKind {
    /// None for what is inside the program, and not only beside it while it is built or tested.
    kind: Option<String>,
}

/// Writes a folder for each package.
pub fn write(source: &Path, folder: &Path) -> Result<()> {
    let workspace = workspace(source)?;
    list_parts(source)?;
    for program in PROGRAMS {
        let own = folder.join(program.package);
        fs::create_dir_all(&own)?;
        let list = find_list(source, program.program)?;
        fs::copy(&list, own.join(format!("{}.cdx.json", program.package)))
            .with_context(|| list.display().to_string())?;
        fs::write(own.join("third-party-licences.txt"), licences(&workspace, program.program)?)?;
    }
    Ok(())
}

fn workspace(source: &Path) -> Result<ShippedWorkspace> {
    let mut metadata = cargo(&["metadata", "--format-version=1", "--locked", "--filter-platform", PLATFORM])?;
    let output = metadata.current_dir(source).stderr(Stdio::inherit()).output().context("cargo metadata")?;
    ensure!(output.status.success(), "cargo does not say what the programs are built from");
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Has every crate's list of parts written beside its `Cargo.toml`.
fn list_parts(source: &Path) -> Result<()> {
    let mut command = cargo(&["cyclonedx", "--format", "json", "--target", PLATFORM, "--quiet"])?;
    tools::as_cargo_command(&CYCLONEDX.ready()?, &mut command)?;
    command.env("SOURCE_DATE_EPOCH", source_date()?);
    run(command.current_dir(source))
}

fn find_list(source: &Path, program: &str) -> Result<PathBuf> {
    let path = source.join(program).join(format!("{program}.cdx.json"));
    ensure!(path.is_file(), "there is no {}", path.display());
    Ok(path)
}

/// The licences of everything that is inside a program, each text once.
fn licences(workspace: &ShippedWorkspace, program: &str) -> Result<String> {
    let parts: BTreeMap<&str, &ShippedPart> = workspace.packages.iter().map(|part| (part.id.as_str(), part)).collect();
    let nodes: BTreeMap<&str, &ShippedNode> =
        workspace.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let root = workspace.packages.iter().find(|part| part.source.is_none() && part.name == program);
    let mut waiting = vec![root.with_context(|| format!("no crate {program}"))?.id.as_str()];
    let mut inside = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if inside.insert(id) {
            let arrows = nodes.get(id).into_iter().flat_map(|node| &node.deps);
            let shipped = arrows.filter(|arrow| arrow.dep_kinds.iter().any(|kind| kind.kind.is_none()));
            waiting.extend(shipped.map(|arrow| arrow.pkg.as_str()));
        }
    }
    let others = inside.iter().filter_map(|id| parts.get(id)).filter(|part| part.source.is_some());
    let mut text = format!("What others have written and is inside {program}.\n\n");
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in others {
        let name = format!("{} {}", part.name, part.version);
        text += &format!("{name}: {}\n", part.license.as_deref().unwrap_or("see its text"));
        for licence in licence_texts(part)? {
            texts.entry(licence).or_default().insert(name.clone());
        }
    }
    for (licence, of) in texts {
        let of = of.into_iter().collect::<Vec<_>>().join(", ");
        text += &format!("\n{}\n{of}\n\n{licence}\n", "-".repeat(80));
    }
    Ok(text)
}

fn licence_texts(part: &ShippedPart) -> Result<Vec<String>> {
    let folder = part.manifest_path.parent().context("a manifest lies in a folder")?;
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if LICENCE_NAMES.iter().any(|start| name.starts_with(start)) && entry.file_type()?.is_file() {
            texts.push(String::from_utf8_lossy(&fs::read(entry.path())?).replace("\r\n", "\n"));
        }
    }
    Ok(texts)
}
