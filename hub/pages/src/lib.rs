//! The pages for citizens, clerks and administrators: HTML made here, complete without scripts.

mod admin;
mod agent;
mod assets;
mod book;
mod booking;
mod csv;
mod detour;
mod dress;
mod forgotten;
mod form;
mod frame;
mod front;
mod houses;
mod new_password;
pub mod policy;
mod privacy;
mod problem;
mod published;
mod routes;
mod rules_said;
mod soonest;
mod staff;
mod state;
mod suspended;
mod visit;
mod visitor;

pub use book::draft::Drafts;
pub use routes::router;
pub use soonest::Soonest;
pub use state::{Pages, PagesParts};

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

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
        let mut known = BTreeSet::new();
        for file in fs::read_dir(root.join("../../text/el")).unwrap() {
            let source = fs::read_to_string(file.unwrap().path()).unwrap();
            let begins = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            known.extend(begins.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()));
        }
        let mails = walk(&root.join("../post/templates"), &known);
        assert!(mails > 10 && walk(&root.join("templates"), &known) > 100);
    }
}
