//! An administrator shuts a device out (PROM-11).

use access::{Access, AuditParty, AuditRecord, Session};
use uuid::Uuid;
use wire::ProblemCode;

use crate::fault::Fault;

/// Shuts a device out, at once. One that is out already stays so.
///
/// # Errors
/// `not-allowed` for who is no administrator, `not-found`, also for a device of an office that is not theirs, or that the hub
/// cannot write.
pub async fn run(access: &Access, admin: &Session, device: Uuid) -> Result<(), Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let device = access.devices.with_id(admin.scope(), device).ok_or(ProblemCode::NotFound)?;
    if access.devices.revoke(&access.writer, admin.scope(), device.id, access.clock.now()).await? {
        let by = AuditParty::from(admin.account.as_ref());
        access.audit.note(AuditRecord::DeviceShut { device: AuditParty::from(device.as_ref()), by });
    }
    Ok(())
}
