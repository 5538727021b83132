//! A memory of bounded size: what is new takes the place of what was there first.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

/// So many values by key, the newest of all that there were.
#[derive(Debug)]
pub(crate) struct NewestEntries<K, V> {
    of: HashMap<K, V>,
    /// The keys, the oldest first; each once.
    order: VecDeque<K>,
    most: usize,
}

impl<K: Eq + Hash + Copy, V> NewestEntries<K, V> {
    /// An empty one, for so many.
    pub(crate) fn of(most: usize) -> Self {
        Self { of: HashMap::new(), order: VecDeque::new(), most }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.of.get(key)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.of.get_mut(key)
    }

    /// Puts a value in; past the bound the oldest is forgotten.
    pub(crate) fn put(&mut self, key: K, value: V) {
        if self.of.insert(key, value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > self.most {
            if let Some(oldest) = self.order.pop_front() {
                self.of.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten_and_nothing_grows() {
        let mut newest = NewestEntries::of(2);
        for key in [1, 2, 1, 3] {
            newest.put(key, key * 10);
        }
        assert_eq!([1, 2, 3].map(|key| newest.get(&key).copied()), [None, Some(20), Some(30)]);
        *newest.get_mut(&2).unwrap() = 7;
        assert_eq!((newest.get(&2), newest.order.len(), newest.of.len()), (Some(&7), 2, 2));
    }
}
