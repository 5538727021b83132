//! Where an account's mails go: set by its owner, or by an administrator, and good once a link that went there was pressed.

use std::sync::Arc;

use access::{Access, AccountChange, AuditRecord, Session};
use office::Language;
use secrets::{AccountErrand, LinkOwner, read_account_link};
use store::Account;
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    account_mail::{LinkWish, sender},
    accounts::{AccountRefusal, open_account_of, optional_address, own_account, owner},
    confirm_self::{self, OwnPassword},
    fault::Fault,
    ledger::Ledger,
    link_limit::{LinkLimit, may_ask},
};

/// An address that is to be an account's.
#[derive(Debug, Clone)]
pub struct AddressWish {
    /// Whose; one's own, or one that an administrator runs.
    pub account: u32,
    /// The address; empty, to have none.
    pub email: String,
    /// The language of the mail.
    pub language: Language,
    /// The password of who asks.
    pub own: OwnPassword,
}

/// Sends a link to the address, which is the account's once that is pressed; until then the one before is. Without an
/// address there is none at once. Says whether a link was sent.
///
/// # Errors
/// [`AccountRefusal`].
pub async fn run(
    access: &Access,
    offices: &Offices,
    mail: &Notify,
    session: &Session,
    (limit, wish): (LinkLimit, AddressWish),
) -> Result<bool, AccountRefusal> {
    let AddressWish { account, email, language, own } = wish;
    let account: Arc<Account> = if account == session.account.id {
        own_account(access, session).ok_or(ProblemCode::NotSignedIn)?
    } else {
        open_account_of(access, session, account)?
    };
    let email = optional_address(&email)?;
    let sender = sender(offices, account.office())?;
    if !confirm_self::run(access, session, own).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    let owner = owner(&account);
    let change = AccountChange::by(&account, session.account.as_ref().into());
    access.audit.note(AuditRecord::AddressChanged(change));
    if email.is_none() {
        access.accounts.set_email(&access.writer, account.id, None, None).await?;
        return Ok(false);
    }
    let wish = LinkWish { owner, errand: AccountErrand::Address, email, language, office: sender };
    let now = access.clock.now();
    let link = wish.link(now);
    let asked = access.writer.change(move |store| {
        let to = wish.email.clone().unwrap_or_default();
        if !may_ask(store, &limit.key, &limit.limits, (&to, limit.from), now)? {
            return Ok(false);
        }
        wish.issue(store, &link, now)?;
        Ok(true)
    });
    if !asked.await? {
        return Err(ProblemCode::TooManyRequests.into());
    }
    mail.notify_one();
    Ok(true)
}

/// Whose address a link proves, and which; nothing, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(ledger: &Ledger, access: &Access, text: &str) -> Result<Option<(Arc<Account>, String)>, Fault> {
    let Some(link) = read_account_link(&access.key, text) else { return Ok(None) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), ledger.clock.now());
    let (LinkOwner::Account(id), AccountErrand::Address) = (link.owner, link.errand) else { return Ok(None) };
    let found = ledger.readers.read(move |store| store.account_link(name, now)).await?;
    let account = access.accounts.with_number(id).filter(|account| !account.disabled);
    Ok(account.zip(found.and_then(|link| link.email)))
}

/// The link was pressed: the address is the account's. `false` if it is good no longer.
///
/// # Errors
/// That the hub cannot write.
pub async fn prove(access: &Access, text: &str) -> Result<bool, Fault> {
    let Some(link) = read_account_link(&access.key, text) else { return Ok(false) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), access.clock.now());
    let (LinkOwner::Account(id), AccountErrand::Address) = (link.owner, link.errand) else { return Ok(false) };
    let used = access.writer.change(move |store| store.use_account_link(name, now)).await?;
    let Some(email) = used.and_then(|link| link.email) else { return Ok(false) };
    access.accounts.set_email(&access.writer, id, Some(email), Some(now)).await?;
    // What was sent to the address before opens nothing any more.
    access.writer.change(move |store| store.end_password_links(LinkOwner::Account(id))).await?;
    if let Some(account) = access.accounts.with_number(id) {
        access.audit.note(AuditRecord::AddressProven(account.as_ref().into()));
    }
    Ok(true)
}
