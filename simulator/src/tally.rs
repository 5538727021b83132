//! How often each thing occurred.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::names;

/// How often each command, event, reason and refusal occurred.
#[derive(Debug, Clone, Default)]
pub struct Tally(BTreeMap<(&'static str, &'static str), u64>);

/// Every kind of thing that is counted, and all its names.
const KINDS: [(&str, &[&str]); 8] = [
    ("command", names::COMMANDS),
    ("house event", names::HOUSE_EVENTS),
    ("booking event", names::BOOKING_EVENTS),
    ("visit event", names::VISIT_EVENTS),
    ("desk event", names::DESK_EVENTS),
    ("reason", names::REASONS),
    ("nobody", names::NOBODIES),
    ("refusal", names::REFUSALS),
];

impl Tally {
    /// One more.
    pub fn count(&mut self, kind: &'static str, name: &'static str) {
        *self.0.entry((kind, name)).or_default() += 1;
    }

    /// Adds what another has counted.
    pub fn add(&mut self, other: &Self) {
        for (key, count) in &other.0 {
            *self.0.entry(*key).or_default() += count;
        }
    }

    /// What never occurred.
    #[must_use]
    pub fn never(&self) -> Vec<String> {
        let all = KINDS.into_iter().flat_map(|(kind, names)| names.iter().map(move |name| (kind, *name)));
        let all = all.filter(|(_, name)| !names::OF_OLD_JOURNALS.contains(name));
        all.filter(|key| !self.0.contains_key(key)).map(|(kind, name)| format!("{kind} {name}")).collect()
    }

    /// All counts, a line for each kind of thing.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        for (kind, names) in KINDS {
            let counts = names.iter().map(|name| format!("{name} {}", self.0.get(&(kind, *name)).unwrap_or(&0)));
            let _ = writeln!(text, "{kind}: {}\n", counts.collect::<Vec<_>>().join(" · "));
        }
        text
    }
}
