//! Which way the arrows point: what a crate of ours must never come to depend on, however far away.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::cargo::cargo;

/// `from` must not reach `to`, through any chain of dependencies of the shipped code.
struct Forbidden {
    from: &'static [&'static str],
    to: &'static [&'static str],
}

const FORBIDDEN: &[Forbidden] = &[
    Forbidden {
        from: &["vocabulary", "office", "wire", "firmware-config"],
        to: &["tokio", "axum", "rusqlite", "bevy", "ureq", "lettre", "serialport"],
    },
    Forbidden { from: &["vocabulary"], to: &["office", "wire", "firmware-config"] },
    Forbidden { from: &["office"], to: &["wire", "firmware-config"] },
    Forbidden { from: &["wire"], to: &["office", "firmware-config"] },
    Forbidden { from: &["firmware-config"], to: &["office", "wire"] },
    Forbidden { from: &["panel", "kiosk", "display"], to: &["office", "hub", "rusqlite", "axum", "lettre"] },
    Forbidden { from: &["panel", "display"], to: &["serialport"] },
    Forbidden { from: &["hub"], to: &["bevy", "panel", "kiosk", "display", "serialport"] },
    Forbidden { from: &["tests"], to: &["office", "hub", "panel", "kiosk", "display", "firmware-config"] },
    Forbidden { from: &["xtask"], to: &["office", "wire", "hub", "panel", "kiosk", "display", "tests"] },
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

/// What of each package's shipped code leads to which packages, by name.
type Edges = BTreeMap<String, BTreeSet<String>>;

/// Every forbidden edge that exists, as a sentence.
pub fn faults() -> Result<Vec<String>> {
    let output = cargo(&["metadata", "--format-version", "1", "--locked"])?.output().context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    Ok(faults_in(&edges(&metadata)))
}

fn edges(metadata: &Metadata) -> Edges {
    let names: BTreeMap<&str, &str> =
        metadata.packages.iter().map(|package| (package.id.as_str(), package.name.as_str())).collect();
    let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned());
    let mut edges = Edges::new();
    for node in &metadata.resolve.nodes {
        let shipped = node.deps.iter().filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        edges.entry(name(&node.id)).or_default().extend(shipped.map(|dependency| name(&dependency.pkg)));
    }
    edges
}

fn faults_in(edges: &Edges) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in FORBIDDEN {
        for from in rule.from {
            let reached = reached_from(edges, from);
            let wrong = rule.to.iter().filter(|to| reached.contains(**to));
            faults.extend(
                wrong.map(|to| format!("{from} must not depend on {to}: cargo tree -p {from} -e normal -i {to}")),
            );
        }
    }
    faults
}

fn reached_from<'a>(edges: &'a Edges, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(package) = open.pop() {
        for next in edges.get(package).into_iter().flatten() {
            if reached.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[(&str, &[&str])], expect: &[&str]) {
        let edges: Edges = lines
            .iter()
            .map(|(from, to)| ((*from).to_owned(), to.iter().map(|name| (*name).to_owned()).collect()))
            .collect();
        let faults = faults_in(&edges);
        assert_eq!(faults.len(), expect.len(), "{faults:?}");
        assert!(faults.iter().zip(expect).all(|(fault, start)| fault.starts_with(start)), "{faults:?}");
    }

    #[test]
    fn an_edge_is_found_through_others() {
        check(&[("office", &["helper"]), ("helper", &["tokio"])], &["office must not depend on tokio"]);
    }

    #[test]
    fn what_is_allowed_passes() {
        check(&[("hub", &["office", "wire", "tokio"]), ("kiosk", &["panel", "wire", "serialport"])], &[]);
    }

    #[test]
    fn the_house_itself_has_no_forbidden_edge() {
        assert_eq!(faults().expect("cargo metadata"), Vec::<String>::new());
    }
}
