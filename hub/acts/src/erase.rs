//! Everything that is kept of a person is taken out, on their own wish or by the administrator for them (FLD-23).

use std::path::Path;

use office::{BookingLife, CancelledBy, PersonId};
use store::Actor;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    cancel::{self, Cancellation},
    fault::Fault,
    find::{BookingName, booking_of_person, is_address_in_use},
    ledger::Ledger,
    turn::Turn,
};

/// What was taken out with a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// Their booking still stood, and was given up first.
    pub cancelled: bool,
    /// No other booking stood on their address, and it was forgotten too.
    pub address: bool,
}

/// Gives up the booking of a person if it still stands, and only then takes out everything that is kept of them. Somebody
/// who was erased before is erased once more without harm.
///
/// # Errors
/// `not-found` for somebody who was never here, `change-too-late` while the person is in the house, or that the booking
/// could not be given up: then nothing is taken out.
pub async fn run(
    ledger: &Ledger,
    offices: &Offices,
    uploads: &Path,
    actor: Actor,
    person: PersonId,
) -> Result<Erasure, Fault> {
    if !ledger.readers.read(move |store| store.knows_person(person)).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let cancelled = give_up(ledger, offices, actor, person).await?;
    let email = ledger.readers.read(move |store| store.record(person)).await?.and_then(|record| record.email);
    let address = match email {
        Some(email) => ledger.readers.read(move |store| store.address_id(&email)).await?,
        None => None,
    };
    // A time that is kept for the address is confirmed with it.
    let address = address.filter(|address| !is_address_in_use(offices, *address));
    let now = ledger.clock.now();
    let erased = ledger.writer.change(move |store| {
        let forgotten = store.erase_person(person, now)?;
        let address = address.map(|address| store.forget_address(address)).transpose()?;
        Ok((forgotten, address.unwrap_or_default()))
    });
    let (forgotten, address) = erased.await?;
    uploads::remove(uploads, &forgotten.files).await;
    tracing::info!(%actor, person = %person.0, "a person's data was erased");
    Ok(Erasure { cancelled, address })
}

/// Gives up the booking of a person if it still stands; past the closing time for changes the wish to be forgotten still
/// counts, so this is done as staff do it.
async fn give_up(ledger: &Ledger, offices: &Offices, actor: Actor, person: PersonId) -> Result<bool, Fault> {
    let Some((handle, booking)) = booking_of_person(offices, person) else { return Ok(false) };
    match booking.life {
        BookingLife::Confirmed { .. } => {
            let turn = Turn { writer: &ledger.writer, office: &handle, actor, id: None };
            let booking = BookingName::Number(booking.id);
            cancel::run(turn, Cancellation { booking, by: CancelledBy::Staff }).await.map(|_| true)
        }
        // The desk has them on its card today.
        BookingLife::Arrived { .. } => {
            let words = Some(text::words("refusal-person-here", &[]));
            Err(Fault { words, ..ProblemCode::ChangeTooLate.into() })
        }
        BookingLife::Held { .. }
        | BookingLife::Fixed { .. }
        | BookingLife::Expired { .. }
        | BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Missed { .. } => Ok(false),
    }
}
