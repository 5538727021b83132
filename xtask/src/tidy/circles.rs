//! Circles of files within a crate: files that need each other can only be read, moved and tested together.
//!
//! An arrow goes from a file to the file that defines what it names, through every re-export. That a parent declares its
//! children and hands their names on is no arrow; that it uses them is one. A method is found only by the name of its
//! type, so that `impl Office` in a second file hides an arrow.

mod source;
mod tree;

use std::{collections::BTreeSet, fs};

use anyhow::{Result, ensure};

use self::tree::{Need, Tree};
use super::{
    metadata::Metadata,
    reach::{self, CrateArrows},
};
use crate::cargo::root;

/// Crates whose circles are not cut yet. Empty is the aim: what is struck out never comes back.
const STILL_ROUND: &[&str] = &[];

/// The circles of a library or a program.
struct Crate {
    name: String,
    circles: Vec<BTreeSet<String>>,
    /// The circles of its outermost modules, whatever file of them needs what: what stands between them and rooms.
    outer_circles: Vec<BTreeSet<String>>,
    needs: Vec<Need>,
}

/// Every crate of ours.
fn crates(metadata: &Metadata) -> Result<Vec<Crate>, String> {
    let root = root().map_err(|error| error.to_string())?;
    let text_of = |file: &str| fs::read_to_string(root.join(file)).ok();
    let mut crates = Vec::new();
    for package in metadata.own() {
        for file in package.roots().map_err(|error| error.to_string())? {
            crates.push(read(&package.name, &file, &text_of)?);
        }
    }
    Ok(crates)
}

