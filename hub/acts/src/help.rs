//! Somebody at a kiosk rings for help (NEW-05), or a clerk in an emergency (FLD-18), and a member of staff goes there.

use office::{ClerkId, Command, DeskId, PublicId};
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
    /// A clerk at a desk needs a colleague at once (FLD-18).
    Emergency {
        /// Drawn with the form.
        ring: Uuid,
        /// Where the clerk sits.
        desk: DeskId,
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
            Command::RingForHelp { ring: PublicId(ring), place, desk: None }
        }
        // Who rings is a member of staff; the desk's number says where.
        HelpOrder::Emergency { ring, desk } => {
            clerk?;
            Command::RingForHelp { ring: PublicId(ring), place: desk.to_string(), desk: Some(desk) }
        }
        HelpOrder::Accept { ring } => Command::AcceptHelp { ring: PublicId(ring), clerk: clerk? },
        HelpOrder::End { ring } => Command::EndHelp { ring: PublicId(ring) },
    };
    let work = move |bench: &mut Workbench<'_>| Ok(Receipt { event: decide(bench, &command)?.seq });
    turn.take("help", &order, work).await
}
