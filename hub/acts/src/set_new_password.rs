//! Somebody who was invited, or forgot theirs, sets a password behind a link, once for each link.

use std::sync::Arc;

use access::{Access, AccountChange, AuditRecord, NewPassword, Password, PasswordContext, hash_beside};
use secrets::{AccountLink, LinkOwner, read_account_link};
use store::{Account, Store};
use writer::Offices;

use crate::{
    accounts::{NewPasswordRefusal, context_of},
    fault::Fault,
    ledger::Ledger,
};

/// A new password, typed twice.
#[derive(Debug, Clone)]
pub struct TwicePassword {
    /// What was typed first.
    pub password: Password,
    /// The same once more.
    pub again: Password,
}

impl TwicePassword {
    /// The password, as one that may be set.
    pub(crate) fn checked(&self, context: &PasswordContext) -> Result<NewPassword, NewPasswordRefusal> {
        let checked = self.password.checked(context).map_err(NewPasswordRefusal::Password)?;
        if self.password.is_alike(&self.again) { Ok(checked) } else { Err(NewPasswordRefusal::Differs) }
    }
}

/// A link that was good when it was looked at.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// Whose it is.
    pub holder: Arc<Account>,
    link: AccountLink,
}

impl OpenLink {
    /// What they sign in with.
    pub fn name(&self) -> &str {
        &self.holder.name
    }
}

/// What stands behind a link to set a password with; nothing, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(ledger: &Ledger, access: &Access, text: &str) -> Result<Option<OpenLink>, Fault> {
    let Some(link) = read_account_link(&access.key, text).filter(|link| link.errand.sets_password()) else {
        return Ok(None);
    };
    let (name, now) = ((link.owner, link.errand, link.issued_at), ledger.clock.now());
    if ledger.readers.read(move |store| store.account_link(name, now)).await?.is_none() {
        return Ok(None);
    }
    let holder = match link.owner {
        LinkOwner::Account(id) => {
            let account = access.accounts.with_number(id);
            account.filter(|account| !account.disabled && !account.is_ruled())
        }
        LinkOwner::Registration(_) | LinkOwner::Moved { .. } => None,
    };
    Ok(holder.map(|holder| OpenLink { holder, link }))
}

/// Sets the password, and ends every session. Nobody is signed in by it: whoever has only the mail has no second factor. A
/// link that came by mail proves its address.
///
/// # Errors
/// [`NewPasswordRefusal`].
pub async fn run(
    ledger: &Ledger,
    access: &Access,
    offices: &Offices,
    OpenLink { holder, link }: OpenLink,
    wish: TwicePassword,
) -> Result<(), NewPasswordRefusal> {
    let hash = hash_beside(wish.checked(&context_of(offices, &holder))?).await?;
    let (name, now) = ((link.owner, link.errand, link.issued_at), ledger.clock.now());
    let used = ledger.writer.change(move |store: &Store| store.use_account_link(name, now));
    let email = used.await?.ok_or(NewPasswordRefusal::Over)?.email;
    access.accounts.set_password(&access.writer, holder.id, Some(hash), None).await?;
    // As it is now: where it went is proven only while it is still theirs.
    let is_theirs =
        |email: &String| access.accounts.with_number(holder.id).is_some_and(|now| now.email.as_ref() == Some(email));
    if let Some(email) = email.filter(is_theirs) {
        access.accounts.set_email(&access.writer, holder.id, Some(email), Some(now)).await?;
    }
    ledger.audit.note(AuditRecord::PasswordChanged(AccountChange::own(&holder)));
    Ok(())
}
