//! Somebody at a kiosk rings for help, and a member of staff goes there (NEW-05).

use office::{ClerkId, Command, PublicId};
use serde::Serialize;
use uuid::Uuid;
use writer::Workbench;

use crate::{
    fault::Fault,
    receipt::Receipt,
    turn::{Turn, decide},
};

/// Longest name of a kiosk in a ring; what is longer is cut.
const PLACE_CHARACTERS_MAX: usize = 60;

/// What is asked about a ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum HelpOrder {
    /// Somebody rings at the kiosk that is called so.
    Ring {
        /// Drawn by the kiosk.
        ring: Uuid,
        /// What administrators call it.
        place: String,
    },
    /// The member of staff who asks goes there.
    Accept {
        /// The ring that is answered.
        ring: Uuid,
    },
    /// Nobody is needed there any more.
    End {
        /// The ring that is over.
        ring: Uuid,
    },
}

/// Does it.
///
/// # Errors
/// A [`Fault`] where nobody rings any more, too many ring at once, or the hub cannot write; `not-allowed` where no member of
/// staff accepts.
pub async fn run(turn: Turn<'_>, order: HelpOrder) -> Result<Receipt, Fault> {
    let clerk = turn.account().map(ClerkId);
    let command = match order.clone() {
        HelpOrder::Ring { ring, place } => {
            let place = place.chars().take(PLACE_CHARACTERS_MAX).collect();
            Command::RingForHelp { ring: PublicId(ring), place }
        }
        HelpOrder::Accept { ring } => Command::AcceptHelp { ring: PublicId(ring), clerk: clerk? },
        HelpOrder::End { ring } => Command::EndHelp { ring: PublicId(ring) },
    };
    let work = move |bench: &mut Workbench<'_>| Ok(Receipt { event: decide(bench, &command)?.seq });
    turn.take("help", &order, work).await
}
