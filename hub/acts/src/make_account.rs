//! An administrator makes an account for somebody of staff (FLD-22).

use std::sync::Arc;

use access::{Access, AuditParty, AuditRecord, Password, Session};
use store::{Account, Role};
use wire::ProblemCode;

use crate::accounts::AccountRefusal;

/// An account that is wanted.
#[derive(Debug, Clone)]
pub struct AccountWish {
    /// The login name.
    pub name: String,
    /// The first password.
    pub password: Password,
    /// What they may do.
    pub role: Role,
    /// The row of the office in which they work; none for every office.
    pub office: Option<u32>,
}

/// Makes it. Nobody makes an account that may more than their own.
///
/// # Errors
/// [`AccountRefusal`].
pub async fn run(access: &Access, admin: &Session, wish: AccountWish) -> Result<Arc<Account>, AccountRefusal> {
    let AccountWish { name, password, role, office } = wish;
    if !admin.runs(office) {
        return Err(AccountRefusal::Fault(ProblemCode::NotAllowed.into()));
    }
    let account = access.accounts.add(&access.writer, &name, password, (role, office), access.clock.now()).await?;
    let (made, by) = (AuditParty::from(account.as_ref()), AuditParty::from(admin.account.as_ref()));
    let is_admin = account.role == Role::Admin;
    access.audit.note(AuditRecord::AccountMade { account: made, by, is_admin });
    Ok(account)
}
