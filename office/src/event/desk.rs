//! What happens to desks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{BreakReason, ClerkId, DeskId};

/// What happened to a desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskEvent {
    /// Serving began at a desk.
    DeskOpened {
        /// The desk that opened.
        desk: DeskId,
        /// Who serves.
        clerk: ClerkId,
        /// End of the clerk's hours.
        until: Option<DateTime<Utc>>,
    },
    /// Another clerk took an open desk over.
    DeskHandedOver {
        /// The desk that stayed open.
        desk: DeskId,
        /// Who serves from now on.
        clerk: ClerkId,
        /// End of that clerk's hours.
        until: Option<DateTime<Utc>>,
    },
    /// A break began.
    BreakStarted {
        /// At which desk.
        desk: DeskId,
        /// What the break is for.
        because: BreakReason,
        /// Its stated end.
        until: Option<DateTime<Utc>>,
    },
    /// The clerk is back at a desk.
    BreakEnded {
        /// At which desk.
        desk: DeskId,
    },
    /// A break was a mistake: there was none.
    BreakUndone {
        /// At which desk.
        desk: DeskId,
    },
    /// Serving ended at a desk.
    DeskClosed {
        /// The desk that closed.
        desk: DeskId,
    },
    /// A desk calls by itself, or no longer.
    ReadySet {
        /// The desk whose clerk has set it.
        desk: DeskId,
        /// On or off.
        ready: bool,
    },
}
