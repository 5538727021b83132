//! A board says that it has shown a call, and whether it said it, so that the clerk knows whether to call aloud (FLD-31).

use access::{Access, Caller};
use wire::{DeviceKind, ProblemCode, ShownCall};
use writer::Offices;

use crate::fault::Fault;

/// Notes it; whoever follows the office is told, if it is new.
///
/// # Errors
/// `not-allowed` or `not-signed-in` for anybody but a board.
pub fn run(access: &Access, offices: &Offices, caller: &Caller, shown: ShownCall) -> Result<(), Fault> {
    let board = match caller {
        Caller::Device(device) if device.kind == DeviceKind::Display => device,
        Caller::Device(_) | Caller::Staff(_) => return Err(ProblemCode::NotAllowed.into()),
        Caller::Anybody(_) => return Err(ProblemCode::NotSignedIn.into()),
    };
    if access.devices.note_shown(board.office, shown)
        && let Some(office) = offices.iter().find(|office| office.row == board.office)
    {
        office.touch();
    }
    Ok(())
}
