//! Which way the arrows point: the crates as cargo knows them, held against the table of the rooms.

use std::collections::BTreeSet;

use super::{
    metadata::Metadata,
    reach::{CrateArrows, reached_from},
    rooms::{HOLDERS, LibraryHolder, ROOMS, Room, STRANGERS},
};

/// What of each package leads to which packages, by name.
#[derive(Debug, Default)]
struct Edges {
    /// Our own packages.
    own: BTreeSet<String>,
    /// What the shipped code depends on.
    shipped: CrateArrows,
    /// The same with what the build and the tests of our own depend on.
    all: CrateArrows,
    /// The direct dependencies of our own, without those of tests.
    direct: CrateArrows,
}

/// Every arrow that is not allowed, as a sentence.
pub fn faults(metadata: &Metadata) -> Vec<String> {
    faults_in(&edges(metadata))
}

/// The rooms of the table that do not stand yet.
pub fn not_built(metadata: &Metadata) -> Vec<&'static str> {
    let own: BTreeSet<&str> = metadata.own().map(|package| package.name.as_str()).collect();
    ROOMS.iter().map(|room| room.name).filter(|name| !own.contains(name)).collect()
}

fn edges(metadata: &Metadata) -> Edges {
    let names = metadata.names();
    let mut edges = Edges { own: metadata.own().map(|package| package.name.clone()).collect(), ..Edges::default() };
    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    for node in &metadata.resolve.nodes {
        let from = name(&node.id);
        for dependency in &node.deps {
            let to = name(&dependency.pkg);
            let add = |arrows: &mut CrateArrows| {
                arrows.entry(from.clone()).or_default().insert(to.clone());
            };
            add(&mut edges.all);
            if dependency.is_shipped() {
                add(&mut edges.shipped);
            }
            if !dependency.is_for_tests_alone() {
                add(&mut edges.direct);
            }
        }
    }
    edges
}

fn faults_in(edges: &Edges) -> Vec<String> {
    let mut faults = Vec::new();
    for name in &edges.own {
        match ROOMS.iter().find(|room| room.name == name) {
            Some(room) => faults.extend(room_faults(edges, room)),
            None => faults.push(format!("{name} has no row in xtask/src/tidy/rooms.rs: what may it know?")),
        }
    }
    faults.extend(HOLDERS.iter().flat_map(|holder| holder_faults(edges, holder)));
    faults.extend(STRANGERS.iter().filter_map(|(judge, judged)| stranger_fault(edges, judge, judged)));
    faults
}

fn direct<'a>(edges: &'a Edges, from: &str) -> impl Iterator<Item = &'a str> {
    edges.direct.get(from).into_iter().flatten().map(String::as_str)
}

fn room_faults(edges: &Edges, room: &Room) -> Vec<String> {
    let from = room.name;
    let known = direct(edges, from).filter(|to| edges.own.contains(*to) && !room.may_know.contains(to));
    let mut faults: Vec<String> = known
        .map(|to| format!("{from} must not know {to}: the arrow is not in the table of xtask/src/tidy/rooms.rs"))
        .collect();
    let reached = reached_from(&edges.shipped, from);
    let wrong = room.never.iter().copied().flatten().filter(|to| reached.contains(**to));
    faults.extend(wrong.map(|to| format!("{from} must not depend on {to}: cargo tree -p {from} -e normal -i {to}")));
    faults
}

fn holder_faults(edges: &Edges, holder: &LibraryHolder) -> Vec<String> {
    let LibraryHolder { library, home, also } = holder;
    if !edges.own.contains(*home) {
        return Vec::new();
    }
    let strays = edges.own.iter().filter(|own| own != home && !also.contains(&own.as_str()));
    let strays = strays.filter(|own| direct(edges, own).any(|to| to == *library));
    strays.map(|own| format!("{own} must not name {library} itself: that is for {home}")).collect()
}

