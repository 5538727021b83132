//! An administrator lets an account sign in no more (FLD-22).

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use wire::ProblemCode;

use crate::{accounts::account_of, fault::Fault};

/// Shuts an account, and ends its sessions. One that is shut already stays so.
///
/// # Errors
/// `not-found`, also for an account of another office, `not-allowed` for one's own, or that the hub cannot write.
pub async fn run(access: &Access, admin: &Session, account: u32) -> Result<(), Fault> {
    let account = account_of(access, admin, account)?;
    // Nobody shuts themselves out: a hub without an administrator is let in to by nobody.
    if account.id == admin.account.id {
        return Err(ProblemCode::NotAllowed.into());
    }
    if account.disabled {
        return Ok(());
    }
    let ended = access.accounts.disable(&access.writer, &account, access.clock.now()).await?;
    let (of, by) = (AuditParty::from(account.as_ref()), AuditParty::from(admin.account.as_ref()));
    access.audit.note(AuditRecord::AccountShut(AccountChange::by(&account, by)));
    if ended > 0 {
        access.audit.note(AuditRecord::SessionsEnded { of, by });
    }
    Ok(())
}
