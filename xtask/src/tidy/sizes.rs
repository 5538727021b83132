//! How much of a crate one has to read: its lines, tests among them.

use std::collections::BTreeMap;

/// A crate that is longer has a second one in it.
const CRATE_LINES_MAX: usize = 15_000;

/// Crates that are not divided yet. Empty is the aim: what is struck out never comes back.
const STILL_LARGE: &[&str] = &["hub", "office"];

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
        let is_in = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let crates = self.lines.iter_mut().filter(|(folder, _)| is_in(folder) && path.ends_with(".rs"));
        if let Some((_, lines)) = crates.max_by_key(|(folder, _)| folder.len()) {
            *lines += text.lines().count();
        }
    }

    /// Every crate that is too large, and every one that is listed as such and is not.
    pub fn faults(&self) -> Vec<String> {
        self.faults_but(STILL_LARGE)
    }

    fn faults_but(&self, still_large: &[&str]) -> Vec<String> {
        let listed = |folder: &str| still_large.contains(&folder);
        let fault = |(folder, lines): (&String, &usize)| match (*lines > CRATE_LINES_MAX, listed(folder)) {
            (true, false) => Some(format!("{folder}: {lines} lines; a crate has at most {CRATE_LINES_MAX}")),
            (false, true) => {
                Some(format!("{folder}: {lines} lines; strike it out of STILL_LARGE in xtask/src/tidy/sizes.rs"))
            }
            _ => None,
        };
        self.lines.iter().filter_map(fault).collect()
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
        sizes.count("hub/tests/pages.rs", "one\ntwo");
        sizes.count("hub/Cargo.toml", &long);
        sizes.count("hubbub/src/lib.rs", &long);
        assert_eq!(sizes.lines.values().copied().collect::<Vec<_>>(), [2, CRATE_LINES_MAX + 1, 0]);
        assert!(sizes.faults_but(&[])[0].starts_with("hub/store: 15001 lines"));
        assert!(sizes.faults_but(&["hub/store"]).is_empty());
        assert_eq!(sizes.faults_but(&["hub/store", "tests"]).len(), 1);
    }
}