fn stranger_fault(edges: &Edges, judge: &str, judged: &str) -> Option<String> {
    let theirs = reached_from(&edges.shipped, judged);
    let shared = reached_from(&edges.all, judge);
    let mut shared = shared.into_iter().filter(|name| edges.own.contains(*name));
    let shared = shared.find(|name| *name == judged || theirs.contains(name))?;
    Some(format!("{judge} shares {shared} with {judged}, which it judges: not even its tests may"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(lines: &[(&str, &[&str])]) -> CrateArrows {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        lines.iter().map(|(from, to)| ((*from).to_owned(), owned(to))).collect()
    }

    fn made_up(own: &[&str], lines: &[(&str, &[&str])]) -> Edges {
        let own = own.iter().map(|name| (*name).to_owned()).collect();
        Edges { own, shipped: arrows(lines), all: arrows(lines), direct: arrows(lines) }
    }

    fn check(own: &[&str], lines: &[(&str, &[&str])], expect: &[&str]) {
        let faults = faults_in(&made_up(own, lines));
        assert_eq!(faults.len(), expect.len(), "{faults:?}");
        assert!(faults.iter().zip(expect).all(|(fault, start)| fault.starts_with(start)), "{faults:?}");
    }

    #[test]
    fn a_library_is_found_through_others() {
        check(&["office"], &[("office", &["helper"]), ("helper", &["tokio"])], &["office must not depend on tokio"]);
    }

    #[test]
    fn what_is_allowed_passes() {
        check(
            &["hub", "kiosk", "office", "panel", "wire"],
            &[("hub", &["office", "wire", "tokio"]), ("kiosk", &["panel", "wire", "serialport"])],
            &[],
        );
    }

    #[test]
    fn an_arrow_that_is_not_in_the_table_fails() {
        check(
            &["acts", "api", "pages", "writer"],
            &[("writer", &["acts"]), ("pages", &["acts", "api"])],
            &["pages must not know api", "writer must not know acts"],
        );
    }

    #[test]
    fn a_crate_that_is_not_in_the_table_fails() {
        check(&["cellar"], &[], &["cellar has no row"]);
    }

    #[test]
    fn a_library_has_its_room_once_that_stands() {
        let lines: &[(&str, &[&str])] = &[("hub", &["rusqlite"])];
        check(&["hub"], lines, &[]);
        check(&["hub", "store"], lines, &["hub must not name rusqlite"]);
    }

    #[test]
    fn paper_shares_no_code_with_ticket() {
        let ticket: (&str, &[&str]) = ("ticket", &["firmware-config"]);
        let own = &["firmware-config", "paper", "ticket"];
        check(own, &[ticket, ("paper", &["image"])], &[]);
        for shared in ["ticket", "firmware-config"] {
            let mut edges = made_up(own, &[ticket]);
            edges.all.insert("paper".to_owned(), [shared.to_owned()].into());
            assert_eq!(faults_in(&edges).len(), 1, "{shared}, in the tests of paper");
        }
    }

    #[test]
    fn the_table_names_each_room_once_and_has_no_circle() {
        let names: BTreeSet<&str> = ROOMS.iter().map(|room| room.name).collect();
        assert_eq!(names.len(), ROOMS.len());
        let mut known = ROOMS.iter().flat_map(|room| room.may_know);
        assert!(known.all(|name| names.contains(name)), "a row names a room without a row");
        let lines: Vec<_> = ROOMS.iter().map(|room| (room.name, room.may_know)).collect();
        assert!(super::super::reach::circles(&arrows(&lines)).is_empty());
        let also = HOLDERS.iter().flat_map(|holder| holder.also.iter().chain([&holder.home]));
        assert!(also.into_iter().all(|name| names.contains(name)));
    }

    #[test]
    fn what_the_table_forbids_by_leaving_it_out() {
        let lines: Vec<_> = ROOMS.iter().map(|room| (room.name, room.may_know)).collect();
        let table = arrows(&lines);
        for (from, to) in [
            ("kiosk", "office"),
            ("display", "hub"),
            ("office", "wire"),
            ("wire", "office"),
            ("hub", "panel"),
            ("store", "writer"),
            ("acts", "pages"),
            ("views", "store"),
            ("tests", "office"),
        ] {
            assert!(!reached_from(&table, from).contains(to), "{from} {to}");
        }
    }

    #[test]
    fn the_house_itself_has_no_forbidden_arrow() {
        assert_eq!(faults(&Metadata::ask().expect("cargo metadata")), Vec::<String>::new());
    }
}
