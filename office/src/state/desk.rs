//! What a desk does now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::step::LastStep;
use crate::{ClerkId, VisitId};

/// What a desk does now; a desk that is not in the office's table is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDesk {
    /// Who serves.
    pub clerk: ClerkId,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// End of the clerk's hours, as stated at opening or from the configuration (TRN-14).
    pub until: Option<DateTime<Utc>>,
    /// Open, or on a break.
    pub state: DeskState,
    /// The visit that it holds, called or being served.
    pub holds: Option<VisitId>,
    /// When it last acted: an idle desk that does not act does not count in the plan.
    pub acted_at: DateTime<Utc>,
    /// Calls by itself when somebody comes (FLD-07).
    pub ready: bool,
    /// Priority visits called in a row.
    pub priority_in_a_row: u8,
    /// Since when that clerk has served there. A snapshot of before this was kept is left aside.
    pub clerk_since: DateTime<Utc>,
    /// What its clerk did last there, if that is something that can be undone for a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastStep>,
}

/// Open, or on a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskState {
    /// It serves, or waits for somebody.
    Open,
    /// Does not serve for a while (FLD-09); it counts in the plan only with a stated end.
    Break {
        /// What the break is for.
        because: BreakReason,
        /// The moment at which it began.
        since: DateTime<Utc>,
        /// Its stated end.
        until: Option<DateTime<Utc>>,
    },
}

/// Why a desk is on a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreakReason {
    /// The clerk rests.
    Rest,
    /// Work away from the public.
    BackOffice,
    /// The machine or a registry is down.
    Technical,
}
