//! A device asks to be let in: it shows a code, which an administrator types, and three words, which they compare (PROM-11).

use std::net::IpAddr;

use access::{Access, Caller, DEVICE_NAME_CHARACTERS_MAX, Network};
use people::is_unseen;
use wire::{PairingAnswer, PairingRequest, ProblemCode};

use crate::fault::Fault;

/// Begins a pairing.
///
/// # Errors
/// `malformed` for a name that nobody could read, `too-large` for one that is too long, `too-many-requests` where too many
/// ask or wait.
pub fn run(
    access: &Access,
    (caller, from): (&Caller, IpAddr),
    request: &PairingRequest,
) -> Result<PairingAnswer, Fault> {
    let name = request.name.trim();
    if name.is_empty() || name.chars().any(is_unseen) {
        return Err(Fault::malformed("name".to_owned()));
    }
    if name.chars().count() > DEVICE_NAME_CHARACTERS_MAX {
        return Err(ProblemCode::TooLarge.into());
    }
    if let Caller::Anybody(address) = caller
        && !access.limits.pairing_may(*address)
    {
        return Err(ProblemCode::TooManyRequests.into());
    }
    let request = PairingRequest { name: name.to_owned(), ..request.clone() };
    Ok(access.pairings.begin(request, Network::of(from), access.clock.now())?)
}
