//! Who has a name, found without going through everybody. Names are kept as hashes with a key that is drawn at each start: how
//! long a look takes says nothing of how much of a name was right, and nobody can choose names that make it slow.

use std::collections::HashMap;

use secrets::{draw_token, token_hash};

/// The numbers of accounts by their names.
#[derive(Debug)]
pub(crate) struct NameIndex {
    key: String,
    numbers: HashMap<[u8; 32], u32>,
}

impl Default for NameIndex {
    fn default() -> Self {
        Self { key: draw_token(), numbers: HashMap::new() }
    }
}

impl NameIndex {
    /// These names.
    pub(crate) fn of<'a>(named: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut index = Self::default();
        named.into_iter().for_each(|(name, number)| index.put(name, number));
        index
    }

    fn hash(&self, name: &str) -> [u8; 32] {
        // A key has no blank in it.
        token_hash(&format!("{} {name}", self.key))
    }

    /// Somebody has a name from now on.
    pub(crate) fn put(&mut self, name: &str, number: u32) {
        let hash = self.hash(name);
        self.numbers.insert(hash, number);
    }

    /// Nobody has it any more.
    pub(crate) fn drop_name(&mut self, name: &str) {
        let hash = self.hash(name);
        self.numbers.remove(&hash);
    }

    /// The number of who has it.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(&self.hash(name)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_name_is_found_as_a_whole_and_each_index_has_a_key_of_its_own() {
        let mut index = NameIndex::of([("eleni", 3), ("maria", 8)]);
        assert_eq!((index.number("eleni"), index.number("maria"), index.number("elen")), (Some(3), Some(8), None));
        assert_eq!(index.number("Eleni"), None);
        assert_ne!(index.hash("eleni"), NameIndex::default().hash("eleni"));
        index.drop_name("eleni");
        index.put("maria", 9);
        assert_eq!((index.number("eleni"), index.number("maria")), (None, Some(9)));
    }
}
