//! What one booking needs of the desks of a day, and what is answered to it.

use super::roster::RosterDesks;

/// A booking as far as slots care: from and to in unix seconds, and the desks that can take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Demand {
    pub from: i64,
    pub to: i64,
    pub desks: RosterDesks,
}

impl Demand {
    pub const fn meets(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// Whether one time can be had; where not, which others cannot either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeAnswer {
    Free,
    /// And so is every time of the same desks (or fewer) that starts from here on and before `until`.
    Taken {
        until: i64,
        desks: RosterDesks,
    },
}
