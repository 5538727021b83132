//! Somebody does not agree to what is done with their data: the time is given back, and nothing is kept of them (OMB-11).

use office::{AddressId, BookingId};
use serde::Serialize;
use writer::{Offices, Workbench};

use crate::{fault::Fault, find::is_address_in_use, hold::is_held_by, release_hold::give_back, turn::Turn};

/// A kept time whose person does not agree.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct HoldRefusal {
    /// The kept time.
    pub booking: BookingId,
    /// Whose address is forgotten.
    pub address: AddressId,
}

/// Gives the time back if it is still kept, and forgets the address, unless another booking stands on it.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, offices: &Offices, refusal: HoldRefusal) -> Result<(), Fault> {
    let HoldRefusal { booking, address } = refusal;
    let (writer, row) = (turn.writer, turn.office.row);
    let work = move |bench: &mut Workbench<'_>| {
        if is_held_by(bench, booking, address) { give_back(bench, row, booking) } else { Ok(()) }
    };
    turn.take("refuse-hold", &refusal, work).await?;
    if !is_address_in_use(offices, address) {
        writer.change(move |store| store.forget_address(address)).await?;
    }
    Ok(())
}
