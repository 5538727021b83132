//! An administrator lets a device in, by the code that it shows (PROM-11).

use std::sync::Arc;

use access::{Access, AuditParty, AuditRecord, Session};
use store::Device;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::fault::Fault;

/// Lets the device that shows this code into an office.
///
/// # Errors
/// `not-allowed` for an office that is not theirs, `unknown-code`, or that the hub cannot write.
pub async fn run(access: &Access, admin: &Session, office: &OfficeHandle, code: &str) -> Result<Arc<Device>, Fault> {
    if !admin.runs(Some(office.row)) {
        return Err(ProblemCode::NotAllowed.into());
    }
    let device = access.devices.approve(&access.writer, code, office, access.clock.now()).await?;
    let by = AuditParty::from(admin.account.as_ref());
    access.audit.note(AuditRecord::Pairing { device: AuditParty::from(device.as_ref()), by });
    Ok(device)
}
