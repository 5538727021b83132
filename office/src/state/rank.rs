//! How somebody ranks among those who wait.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a visit ranks among those who wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Keeps a booked place: due from `max(start, arrival)` on, early before.
    Booked {
        /// The promised time.
        start: DateTime<Utc>,
    },
    /// One of the others.
    Filler {
        /// Which kind; the reason says so.
        kind: FillerKind,
    },
    /// After the last booking and before closing; in the gaps too where the office says so (TRN-05).
    EndOfDay,
    /// Has the next turn among the others: back in time after a no-show (FLD-04), or put first by a transfer with a reason (FLD-02).
    FirstInLine,
}

/// Which of "the others" a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FillerKind {
    /// Came without a booking.
    WalkIn,
    /// Came too late for the booked place, and the office lets them take part in the gaps (TRN-05).
    Late,
    /// Sent here by another desk (FLD-02).
    Transferred,
    /// Interrupted for a booked citizen (TRN-13).
    Interrupted,
    /// Came back too long after a no-show: at the end of the class (FLD-04).
    Returned,
}
