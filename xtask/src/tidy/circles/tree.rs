//! The modules of a crate as a tree, and where a path leads in it: through every re-export, to the file that defines it.

use std::{
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
};

use super::source::{Source, SourceNames};

/// Longer chains of re-exports are circles of their own.
const STEPS_MAX: u8 = 16;

/// A module of a crate, with those within it.
struct Module {
    /// The file in which it stands.
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    source: Source,
}

/// All modules of a library or a program.
pub struct Tree {
    /// The first is its root.
    modules: Vec<Module>,
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PathTarget {
    /// A module as such.
    Module(usize),
    /// Something that this module defines.
    Item(usize),
}

/// That the code of one file needs something of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The file that needs it.
    pub from: String,
    /// The file that has it.
    pub to: String,
    /// How it is named.
    pub path: String,
}

impl Tree {
    /// Reads a crate from its root file on.
    ///
    /// # Errors
    /// Says which file is missing or is no Rust.
    pub fn read(root: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut tree = Self { modules: Vec::new() };
        let folder = Path::new(root).parent().unwrap_or_else(|| Path::new(""));
        let source = read(root, text_of)?;
        tree.add(root, folder, None, source, text_of)?;
        Ok(tree)
    }

    /// Adds a module and all that it holds. The files of its children lie in `folder`.
    fn add(
        &mut self,
        file: &str,
        folder: &Path,
        parent: Option<usize>,
        mut source: Source,
        text_of: &dyn Fn(&str) -> Option<String>,
    ) -> Result<usize, String> {
        let own = self.modules.len();
        let (inline, declared) = (std::mem::take(&mut source.inline), std::mem::take(&mut source.declared));
        self.modules.push(Module { file: file.to_owned(), parent, children: BTreeMap::new(), source });
        for (name, source) in inline {
            let child = self.add(file, &folder.join(&name), Some(own), source, text_of)?;
            self.modules[own].children.insert(name, child);
        }
        for (name, path) in declared {
            let (file, folder) = place(file, folder, &name, path.as_deref(), text_of)?;
            let source = read(&file, text_of)?;
            let child = self.add(&file, &folder, Some(own), source, text_of)?;
            self.modules[own].children.insert(name, child);
        }
        Ok(own)
    }

    /// The files of the crate.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(|module| module.file.as_str())
    }

    /// What the files need of each other.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        for (at, module) in self.modules.iter().enumerate() {
            let handed_on = module.source.handed_on.iter().map(|path| (path, true));
            for (path, is_handed_on) in module.source.paths.iter().map(|path| (path, false)).chain(handed_on) {
                // A module as such is only a name; what is taken from it stands in another path.
                let Some(PathTarget::Item(to)) = self.resolved(at, path, STEPS_MAX) else { continue };
                let hands_on_own = is_handed_on && self.is_within(to, at);
                let to = &self.modules[to].file;
                if *to != module.file && !hands_on_own {
                    needs.push(Need { from: module.file.clone(), to: to.clone(), path: path.join("::") });
                }
            }
        }
        needs.sort();
        needs
    }

    fn is_within(&self, module: usize, other: usize) -> bool {
        std::iter::successors(Some(module), |module| self.modules[*module].parent).any(|module| module == other)
    }

    /// What a path names, seen from a module. Nothing, if that is no part of the crate.
    fn resolved(&self, at: usize, path: &[String], steps: u8) -> Option<PathTarget> {
        let steps = steps.checked_sub(1)?;
        let mut named = PathTarget::Module(at);
        for (nth, name) in path.iter().enumerate() {
            let PathTarget::Module(module) = named else { return Some(named) };
            let is_last = nth + 1 == path.len();
            named = match name.as_str() {
                "crate" => PathTarget::Module(0),
                "self" => named,
                "super" => PathTarget::Module(self.modules[module].parent?),
                _ => match self.looked_up(module, name, is_last, steps) {
                    Some(found) => found,
                    // Nothing of ours; or something that a macro makes there.
                    None if nth == 0 => return None,
                    None => PathTarget::Item(module),
                },
            };
        }
        Some(named)
    }

    /// What a name means within a module.
    fn looked_up(&self, at: usize, name: &str, is_last: bool, steps: u8) -> Option<PathTarget> {
        let module = &self.modules[at];
        let item = || module.source.items.contains(name).then_some(PathTarget::Item(at));
        let child = || module.children.get(name).map(|child| PathTarget::Module(*child));
        // What is imported from elsewhere and named here is had from here.
        let imported = || {
            let path = module.source.imports.get(name)?;
            Some(self.resolved(at, path, steps).unwrap_or(PathTarget::Item(at)))
        };
        // Where a module and a function have the same name, only a module has a name behind it.
        let near =
            if is_last { item().or_else(imported).or_else(child) } else { child().or_else(imported).or_else(item) };
        near.or_else(|| module.source.globs.iter().find_map(|path| self.within_glob(at, path, name, is_last, steps)))
    }

    fn within_glob(&self, at: usize, path: &SourceNames, name: &str, is_last: bool, steps: u8) -> Option<PathTarget> {
        match self.resolved(at, path, steps)? {
            PathTarget::Module(other) if other != at => self.looked_up(other, name, is_last, steps.checked_sub(1)?),
            _ => None,
        }
    }
}

fn read(file: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Result<Source, String> {
    let text = text_of(file).ok_or_else(|| format!("{file}: cannot be read"))?;
    Source::read(&text).map_err(|error| format!("{file}: is no Rust: {error}"))
}

/// The file of a module that another declares, and the folder of its own children.
fn place(
    declared_in: &str,
    folder: &Path,
    name: &str,
    path: Option<&str>,
    text_of: &dyn Fn(&str) -> Option<String>,
) -> Result<(String, PathBuf), String> {
    let beside = Path::new(declared_in).parent().unwrap_or_else(|| Path::new(""));
    let candidates = match path {
        Some(path) => {
            let file = plain(&beside.join(path));
            let folder = file.parent().unwrap_or(beside).to_owned();
            vec![(file, folder)]
        }
        None => {
            let own = folder.join(name);
            vec![(folder.join(format!("{name}.rs")), own.clone()), (own.join("mod.rs"), own)]
        }
    };
    let mut candidates = candidates.into_iter().map(|(file, folder)| (file.to_string_lossy().into_owned(), folder));
    candidates
        .find(|(file, _)| text_of(file).is_some())
        .ok_or_else(|| format!("{declared_in}: declares `{name}`, which has no file"))
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}
