//! Somebody opened the link that was sent to their address, and pressed its button (OMB-04, OMB-05).

use office::AddressId;
use secrets::Start;
use serde::{Deserialize, Serialize};
use store::Actor;
use wire::ProblemCode;
use writer::{Offices, Workbench, Writer};

use crate::{fault::Fault, turn::Turn};

/// An address that is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressProof {
    /// What limits and journal call it.
    pub address: AddressId,
}

/// Proves an address; the link is good once.
///
/// # Errors
/// `command-reused` if the link was used before, `booking-expired` if it is good no longer, or that the hub cannot write.
pub async fn run(writer: &Writer, offices: &Offices, start: &Start) -> Result<AddressProof, Fault> {
    let office = offices.going().next().ok_or(ProblemCode::Unavailable)?;
    let (address, until) = (start.address, start.expires_at);
    let turn = Turn { writer, office, actor: Actor::Citizen, id: Some(start.id) };
    let work = move |bench: &mut Workbench<'_>| {
        let now = bench.now();
        if until <= now {
            return Err(ProblemCode::BookingExpired.into());
        }
        bench.stored(bench.store().prove_address(address, now))?;
        Ok(AddressProof { address })
    };
    turn.take_once("prove-address", work).await
}
