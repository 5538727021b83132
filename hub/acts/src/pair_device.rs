//! A device asks to be let in: it shows a code, which an administrator types (PROM-11).

use access::{Access, Caller, DEVICE_NAME_CHARACTERS_MAX};
use people::is_unseen;
use wire::{PairingAnswer, PairingRequest, ProblemCode};

use crate::fault::Fault;

/// Begins a pairing.
///
/// # Errors
/// `malformed` for a name that nobody could read, `too-large` for one that is too long, `too-many-requests` where too many
/// ask or wait.
pub fn run(access: &Access, caller: &Caller, request: &PairingRequest) -> Result<PairingAnswer, Fault> {
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
    let request = PairingRequest { kind: request.kind, name: name.to_owned() };
    Ok(access.devices.begin(request, access.clock.now())?)
}
