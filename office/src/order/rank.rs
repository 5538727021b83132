//! Who comes before whom: the claims of those whose time has come, and the order of the others.

use super::scene::{Micros, Numbers, Waiter, micros};
use crate::{FillerKind, Rank};

/// Where one of the others stands; less comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RankKey {
    tier: Tier,
    /// Arrival less the head start of a priority class.
    pub(crate) from: Micros,
    arrived: Micros,
    number: u64,
}

/// The next free turn comes before the next gap, and both before the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Back in time after a no-show, or put first by a transfer (FLD-04, FLD-02).
    NextTurn,
    /// Interrupted: comes first in the next gap (TRN-13).
    NextGap,
    /// In the row, by arrival.
    Row,
}

impl Waiter {
    /// The instant from which they rank among the due, if it has come: the booked time, or arrival if that was later; for
    /// anybody else the end of the longest wait.
    pub(crate) fn claim(&self, now: Micros) -> Option<Micros> {
        match self.rank {
            Rank::Booked { start } => (micros(start) <= now).then(|| micros(start).max(self.arrived)),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => (self.limit_at <= now).then_some(self.limit_at),
        }
    }

    /// The order of the due: by claim, then by arrival, then by number.
    pub(crate) fn claim_order(&self, now: Micros) -> Option<(Micros, Micros, u64)> {
        self.claim(now).map(|claim| (claim, self.arrived, self.id.0))
    }

    /// The order of the others; `None` for those who rank as booked.
    pub(crate) fn standing(&self, numbers: &Numbers) -> Option<RankKey> {
        let tier = match self.rank {
            Rank::Booked { .. } => return None,
            Rank::FirstInLine => Tier::NextTurn,
            Rank::Filler { kind: FillerKind::Interrupted } => Tier::NextGap,
            Rank::Filler {
                kind: FillerKind::WalkIn | FillerKind::Late | FillerKind::Transferred | FillerKind::Returned,
            }
            | Rank::EndOfDay => Tier::Row,
        };
        let head_start = if self.priority { numbers.head_start } else { 0 };
        let from = self.queued_from - head_start;
        Some(RankKey { tier, from, arrived: self.arrived, number: self.id.0 })
    }

    /// Booked, and here only when the time had come already.
    pub(crate) fn came_after_their_time(&self) -> bool {
        match self.rank {
            Rank::Booked { start } => micros(start) < self.arrived,
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => false,
        }
    }

    /// Late, or served at the end of the day (TRN-05).
    pub(crate) const fn came_late(&self) -> bool {
        matches!(self.rank, Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late })
    }

    /// Whether the next turn is kept for them (TRN-06).
    pub(crate) const fn gap_is_kept(&self, numbers: &Numbers) -> bool {
        numbers.overtaken_max > 0 && self.overtaken >= numbers.overtaken_max
    }

    /// Which kind of the others they are, as the reason names it.
    pub(crate) const fn kind(&self) -> FillerKind {
        match self.rank {
            Rank::Filler { kind } => kind,
            Rank::EndOfDay => FillerKind::Late,
            Rank::FirstInLine | Rank::Booked { .. } => {
                if self.came_booked {
                    FillerKind::Returned
                } else {
                    FillerKind::WalkIn
                }
            }
        }
    }
}

impl RankKey {
    pub(crate) fn in_row(&self) -> bool {
        self.tier == Tier::Row
    }

    /// The same order with those of a priority class behind the ordinary visitors of the row, for a desk that has
    /// called as many of them in a row as it may.
    pub(crate) fn with_priority_last(self, priority: bool) -> (Tier, bool, Self) {
        (self.tier, self.in_row() && priority, self)
    }
}
