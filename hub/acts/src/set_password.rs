//! An administrator sets a new password for somebody who forgot theirs (FLD-22).

use access::{Access, AuditParty, AuditRecord, Password, Session};
use store::Role;

use crate::accounts::{AccountRefusal, open_account_of};

/// A password to be set.
#[derive(Debug, Clone)]
pub struct PasswordWish {
    /// The account's number.
    pub account: u32,
    /// Its password from now on.
    pub password: Password,
}

/// Sets it. Whoever was signed in with the old one signs in again.
///
/// # Errors
/// [`AccountRefusal`].
pub async fn run(access: &Access, admin: &Session, wish: PasswordWish) -> Result<(), AccountRefusal> {
    let account = open_account_of(access, admin, wish.account)?;
    let ended = access.accounts.change_password(&access.writer, &account, wish.password).await?;
    let (of, by) = (AuditParty::from(account.as_ref()), AuditParty::from(admin.account.as_ref()));
    let is_admin = account.role == Role::Admin;
    access.audit.note(AuditRecord::PasswordChanged { account: of, by, is_admin });
    if ended > 0 {
        access.audit.note(AuditRecord::SessionsEnded { of, by });
    }
    Ok(())
}
