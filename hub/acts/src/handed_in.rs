//! Staff look at what did not fit of that which a kiosk handed in: they settle it, or find the booking that the hub had not
//! known (PROM-07).

use office::{Command, PublicId};
use serde::Serialize;
use uuid::Uuid;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::{booking_of, visit_behind},
    receipt::Receipt,
    turn::{Turn, decide},
};

/// What staff do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum HandedInOrder {
    /// It is looked at.
    Settle,
    /// They have this booking, of which the hub had not known that it was theirs.
    FindBooking {
        /// What names it.
        reference: String,
    },
}

/// Does it, about the ticket with this id.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, ticket: Uuid, order: HandedInOrder) -> Result<Receipt, Fault> {
    turn.account()?;
    let asked = (ticket, order.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let command = match order {
            HandedInOrder::Settle => Command::SettleConflict { public: PublicId(ticket) },
            HandedInOrder::FindBooking { reference } => {
                let reference: String = reference.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
                let booking = booking_of(bench.office(), &reference)?.id;
                Command::FindBooking { visit: visit_behind(bench.office(), ticket)?.id, booking }
            }
        };
        let decided = decide(bench, &command)?;
        Ok(Receipt { event: decided.seq })
    };
    turn.take("handed-in", &asked, work).await
}
