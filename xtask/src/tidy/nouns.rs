//! A type is a noun that no other type has: whoever reads its name anywhere in the house knows which one is meant.

use std::collections::BTreeMap;

/// What begins the definition of a type of one's own.
const DEFINES: [&str; 5] = ["struct ", "enum ", "trait ", "union ", "type "];

/// Where each name stands.
#[derive(Debug, Default)]
pub struct TypeNouns(BTreeMap<String, Vec<String>>);

/// Whether a file's types count: tests and stories name theirs for themselves, and so does what is fuzzed.
fn counts(path: &str) -> bool {
    let is_test = path.contains("/tests/") || path.ends_with("/tests.rs") || path.starts_with("fuzz/");
    path.ends_with(".rs") && (!is_test || path.starts_with("tests/src/"))
}

/// The name of the type that a line defines. What a trait's type is in one place has no name of its own, and stands indented.
fn defined(line: &str) -> Option<&str> {
    let bare = line.trim_start();
    let bare = match bare.strip_prefix("pub") {
        Some(rest) => rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest),
        None => bare,
    };
    let (kind, rest) = DEFINES.iter().find_map(|kind| Some((kind, bare.trim_start().strip_prefix(kind)?)))?;
    if *kind == "type " && line.starts_with(' ') {
        return None;
    }
    let name = rest.split(|letter: char| !letter.is_alphanumeric()).next()?;
    name.starts_with(|letter: char| letter.is_ascii_uppercase()).then_some(name)
}

impl TypeNouns {
    /// Takes in a file of the repository.
    pub fn take(&mut self, path: &str, text: &str) {
        if !counts(path) {
            return;
        }
        let own = text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(own, _)| own);
        for (nth, line) in own.lines().enumerate() {
            if let Some(name) = defined(line) {
                self.0.entry(name.to_owned()).or_default().push(format!("{path}:{}", nth + 1));
            }
        }
    }

    /// Every name that stands twice.
    pub fn faults(&self) -> Vec<String> {
        let twice = self.0.iter().filter(|(_, places)| places.len() > 1);
        twice.map(|(name, places)| format!("{}: another type is called {name} too: {}", places[0], places[1])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_09_a_name_that_two_types_have_is_told_with_both_places() {
        let mut nouns = TypeNouns::default();
        nouns.take(
            "hub/a/src/lib.rs",
            "/// One.\npub(crate) struct Desk<'a> {\n}\nimpl A for Desk {\n    type Item = Desk;\n}",
        );
        nouns.take("hub/a/tests/all.rs", "struct Desk;");
        nouns.take("office/src/desk.rs", "enum Chair {}\n#[cfg(test)]\nmod tests {\n    struct Desk;\n}");
        assert!(nouns.faults().is_empty());
        nouns.take("office/src/more.rs", "    pub enum Desk {");
        assert_eq!(nouns.faults(), ["hub/a/src/lib.rs:2: another type is called Desk too: office/src/more.rs:1"]);
    }
}
