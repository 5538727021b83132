//! Somebody of staff signs out.

use access::{Access, AuditRecord, Session};

use crate::fault::Fault;

/// Ends a session.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(access: &Access, session: &Session) -> Result<(), Fault> {
    access.accounts.sign_out(&access.writer, session).await?;
    access.audit.note(AuditRecord::SignOut(session.account.as_ref().into()));
    Ok(())
}
