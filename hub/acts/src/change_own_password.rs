//! Somebody who has an account changes their own password.

use access::{Access, AccountChange, AuditRecord, Session, hash_beside};
use wire::ProblemCode;
use writer::Offices;

use crate::{
    accounts::{NewPasswordRefusal, context_of, own_account},
    confirm_self::{self, OwnPassword},
    set_new_password::TwicePassword,
};

/// Sets the password of who is signed in. Every other session of theirs ends.
///
/// # Errors
/// [`NewPasswordRefusal`].
pub async fn run(
    access: &Access,
    offices: &Offices,
    session: &Session,
    own: OwnPassword,
    wish: TwicePassword,
) -> Result<(), NewPasswordRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    // Whom a provider rules signs in there; the last administrator has one here, and keeps it as it is.
    if account.is_ruled() || account.is_staff() && account.password.is_none() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let checked = wish.checked(&context_of(offices, &account))?;
    if !confirm_self::run(access, session, own).await? {
        return Err(NewPasswordRefusal::NotConfirmed);
    }
    let hash = hash_beside(checked).await?;
    access.accounts.set_password(&access.writer, account.id, Some(hash), Some(session)).await?;
    access.audit.note(AuditRecord::PasswordChanged(AccountChange::own(&account)));
    Ok(())
}
