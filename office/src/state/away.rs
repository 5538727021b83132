//! What an office keeps for kiosks that go on without their hub: the numbers that are theirs, and what staff must look at.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{CancelledBy, KioskId, PublicId, TicketNumber, VisitId};

/// Numbers of one local day, under every letter of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NumberBlock {
    /// The day, in the office's zone.
    pub date: NaiveDate,
    /// The first number.
    pub first: u16,
    /// The last number.
    pub last: u16,
}

impl NumberBlock {
    /// Whether a number of this block's day lies in it.
    #[must_use]
    pub const fn has(&self, count: u16) -> bool {
        self.first <= count && count <= self.last
    }
}

/// Numbers that one kiosk alone may give, for as long as it does not give them back; else until their day is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberLease {
    /// Whose they are.
    pub kiosk: KioskId,
    /// The numbers.
    pub block: NumberBlock,
}

/// Something about an arrival that was handed in later, at which staff must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandInNote {
    /// The id on the ticket that the kiosk printed.
    pub public: PublicId,
    /// The number on it.
    pub number: TicketNumber,
    /// Which kiosk gave it.
    pub kiosk: KioskId,
    /// When the person came.
    pub arrived_at: DateTime<Utc>,
    /// The visit as which they wait, or were served; none where they have none of today.
    pub visit: Option<VisitId>,
    /// What does not fit.
    pub conflict: HandInConflict,
}

/// What had become otherwise while a kiosk was away from its hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandInConflict {
    /// The booking had been given up meanwhile.
    Cancelled {
        /// Who gave it up.
        by: CancelledBy,
    },
    /// The booking had become void meanwhile.
    Void,
    /// The booking had been noted as missed meanwhile.
    Missed,
    /// The booking had been moved to another day meanwhile.
    Moved,
    /// The same booking is here already, under another number.
    HereAlready {
        /// As which they are here.
        visit: VisitId,
    },
    /// The hub knows no such booking; only the code's own mark speaks for it.
    NotKnown,
    /// Staff had entered already that this number was served on paper.
    ServedOnPaper,
    /// The service is not offered any more.
    ServiceGone,
    /// The number was no number of this kiosk: the visit has another, and the paper in hand is wrong.
    Renumbered,
    /// The day of the arrival was over.
    DayOver,
}
