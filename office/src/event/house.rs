//! What happens to the office itself.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    BookingId, ClerkId, DeskId, HandInNote, KioskId, NumberBlock, OfficeConfig, PublicId, Rule, Suspension,
    SuspensionScope, VisitId,
};

/// What happened to the office itself: its configuration, its suspensions, its day, its rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HouseEvent {
    /// The office is set up so from now on.
    Configured(Box<OfficeConfig>),
    /// Something was suspended.
    Suspended(Suspension),
    /// A suspension ended.
    Resumed {
        /// What is no longer suspended.
        scope: SuspensionScope,
    },
    /// Somebody at a kiosk wants a person to come.
    HelpRung {
        /// Drawn by the kiosk.
        ring: PublicId,
        /// What administrators call the kiosk.
        place: String,
        /// The desk whose clerk is in an emergency (FLD-18); none for a kiosk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        desk: Option<DeskId>,
    },
    /// A member of staff goes there.
    HelpAccepted {
        /// The ring that is answered.
        ring: PublicId,
        /// Who goes.
        clerk: ClerkId,
    },
    /// Nobody is needed there any more.
    HelpEnded {
        /// The ring that is over.
        ring: PublicId,
    },
    /// The hub was away.
    OutageNoted {
        /// From; to the time of this event.
        from: DateTime<Utc>,
    },
    /// A local business day began: numbers start at 1.
    DayOpened {
        /// The day that began.
        date: NaiveDate,
    },
    /// A local business day ended: open desks were closed, open visits ended as not served; what is over leaves the
    /// office's memory (FLD-35).
    DayClosed {
        /// The day that ended.
        date: NaiveDate,
    },
    /// A rule was broken, and tolerated: a warning (TRN-12).
    Tolerated {
        /// The rule that was broken.
        rule: Rule,
        /// By whose booking.
        booking: Option<BookingId>,
        /// By which visit.
        visit: Option<VisitId>,
    },
    /// A kiosk may give these numbers while the hub is away, and nobody else may.
    NumbersLeased {
        /// Whose they are.
        kiosk: KioskId,
        /// The numbers.
        block: NumberBlock,
    },
    /// A kiosk gave back what it had not used of its numbers, and gives none of them any more.
    NumbersReturned {
        /// Whose they were.
        kiosk: KioskId,
        /// The numbers.
        block: NumberBlock,
    },
    /// What a kiosk handed in does not fit to what had happened meanwhile: staff look at it.
    ConflictNoted(HandInNote),
    /// Staff have looked at it.
    ConflictSettled {
        /// The id on the ticket that the kiosk printed.
        public: PublicId,
    },
}
