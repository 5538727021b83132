//! Why somebody was next, or nobody (NEW-01): data that pages turn into words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{FillerKind, NoteId, TicketNumber, VisitId};

/// Why a visit was called; kept in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Booked, here, and the time has come.
    BookedAndDue {
        /// The promised time.
        booked_for: DateTime<Utc>,
        /// When they came.
        arrived_at: DateTime<Utc>,
    },
    /// Has waited past the hard limit, and ranks as if booked for arrival plus the limit.
    WaitedPastLimit {
        /// Since when.
        arrived_at: DateTime<Utc>,
        /// So long may somebody wait before that counts, in minutes.
        limit_minutes: u16,
    },
    /// First of the others who fits; no booked citizen starts later for it. Of journals of before the futures (version 0).
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
    /// Overtaken so often that the next turn was kept (TRN-06).
    GapKept {
        /// How often.
        overtaken: u8,
    },
    /// Has the next free turn, after a return in time or a transfer to the front.
    FirstInLine,
    /// Booked, here before the time, and nobody else was in question.
    BookedEarly {
        /// The promised time.
        booked_for: DateTime<Utc>,
    },
    /// A booked citizen may be delayed by so much. Of journals of before the futures (version 0).
    WithinBound {
        /// By what right they were there to fill it.
        kind: FillerKind,
        /// By how many seconds somebody may be delayed.
        delay_seconds: u32,
        /// Whose booked time.
        booked_for: DateTime<Utc>,
    },
    /// The first of those who wait without a booked time, and nobody else was in question.
    InTurn {
        /// By what right they were there.
        kind: FillerKind,
        /// Whether a priority class's head start mattered. Staff see it; citizens never do.
        priority: bool,
    },
    /// Of several who could have been called, the one with whom by experience the fewest appointments wait over three
    /// minutes, and everybody else waits least.
    Weighed {
        /// By what right they were in question.
        right: CallRight,
        /// Against whom, and with what chances.
        weighing: Weighing,
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

/// By what right somebody was among those between whom it was weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallRight {
    /// Booked, here, and the time has come.
    Due {
        /// The promised time.
        booked_for: DateTime<Utc>,
        /// When they came.
        arrived_at: DateTime<Utc>,
    },
    /// Booked, and here before the time.
    Early {
        /// The promised time.
        booked_for: DateTime<Utc>,
    },
    /// In the row of those who wait without a booked time.
    InTurn {
        /// Which of them they are.
        kind: FillerKind,
        /// Whether a priority class's head start mattered. Staff see it; citizens never do.
        priority: bool,
    },
}

/// What was weighed: the one who is called against the best of the others in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighing {
    /// Over so many drawn futures.
    pub futures: u16,
    /// How long the one who is called needs by plan.
    pub needs_minutes: u16,
    /// Who else could have been called,
    pub other: VisitId,
    /// and what stands on their ticket.
    pub other_number: TicketNumber,
    /// How long they need by plan.
    pub other_needs_minutes: u16,
    /// The appointment for which it makes the greatest difference, if it makes any for one.
    pub at_stake: Option<WaitAtStake>,
}

/// An appointment that waits over three minutes more often with one answer than with the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitAtStake {
    /// The promised time.
    pub booked_for: DateTime<Utc>,
    /// So often in a hundred, as it was chosen.
    pub late_percent: u8,
    /// So often in a hundred, had the other been called.
    pub otherwise_percent: u8,
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

/// Why nobody is next at a desk, and when somebody will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nobody {
    /// Nobody waits.
    #[error("nobody waits")]
    NoneWaiting,
    /// Those who wait came for services of other desks.
    #[error("nobody waits for this desk's services")]
    NoneForThisDesk,
    /// Whoever waits is served after the last booking.
    #[error("after the bookings")]
    AfterBookings {
        /// Who is first.
        visit: VisitId,
        /// The last booked time that this desk may have to keep.
        last_booked_for: DateTime<Utc>,
    },
    /// Only booked citizens wait who do not want to be called before their time.
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
