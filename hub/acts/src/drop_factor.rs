//! A second factor is taken away: by its owner where none is demanded of them, or by another administrator from somebody who
//! has lost it. Never by mail.

use access::{Access, AccountChange, AuditRecord, Session};
use wire::ProblemCode;

use crate::{
    accounts::{AccountRefusal, open_account_of, own_account},
    confirm_self::{self, OwnPassword},
};

/// Takes the own one away. Every other session ends. Who has none has none.
///
/// # Errors
/// [`AccountRefusal`]; `not-allowed` where a second factor is demanded.
pub async fn own(access: &Access, session: &Session, password: OwnPassword) -> Result<(), AccountRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    if access.sign_in.demands(&account) {
        return Err(ProblemCode::NotAllowed.into());
    }
    if !confirm_self::run(access, session, password).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    if !account.has_factor() {
        return Ok(());
    }
    access.accounts.drop_factor(&access.writer, account.id, Some(session), access.clock.now()).await?;
    access.audit.note(AuditRecord::FactorDropped(AccountChange::own(&account)));
    Ok(())
}

/// Takes it away from somebody else, whose sessions end. Who has none has none.
///
/// # Errors
/// [`AccountRefusal`]; `not-allowed` for one's own.
pub async fn of_other(
    access: &Access,
    admin: &Session,
    account: u32,
    password: OwnPassword,
) -> Result<(), AccountRefusal> {
    let account = open_account_of(access, admin, account)?;
    if account.id == admin.account.id {
        return Err(ProblemCode::NotAllowed.into());
    }
    if !confirm_self::run(access, admin, password).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    if !account.has_factor() {
        return Ok(());
    }
    access.accounts.drop_factor(&access.writer, account.id, None, access.clock.now()).await?;
    let change = AccountChange::by(&account, admin.account.as_ref().into());
    access.audit.note(AuditRecord::FactorDropped(change));
    Ok(())
}
