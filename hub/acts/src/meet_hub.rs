//! A device says that another hub answered at this one's address, and an administrator takes note of it (PROM-11).

use access::{Access, Caller, Session};
use uuid::Uuid;
use wire::{HubEncounter, ProblemCode};
use writer::Offices;

use crate::fault::Fault;

/// Notes what the device that asks has met; whoever follows its office is told.
///
/// # Errors
/// `malformed` for a time that ends before it begins; `not-allowed` or `not-signed-in` for anybody but a device.
pub fn note(access: &Access, offices: &Offices, caller: &Caller, met: HubEncounter) -> Result<(), Fault> {
    let device = match caller {
        Caller::Device(device) => device,
        Caller::Staff(_) => return Err(ProblemCode::NotAllowed.into()),
        Caller::Anybody(_) => return Err(ProblemCode::NotSignedIn.into()),
    };
    if met.until < met.since {
        return Err(Fault::malformed("until".to_owned()));
    }
    tracing::warn!(device = %device.id, since = %met.since, until = %met.until, "a device met another hub at this address");
    access.devices.note_encounter(device.id, met);
    touch(offices, device.office);
    Ok(())
}

/// An administrator has taken note.
///
/// # Errors
/// `not-found`, also for a device of an office that is not theirs, or `not-allowed` for who is no administrator.
pub fn dismiss(access: &Access, offices: &Offices, admin: &Session, device: Uuid) -> Result<(), Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let device = access.devices.with_id(admin.scope(), device).ok_or(ProblemCode::NotFound)?;
    if access.devices.dismiss_encounter(device.id) {
        touch(offices, device.office);
    }
    Ok(())
}

fn touch(offices: &Offices, row: u32) {
    if let Some(office) = offices.iter().find(|office| office.row == row) {
        office.touch();
    }
}
