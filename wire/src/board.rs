//! What the waiting room sees: numbers and desks, never a name or a service.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use vocabulary::Words;

use crate::{desk::DeskLabel, kiosk::OfficeState};

/// The whole board; each message replaces the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardView {
    /// The office's name.
    pub office: Words,
    /// IANA name of the office's zone, e.g. `Europe/Athens`; every time on the board is shown in it.
    pub zone: String,
    /// Whether the office serves now.
    pub state: OfficeState,
    /// Every call of the last two minutes and the newest ones before, oldest first, recalls as calls of their own.
    pub calls: Vec<BoardCall>,
    /// Who is next, soonest first, as far as the plan reaches.
    pub upcoming: Vec<Upcoming>,
    /// Visits that wait, for the line "σε αναμονή".
    pub waiting: u32,
    /// Sentences for the room, e.g. a suspension.
    pub notices: Vec<Words>,
    /// What the office itself says to the hall just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hall_notice: Option<Words>,
}

/// One call, or one recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardCall {
    /// Rises with each call and recall of an office, and is never used again.
    pub id: u64,
    /// The ticket's number, e.g. `A042`; its letter is Latin.
    pub number: String,
    /// Where to go.
    pub desk: DeskLabel,
    /// When it was called.
    #[serde(with = "vocabulary::civil::instant")]
    pub at: DateTime<Utc>,
    /// Whether it repeats an earlier call of the same visit.
    pub recall: bool,
    /// The promised time, for a booked visit (FLD-40).
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub booked_for: Option<DateTime<Utc>>,
    /// Whether the call still stands: nobody has appeared yet, and it was not withdrawn.
    pub standing: bool,
}

/// A visit that will be called soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upcoming {
    /// The ticket's number.
    pub number: String,
    /// The promised time, for a booked visit.
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub booked_for: Option<DateTime<Utc>>,
}
