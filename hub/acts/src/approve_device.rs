//! An administrator lets a device in, by the code and the words that it shows (PROM-11).

use std::sync::Arc;

use access::{Access, AuditParty, AuditRecord, Session, ThreeWords};
use store::Device;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::fault::Fault;

/// Lets the device that shows this code, and these words if it shows any, into an office.
///
/// # Errors
/// `not-allowed` for an office that is not theirs, `unknown-code` for a code or words that no device shows, `malformed` for
/// words that are missing, or that the hub cannot write.
pub async fn run(
    access: &Access,
    admin: &Session,
    office: &OfficeHandle,
    code: &str,
    words: Option<ThreeWords>,
) -> Result<Arc<Device>, Fault> {
    if !admin.runs(Some(office.row)) {
        return Err(ProblemCode::NotAllowed.into());
    }
    let device = access.let_in(code, words, office).await?;
    let by = AuditParty::from(admin.account.as_ref());
    access.audit.note(AuditRecord::Pairing { device: AuditParty::from(device.as_ref()), by });
    tracing::info!(admin = admin.account.id, device = %device.id, compared = words.is_some(), "a device was let in");
    Ok(device)
}
