//! Whoever had the mails of an account before takes back that they go to another address: they come to them again, and whoever
//! is signed in with the account must sign in anew.

use std::sync::Arc;

use access::{Access, AuditRecord};
use secrets::{AccountErrand, AccountLink, LinkOwner, read_account_link};
use store::Account;

use crate::{fault::Fault, ledger::Ledger};

/// The account and the moment of the change that a link takes back.
fn read(access: &Access, text: &str) -> Option<(AccountLink, u32, i64)> {
    let link = read_account_link(&access.key, text)?;
    match (link.owner, link.errand) {
        (LinkOwner::Moved { account, at }, AccountErrand::AddressUndo) => Some((link, account, at)),
        (
            LinkOwner::Account(_) | LinkOwner::Registration(_) | LinkOwner::Moved { .. },
            AccountErrand::Invited
            | AccountErrand::Forgotten
            | AccountErrand::Address
            | AccountErrand::Activation
            | AccountErrand::Known
            | AccountErrand::DeskAddress
            | AccountErrand::AddressUndo
            | AccountErrand::AddressMoved,
        ) => None,
    }
}

/// Whose mails come back, and to which address; nothing, if the link is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(ledger: &Ledger, access: &Access, text: &str) -> Result<Option<(Arc<Account>, String)>, Fault> {
    let Some((link, id, _)) = read(access, text) else { return Ok(None) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), ledger.clock.now());
    let found = ledger.readers.read(move |store| store.account_link(name, now)).await?;
    let account = access.accounts.with_number(id).filter(|account| !account.disabled);
    Ok(account.zip(found.and_then(|link| link.email)))
}

/// Takes the change back, with every later one. `false` if the link is good no longer.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(access: &Access, text: &str) -> Result<bool, Fault> {
    let Some((link, id, at)) = read(access, text) else { return Ok(false) };
    let Some(account) = access.accounts.with_number(id).filter(|account| !account.disabled) else { return Ok(false) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), access.clock.now());
    let used = access.writer.change(move |store| {
        let Some(email) = store.use_account_link(name, now)?.and_then(|link| link.email) else { return Ok(None) };
        store.end_moves_since(id, at)?;
        store.set_account_email(id, Some(&email), Some(now))?;
        // What was asked for by whoever had the mails meanwhile opens nothing any more.
        store.end_password_links(LinkOwner::Account(id))?;
        store.end_logins_but(id, None)?;
        Ok(Some(email))
    });
    let Some(email) = used.await? else { return Ok(false) };
    access.accounts.set_email(&access.writer, id, Some(email), Some(now)).await?;
    let ended = access.accounts.end_sessions(&access.writer, id).await?;
    let who = account.as_ref().into();
    access.audit.note(AuditRecord::AddressProven(who));
    if ended > 0 {
        access.audit.note(AuditRecord::SessionsEnded { of: who, by: who });
    }
    Ok(true)
}
