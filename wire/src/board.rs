//! What the waiting room sees: numbers and desks, never a name or a service.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{OfficeState, Words};

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
    pub at: DateTime<Utc>,
    /// Whether it repeats an earlier call of the same visit.
    pub recall: bool,
    /// The promised time, for a booked visit (FLD-40).
    pub booked_for: Option<DateTime<Utc>>,
    /// Whether the call still stands: nobody has appeared yet, and it was not withdrawn.
    pub standing: bool,
}

/// A desk as the room knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskLabel {
    /// Its number.
    pub number: u16,
    /// What it is called, e.g. `Θυρίδα` / `Desk`.
    pub word: Words,
    /// Where it lies, seen from the board.
    pub arrow: Option<Arrow>,
}

/// A direction, seen from the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Arrow {
    /// ←
    Left,
    /// →
    Right,
    /// ↑
    Ahead,
    /// ↓
    Back,
}

/// A visit that will be called soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upcoming {
    /// The ticket's number.
    pub number: String,
    /// The promised time, for a booked visit.
    pub booked_for: Option<DateTime<Utc>>,
}
