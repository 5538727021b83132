//! Whether the disk takes what is written: known from the first commit that fails until something is on it again, so that staff
//! are told before somebody at a desk wonders why nothing goes on; and whether it takes it in time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

/// A sound disk takes a commit in a few thousandths of a second, a busy one in some hundredths.
const SLOW: Duration = Duration::from_millis(250);
/// One commit may meet a disk that is busy with something else; so many in a row meet one that is slow.
const SLOW_IN_A_ROW: u8 = 3;
/// And after so many quick ones in a row it is well again.
const QUICK_IN_A_ROW: u8 = 5;

/// What is the matter with the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskTrouble {
    /// There is no room.
    Full,
    /// It refuses, or breaks.
    Failing,
    /// It takes everything, and too long for it.
    Slow,
}

/// How the newest commit went that had something for the disk; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct DiskHealth(Arc<AtomicU8>);

impl DiskHealth {
    /// What keeps the hub from writing, or lets it wait, if anything does.
    #[must_use]
    pub fn trouble(&self) -> Option<DiskTrouble> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(DiskTrouble::Full),
            2 => Some(DiskTrouble::Failing),
            3 => Some(DiskTrouble::Slow),
            _ => None,
        }
    }

    /// A commit succeeded, or failed so.
    pub(crate) fn note(&self, trouble: Option<DiskTrouble>) {
        let word = match trouble {
            None => 0,
            Some(DiskTrouble::Full) => 1,
            Some(DiskTrouble::Failing) => 2,
            Some(DiskTrouble::Slow) => 3,
        };
        self.0.store(word, Ordering::Relaxed);
    }
}

/// How quickly the disk takes commits: told by the commits themselves, so that nothing has to look at it between them.
#[derive(Debug, Default)]
pub(crate) struct CommitPace {
    is_slow: bool,
    /// So many of the newest commits went otherwise than that.
    otherwise: u8,
}

impl CommitPace {
    /// A commit took so long; what is the matter with the disk now.
    pub(crate) fn after(&mut self, took: Duration) -> Option<DiskTrouble> {
        self.otherwise = if (took >= SLOW) == self.is_slow { 0 } else { self.otherwise + 1 };
        let enough = if self.is_slow { QUICK_IN_A_ROW } else { SLOW_IN_A_ROW };
        if self.otherwise == enough {
            (self.is_slow, self.otherwise) = (!self.is_slow, 0);
        }
        self.is_slow.then_some(DiskTrouble::Slow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_trouble_lasts_until_something_is_written() {
        let disk = DiskHealth::default();
        assert_eq!(disk.trouble(), None);
        for trouble in [DiskTrouble::Full, DiskTrouble::Failing, DiskTrouble::Slow] {
            disk.clone().note(Some(trouble));
            assert_eq!(disk.trouble(), Some(trouble));
        }
        disk.note(None);
        assert_eq!(disk.trouble(), None);
    }

    #[test]
    fn new_08_some_slow_commits_in_a_row_are_a_slow_disk_until_some_are_quick() {
        let (mut pace, quick) = (CommitPace::default(), SLOW / 2);
        // One now and then is none.
        for _ in 0..3 {
            for took in [SLOW, SLOW, quick] {
                assert_eq!(pace.after(took), None);
            }
        }
        assert_eq!(
            [SLOW; 4].map(|took| pace.after(took)),
            [None, None, Some(DiskTrouble::Slow), Some(DiskTrouble::Slow)]
        );
        // Nor does a quick one now and then mend it.
        for _ in 0..3 {
            for took in [quick, quick, quick, quick, SLOW] {
                assert_eq!(pace.after(took), Some(DiskTrouble::Slow));
            }
        }
        let mended = [quick; 5].map(|took| pace.after(took).is_none());
        assert_eq!(mended, [false, false, false, false, true]);
    }
}
