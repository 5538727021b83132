//! What a kiosk keeps in its own journal.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{HandIn, NumberRange, ProblemCode};

/// Something that a kiosk has done or was given; its own state is the fold of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandInRecord {
    /// It may give these numbers.
    Leased(NumberRange),
    /// It gives none of them any more, and is about to say so.
    Dropped(NumberRange),
    /// The hub has taken them back.
    Returned(NumberRange),
    /// Somebody came, and has a number of these.
    Came {
        /// The block from which the number is.
        range: NumberRange,
        /// What is handed in.
        arrival: HandIn,
    },
    /// The hub has it.
    HandedIn(Uuid),
    /// The hub takes it under no circumstances; it stays here for whoever looks.
    SetAside {
        /// The id on the ticket.
        visit: Uuid,
        /// Why, as the hub names it.
        because: ProblemCode,
    },
}
