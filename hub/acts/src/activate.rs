//! A citizen presses the link in the mail, and has an account of level A (PET-03). The link is good once, for 48 hours.

use std::sync::Arc;

use access::{Access, AccountChange, AuditRecord};
use secrets::{AccountErrand, AccountLink, LinkOwner, read_account_link};
use store::{Account, Activation, Registration, Store, Stored};
use uuid::Uuid;

use crate::{fault::Fault, ledger::Ledger};

/// What a pressed link came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActivationOutcome {
    /// The account.
    Made(Arc<Account>),
    /// Somebody else has the user name by now.
    NameTaken,
    /// The link is used or too old, or another took its place.
    Over,
}

fn read(access: &Access, text: &str) -> Option<(AccountLink, Uuid)> {
    let link = read_account_link(&access.key, text)?;
    match (link.owner, link.errand) {
        (LinkOwner::Registration(id), AccountErrand::Activation) => Some((link, id)),
        (LinkOwner::Registration(_) | LinkOwner::Account(_) | LinkOwner::Agent(_), _) => None,
    }
}

/// Who waits behind a link; nobody, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(ledger: &Ledger, access: &Access, text: &str) -> Result<Option<Registration>, Fault> {
    let Some((link, id)) = read(access, text) else { return Ok(None) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), ledger.clock.now());
    let found = ledger.readers.read(move |store| match store.account_link(name, now)? {
        Some(_) => store.registration(id),
        None => Ok(None),
    });
    Ok(found.await?)
}

/// Makes the account. Nobody is signed in by it: the password is theirs to type.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(access: &Access, text: &str) -> Result<ActivationOutcome, Fault> {
    let Some((link, id)) = read(access, text) else { return Ok(ActivationOutcome::Over) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), access.clock.now());
    let make = move |store: &Store| -> Stored<Option<Activation>> {
        if store.use_account_link(name, now)?.is_none() {
            return Ok(None);
        }
        let Some(waiting) = store.registration(id)? else { return Ok(None) };
        let Some(identity) = store.identity_of_registration(id)? else {
            return store.activate(&waiting, now).map(Some);
        };
        // Who came through another, and has an account by now, has one.
        if store.account_of_identity(&identity)?.is_some() {
            return Ok(None);
        }
        let made = store.activate(&waiting, now)?;
        if let Activation::Account(account) = made {
            store.connect_identity(account, &identity, now)?;
        }
        Ok(Some(made))
    };
    let account = match access.writer.change(make).await? {
        None => return Ok(ActivationOutcome::Over),
        Some(Activation::NameTaken) => return Ok(ActivationOutcome::NameTaken),
        Some(Activation::Account(account)) => access.accounts.meet(&access.writer, account).await?,
    };
    let Some(account) = account else { return Ok(ActivationOutcome::Over) };
    access.audit.note(AuditRecord::AccountMade(AccountChange::own(&account)));
    Ok(ActivationOutcome::Made(account))
}
