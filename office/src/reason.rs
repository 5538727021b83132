//! Why somebody was next, or nobody (NEW-01): data that pages turn into words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{DeskId, FillerKind, NoteId, VisitId};

/// Why a visit was called; kept in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Step 1: booked, here, and the time has come.
    BookedAndDue {
        /// The promised time.
        booked_for: DateTime<Utc>,
        /// When they came.
        arrived_at: DateTime<Utc>,
    },
    /// Step 1: has waited past the hard limit, and ranks as if booked for arrival plus the limit.
    WaitedPastLimit {
        /// Since when.
        arrived_at: DateTime<Utc>,
        /// So long may somebody wait before that counts, in minutes.
        limit_minutes: u16,
    },
    /// Step 2: first of the others who fits; no booked citizen starts later for it.
    FitsGap {
        /// By what right they were there to fill it.
        kind: FillerKind,
        /// Whether a priority class's head start mattered. Staff see it; citizens never do.
        priority: bool,
        /// Minutes free before that booking, where one is near.
        free_minutes: Option<u16>,
        /// The next booked time that this desk has to keep.
        before: Option<DateTime<Utc>>,
    },
    /// Step 2: overtaken so often that the next gap was kept (TRN-06).
    GapKept {
        /// How often.
        overtaken: u8,
    },
    /// Step 2: has the next free turn, after a return in time or a transfer to the front.
    FirstInLine,
    /// Step 3: booked and early, and it fits.
    BookedEarly {
        /// The promised time.
        booked_for: DateTime<Utc>,
    },
    /// Step 4: a booked citizen may be delayed by so much, within the office's published bound.
    WithinBound {
        /// By what right they were there to fill it.
        kind: FillerKind,
        /// By how many seconds somebody may be delayed.
        delay_seconds: u32,
        /// Whose booked time.
        booked_for: DateTime<Utc>,
    },
    /// After the last booking (TRN-05).
    EndOfDay,
    /// The clerk chose, out of order (TRN-04, FLD-06).
    OutOfOrder {
        /// The clerk's reason, of the office's list.
        because: OverrideReason,
        /// In the clerk's own words, in the hub's `note` table.
        note: Option<NoteId>,
    },
    /// Parked by this desk, and called again (FLD-03).
    ParkedHere,
    /// Came to the desk directly (FLD-07).
    Direct,
    /// A telephone or teleconference booking whose time has come (OMB-20).
    RemoteDue {
        /// The promised time.
        booked_for: DateTime<Utc>,
    },
}

/// Why a clerk goes out of order (FLD-06); a permission and a record go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverrideReason {
    /// They only have a short question, or a paper to hand in.
    ShortMatter,
    /// They came back with what was missing (TRN-09).
    BroughtDocuments,
    /// Their condition asks for it.
    Urgent,
    /// A mistake is put right.
    Mistake,
    /// The proposal's note says that another desk or time is better (FLD-05).
    NoteOfProposal,
    /// Another reason, in the note.
    Other,
}

/// Step 5: why nobody is next at a desk, and when somebody will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nobody {
    /// Nobody waits.
    #[error("nobody waits")]
    NoneWaiting,
    /// Those who wait came for services of other desks.
    #[error("nobody waits for this desk's services")]
    NoneForThisDesk,
    /// Somebody is due, but only another idle desk serves everybody if this one leaves them to it.
    #[error("left to desk {desk}")]
    LeftToDesk {
        /// The visit that is due.
        visit: VisitId,
        /// To which.
        desk: DeskId,
    },
    /// The first of the others does not fit before a booked citizen.
    #[error("no gap")]
    NoGap {
        /// Who is first.
        visit: VisitId,
        /// How long they need.
        needs_minutes: u16,
        /// The booked time in the way.
        booked_for: DateTime<Utc>,
        /// When somebody will fit, as far as the plan knows.
        fits_at: Option<DateTime<Utc>>,
    },
    /// Only booked citizens who have come early wait.
    #[error("too early")]
    TooEarly {
        /// Who is first.
        visit: VisitId,
        /// From when they may be called.
        callable_at: DateTime<Utc>,
    },
    /// Not enough time is left before the end of the clerk's hours (TRN-14).
    #[error("closing")]
    Closing {
        /// Who is first.
        visit: VisitId,
        /// The last moment at which serving must end.
        ends_at: DateTime<Utc>,
    },
}
