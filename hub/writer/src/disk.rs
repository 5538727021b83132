//! Whether the disk takes what is written: known from the first commit that fails until something is on it again, so that staff
//! are told before somebody at a desk wonders why nothing goes on.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

/// Why nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskTrouble {
    /// There is no room.
    Full,
    /// It refuses, or breaks.
    Failing,
}

/// How the newest commit went that had something for the disk; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct DiskHealth(Arc<AtomicU8>);

impl DiskHealth {
    /// What keeps the hub from writing, if anything does.
    #[must_use]
    pub fn trouble(&self) -> Option<DiskTrouble> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(DiskTrouble::Full),
            2 => Some(DiskTrouble::Failing),
            _ => None,
        }
    }

    /// A commit succeeded, or failed so.
    pub(crate) fn note(&self, trouble: Option<DiskTrouble>) {
        let word = match trouble {
            None => 0,
            Some(DiskTrouble::Full) => 1,
            Some(DiskTrouble::Failing) => 2,
        };
        self.0.store(word, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_trouble_lasts_until_something_is_written() {
        let disk = DiskHealth::default();
        assert_eq!(disk.trouble(), None);
        for trouble in [DiskTrouble::Full, DiskTrouble::Failing] {
            disk.clone().note(Some(trouble));
            assert_eq!(disk.trouble(), Some(trouble));
        }
        disk.note(None);
        assert_eq!(disk.trouble(), None);
    }
}
