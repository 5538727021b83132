//! The address to which nothing was delivered is right after all, e.g. its mailbox had been full: what came back goes there
//! again (FLD-33).

use serde::{Deserialize, Serialize};
use writer::Workbench;

use crate::{fault::Fault, find::BookingName, party::person_of, turn::Turn};

/// The booking whose address is right.
#[derive(Debug, Clone, Serialize)]
pub struct MailOrder {
    /// The booking whose mails go out again, by how it is known.
    pub booking: BookingName,
}

/// Whether mails go out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remailing {
    /// Somebody's mails had come back; asked twice, there is nothing to send.
    pub begins: bool,
}

/// Sends again what came back.
///
/// # Errors
/// A [`Fault`] where there is no such booking, it is nobody's any more, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: MailOrder) -> Result<Remailing, Fault> {
    let (asked, account) = (order.clone(), turn.account()?);
    let work = move |bench: &mut Workbench<'_>| {
        let booking = order.booking.find(bench.office())?;
        let (id, person) = (booking.id, person_of(booking)?);
        let flag = bench.stored(bench.store().undelivered(person, false))?;
        if flag.is_some() {
            bench.put_address_set_right(person);
            bench.write_rows();
            tracing::info!(account, booking = %id, "an address is said to be right");
        }
        Ok(Remailing { begins: flag.is_some() })
    };
    turn.take("mail-again", &asked, work).await
}
