//! Somebody at a kiosk who wants a person to come, or a clerk in an emergency.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::{ClerkId, DeskId};

/// So long a ring is heard; whoever nobody came to by then was sent to the reception long before.
pub const HELP_RINGS_MINUTES: i64 = 15;

/// So many ring at once; an office has fewer kiosks.
pub const HELP_CALLS_MAX: usize = 20;

/// A ring for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpCall {
    /// What administrators call the kiosk.
    pub place: String,
    /// The moment at which somebody rang.
    pub since: DateTime<Utc>,
    /// The desk whose clerk is in an emergency (FLD-18); none for a kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
    /// Who goes there, once somebody has said so.
    pub clerk: Option<ClerkId>,
}

impl HelpCall {
    /// Whether it is still heard.
    #[must_use]
    pub fn rings(&self, now: DateTime<Utc>) -> bool {
        now - self.since < Duration::minutes(HELP_RINGS_MINUTES)
    }
}
