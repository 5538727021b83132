//! How much of a crate one has to read to change it: the lines of its sources. Its tests are read one at a time.

use std::collections::BTreeMap;

/// A crate that is longer has a second one in it.
const CRATE_LINES_MAX: usize = 15_000;

/// The lines of each crate, by its folder.
#[derive(Debug)]
pub struct Sizes {
    lines: BTreeMap<String, usize>,
}

impl Sizes {
    /// Nothing is counted yet for the crates in these folders.
    pub fn of(folders: impl IntoIterator<Item = String>) -> Self {
        Self { lines: folders.into_iter().map(|folder| (folder, 0)).collect() }
    }

    /// Counts a file for the innermost crate that it lies in.
    pub fn count(&mut self, path: &str, text: &str) {
        if !path.contains("/src/") || !path.ends_with(".rs") {
            return;
        }
        let is_in = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let crates = self.lines.iter_mut().filter(|(folder, _)| is_in(folder));
        if let Some((_, lines)) = crates.max_by_key(|(folder, _)| folder.len()) {
            *lines += text.lines().count();
        }
    }

    /// Every crate that is too large.
    pub fn faults(&self) -> Vec<String> {
        let large = self.lines.iter().filter(|(_, lines)| **lines > CRATE_LINES_MAX);
        large.map(|(folder, lines)| format!("{folder}: {lines} lines; a crate has at most {CRATE_LINES_MAX}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_for_the_innermost_crate() {
        let mut sizes = Sizes::of(["hub", "hub/store", "tests"].map(str::to_owned));
        let long = "\n".repeat(CRATE_LINES_MAX + 1);
        sizes.count("hub/store/src/lib.rs", &long);
        sizes.count("hub/src/main.rs", "one\ntwo");
        sizes.count("hub/tests/pages.rs", &long);
        sizes.count("hub/Cargo.toml", &long);
        sizes.count("hubbub/src/lib.rs", &long);
        assert_eq!(sizes.lines.values().copied().collect::<Vec<_>>(), [2, CRATE_LINES_MAX + 1, 0]);
        assert_eq!(sizes.faults().len(), 1);
        assert!(sizes.faults()[0].starts_with("hub/store: 15001 lines"));
    }
}