fn read(name: &str, root: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Result<Crate, String> {
    let tree = Tree::read(root, text_of)?;
    let needs = tree.needs();
    let mut arrows: CrateArrows = tree.files().map(|file| (file.to_owned(), BTreeSet::new())).collect();
    let mut outer = CrateArrows::new();
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    for need in &needs {
        arrows.entry(need.from.clone()).or_default().insert(need.to.clone());
        let [from, to] = [&need.from, &need.to].map(|file| outermost(folder, file));
        outer.entry(from).or_default().insert(to);
    }
    Ok(Crate { name: name.to_owned(), circles: circles(&arrows), outer_circles: circles(&outer), needs })
}

fn circles(arrows: &CrateArrows) -> Vec<BTreeSet<String>> {
    let owned = |circle: BTreeSet<&str>| circle.into_iter().map(str::to_owned).collect();
    reach::circles(arrows).into_iter().map(owned).collect()
}

/// The outermost module of a file, of those of a crate whose root lies in `folder`.
fn outermost(folder: &str, file: &str) -> String {
    let within = file.strip_prefix(folder).unwrap_or(file).trim_start_matches('/');
    let first = within.split('/').next().unwrap_or(within);
    first.trim_end_matches(".rs").to_owned()
}

/// Every circle of a crate that is not listed as round, and every crate that is listed and has none.
pub fn faults(metadata: &Metadata) -> Vec<String> {
    match crates(metadata) {
        Ok(crates) => faults_in(&crates, STILL_ROUND),
        Err(fault) => vec![fault],
    }
}

fn faults_in(crates: &[Crate], still_round: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for own in crates.iter().filter(|own| !still_round.contains(&own.name.as_str())) {
        faults.extend(own.circles.iter().map(|circle| {
            let files: Vec<&str> = circle.iter().map(String::as_str).collect();
            let (name, count) = (&own.name, circle.len());
            format!(
                "{name}: {count} files form a circle ({files}); `cargo xtask tidy --circles {name}` shows why",
                files = files.join(", ")
            )
        }));
    }
    let is_round = |name: &str| crates.iter().any(|own| own.name == name && !own.circles.is_empty());
    let done = still_round.iter().filter(|name| !is_round(name));
    faults.extend(
        done.map(|name| format!("{name}: has no circle; strike it out of STILL_ROUND in xtask/src/tidy/circles.rs")),
    );
    faults
}

/// `cargo xtask tidy --circles`: how many circles each crate has, and their sizes; of one crate also every arrow in them.
pub fn tell(metadata: &Metadata, of: Option<&str>) -> Result<()> {
    let crates = crates(metadata).map_err(anyhow::Error::msg)?;
    ensure!(
        of.is_none_or(|of| crates.iter().any(|own| own.name == of)),
        "no crate of ours is called {}",
        of.unwrap_or_default()
    );
    for own in crates.iter().filter(|own| of.is_none_or(|of| own.name == of)) {
        for (circles, what) in [(&own.circles, "files"), (&own.outer_circles, "outermost modules")] {
            if !circles.is_empty() {
                let sizes: Vec<String> = circles.iter().map(|circle| circle.len().to_string()).collect();
                eprintln!("{}: {} circles, of {} {what}", own.name, circles.len(), sizes.join(", "));
            }
        }
        if of.is_some() {
            let outer = own.outer_circles.iter().map(|circle| circle.iter().map(String::as_str).collect::<Vec<_>>());
            outer.for_each(|circle| eprintln!("  a circle of modules: {}", circle.join(", ")));
            own.circles.iter().for_each(|circle| eprintln!("{}", arrows_in(circle, &own.needs).join("\n")));
        }
    }
    let circles: Vec<usize> = crates.iter().flat_map(|own| &own.circles).map(BTreeSet::len).collect();
    let count = crates.iter().map(|own| own.name.as_str()).collect::<BTreeSet<_>>().len();
    eprintln!("{count} crates have {} circles, of {} files together", circles.len(), circles.iter().sum::<usize>());
    Ok(())
}

/// The arrows of a circle, each with the names that make it.
fn arrows_in(circle: &BTreeSet<String>, needs: &[Need]) -> Vec<String> {
    let inside: Vec<&Need> =
        needs.iter().filter(|need| circle.contains(&need.from) && circle.contains(&need.to)).collect();
    let mut lines = vec![format!("  a circle of {} files:", circle.len())];
    for arrow in inside.chunk_by(|one, next| (&one.from, &one.to) == (&next.from, &next.to)) {
        let names: Vec<&str> = arrow.iter().map(|need| need.path.as_str()).collect();
        lines.push(format!("    {} -> {}: {}", arrow[0].from, arrow[0].to, names.join(", ")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn made_up(files: &[(&str, &str)]) -> Crate {
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        read("a", "src/lib.rs", &|file| files.get(file).map(|text| (*text).to_owned())).unwrap()
    }

    /// The arrows of a made-up crate, as `from to`, without folder and ending.
    fn check(files: &[(&str, &str)], expect: &[&str]) {
        let own = made_up(files);
        let short = |file: &str| file.trim_start_matches("src/").trim_end_matches(".rs").to_owned();
        let arrows: BTreeSet<String> =
            own.needs.iter().map(|need| format!("{} {}", short(&need.from), short(&need.to))).collect();
        assert_eq!(arrows.into_iter().collect::<Vec<_>>(), expect, "{:?}", own.needs);
    }

    #[test]
    fn two_files_that_need_each_other_are_a_circle() {
        let files = [
            ("src/lib.rs", "mod one; mod two; mod three;"),
            ("src/one.rs", "use crate::two::Two; pub struct One(Two);"),
            ("src/two.rs", "pub struct Two; fn two() { crate::one::One::new(); }"),
            ("src/three.rs", "use crate::{one::One, two::Two};"),
        ];
        check(&files, &["one two", "three one", "three two", "two one"]);
        let own = made_up(&files);
        let circle: BTreeSet<String> = ["src/one.rs".to_owned(), "src/two.rs".to_owned()].into();
        assert_eq!(own.circles, [circle]);
        assert_eq!(arrows_in(&own.circles[0], &own.needs).len(), 3);
    }

    #[test]
    fn a_path_through_a_re_export_leads_to_the_file_that_defines_it() {
        let files = [
            ("src/lib.rs", "pub mod life; mod user; mod more; pub use life::Foo;"),
            ("src/life/mod.rs", "mod foo; mod bar; pub use foo::Foo; pub use self::bar::*;"),
            ("src/life/foo.rs", "pub struct Foo;"),
            ("src/life/bar.rs", "pub struct Bar;"),
            ("src/user.rs", "use crate::life::{Foo, Bar};"),
            ("src/more.rs", "fn more(_: crate::Foo) {}"),
        ];
        check(&files, &["more life/foo", "user life/bar", "user life/foo"]);
    }

    #[test]
    fn a_parent_that_uses_its_children_has_an_arrow_and_so_has_a_child_that_uses_its_parent() {
        let files = [
            ("src/lib.rs", "mod one;"),
            ("src/one.rs", "mod two; pub use two::Two; pub struct Own; fn all(_: Two) -> u8 { two::deep::three() }"),
            ("src/one/two.rs", "pub mod deep; use super::Own; pub struct Two;"),
            ("src/one/two/deep.rs", "use super::super::Two; pub fn three() -> u8 { 3 }"),
        ];
        check(&files, &["one one/two", "one one/two/deep", "one/two one", "one/two/deep one/two"]);
    }

    #[test]
    fn what_is_for_tests_alone_is_left_out() {
        let files = [
            ("src/lib.rs", "mod one; mod two; #[cfg(test)] mod tests;"),
            ("src/one.rs", "pub struct One; #[cfg(test)] mod tests { use crate::two::Two; }"),
            (
                "src/two.rs",
                "use super::one::One; pub struct Two; impl Two { #[cfg(test)] fn two() { crate::gone::two() } }",
            ),
        ];
        check(&files, &["two one"]);
    }

    #[test]
    fn imports_within_functions_words_of_macros_and_names_in_attributes_count() {
        let files = [
            ("src/lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
            ("src/a.rs", "fn a() { use crate::b::Kind::*; println!(\"{}\", super::c::c(1)); }"),
            ("src/b.rs", "pub enum Kind { One } #[derive(Debug)] struct S { #[serde(with = \"crate::d\")] s: u8 }"),
            ("src/c.rs", "pub fn c(_: u8) {} struct S { #[serde(with = \"crate::d::iso\")] s: u8 }"),
            ("src/d.rs", "/// Like crate::e::E.\npub mod iso {}"),
            ("src/e.rs", "use crate::d::iso as other; pub struct E; pub(in crate::a) fn e() { other::made(); }"),
        ];
        check(&files, &["a b", "a c", "e d"]);
    }

    #[test]
    fn inline_modules_paths_in_attributes_and_names_from_elsewhere() {
        let files = [
            ("src/lib.rs", "mod a; #[path = \"../other/b.rs\"] mod b; pub mod inner { pub struct In; pub mod far; }"),
            ("src/a.rs", "use crate::inner::In; use std::fmt; use super::b::Result; fn a(_: fmt::Error, r: Result) {}"),
            ("src/inner/far.rs", "use super::In;"),
            ("other/b.rs", "pub use anyhow::Result;"),
        ];
        check(&files, &["a lib", "a other/b", "inner/far lib"]);
    }

    #[test]
    fn modules_may_form_a_circle_though_no_file_of_them_does() {
        let own = made_up(&[
            ("src/lib.rs", "mod one; mod two;"),
            ("src/one/mod.rs", "pub mod high { pub struct High(crate::two::Two); } pub mod low;"),
            ("src/one/low.rs", "pub struct Low;"),
            ("src/two.rs", "pub struct Two(crate::one::low::Low);"),
        ]);
        assert!(own.circles.is_empty());
        assert_eq!(own.outer_circles, [BTreeSet::from(["one".to_owned(), "two".to_owned()])]);
    }

    #[test]
    fn re_exports_that_chase_each_other_end() {
        let files = [
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "pub use crate::b::*; pub use crate::b::X;"),
            ("src/b.rs", "pub use crate::a::*; pub use crate::a::X; fn b(_: X, _: Y) {}"),
        ];
        made_up(&files);
    }

    #[test]
    fn a_listed_crate_may_be_round_until_it_is_not() {
        let round = made_up(&[
            ("src/lib.rs", "mod one; mod two;"),
            ("src/one.rs", "pub struct One(crate::two::Two);"),
            ("src/two.rs", "pub struct Two(Option<crate::one::One>);"),
        ]);
        assert!(faults_in(&[round], &["a"]).is_empty());
        let flat = made_up(&[("src/lib.rs", "")]);
        assert!(faults_in(&[flat], &["a"])[0].contains("strike it out"));
    }
}
