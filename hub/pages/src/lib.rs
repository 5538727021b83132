//! The pages for citizens, clerks and administrators, behind one door: HTML made here, complete without scripts.

#[cfg(test)]
mod heard;
mod routes;

pub use routes::{page_actions, router};
pub use stationery::{
    assets::get as asset,
    draft::Drafts,
    first_start,
    new_password::password_wrong,
    policy,
    problem::WrongField,
    soonest::Soonest,
    state::{Pages, PagesParts},
};

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use paths::{AdminRoute, CitizenRoute, Route, StaffRoute};

    /// The ids of all sentences.
    fn known_sentences(root: &Path) -> BTreeSet<String> {
        let mut known = BTreeSet::new();
        for file in fs::read_dir(root.join("../../text/el")).unwrap() {
            let source = fs::read_to_string(file.unwrap().path()).unwrap();
            let begins = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            known.extend(begins.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()));
        }
        known
    }

    #[test]
    fn every_sentence_of_a_template_exists() {
        fn walk(folder: &Path, known: &BTreeSet<String>) -> usize {
            let mut found = 0;
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found += walk(&path, known);
                    continue;
                }
                let source = fs::read_to_string(&path).unwrap();
                for call in ["say(\"", "with(\"", "say_with(\"", "text(\"", "count(\""] {
                    for rest in source.split(call).skip(1) {
                        let id = rest.split('"').next().unwrap();
                        assert!(id.contains('$') || known.contains(id), "{id} in {}", path.display());
                        found += 1;
                    }
                }
            }
            found
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let known = known_sentences(root);
        // Whichever rooms of the hub have templates: those that are not there yet, too.
        let rooms = fs::read_dir(root.join("..")).unwrap().map(|room| room.unwrap().path().join("templates"));
        let found: Vec<usize> = rooms.filter(|room| room.is_dir()).map(|room| walk(&room, &known)).collect();
        assert!(found.len() >= 5 && found.iter().all(|found| *found > 10), "{found:?}");
        assert!(found.iter().sum::<usize>() > 500, "{found:?}");
    }

    /// The ids of sentences that a source of a room says by name, outside its tests.
    fn spoken(folder: &Path, said: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                spoken(&path, said);
            } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
                let source = fs::read_to_string(&path).unwrap();
                let own = source.split("#[cfg(test)]").next().unwrap();
                for call in ["say(\"", "say_with(\"", "voice.text(\"", "count(\"", "plain(\""] {
                    let ids = own.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                    let is_id = |id: &&str| id.contains('-') && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                    said.extend(ids.filter(is_id).map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn every_sentence_that_a_room_says_by_name_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (known, mut said) = (known_sentences(root), BTreeSet::new());
        for room in fs::read_dir(root.join("..")).unwrap().map(|room| room.unwrap().path().join("src")) {
            if room.is_dir() {
                spoken(&room, &mut said);
            }
        }
        assert!(said.len() > 300, "{}", said.len());
        assert_eq!(said.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn every_route_is_in_a_room() {
        let rooms = [CitizenRoute::ALL.len(), StaffRoute::ALL.len(), AdminRoute::ALL.len()];
        assert_eq!(rooms.into_iter().sum::<usize>(), Route::ALL.len());
    }
}
