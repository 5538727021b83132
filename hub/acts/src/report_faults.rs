//! A device says what is wrong with it, or that all is well (PROM-11).

use access::{Access, Caller};
use wire::{FaultReport, ProblemCode};
use writer::Offices;

use crate::fault::Fault;

/// Notes the faults of the device that asks; whoever follows its office is told if they are others than before.
///
/// # Errors
/// `not-allowed` or `not-signed-in` for anybody but a device.
pub fn run(access: &Access, offices: &Offices, caller: &Caller, report: FaultReport) -> Result<(), Fault> {
    let device = match caller {
        Caller::Device(device) => device,
        Caller::Staff(_) => return Err(ProblemCode::NotAllowed.into()),
        Caller::Anybody(_) => return Err(ProblemCode::NotSignedIn.into()),
    };
    let faults = report.faults.clone();
    if access.devices.report(device.id, report) {
        tracing::info!(device = %device.id, ?faults, "a device reports");
        if let Some(office) = offices.iter().find(|office| office.row == device.office) {
            office.touch();
        }
    }
    Ok(())
}
