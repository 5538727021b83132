//! Where an account's mails go: set by its owner, by an administrator, or at a desk by a certifier, and good once a link that
//! went there was pressed. Whoever had them before is told, and can take it back for a while.

use std::sync::Arc;

use access::{Access, AccountChange, AuditRecord, Session};
use chrono::{DateTime, Utc};
use office::Language;
use secrets::{AccountErrand, LinkOwner, read_account_link};
use store::{Account, Store, Stored};
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
        let (id, now) = (account.id, access.clock.now());
        let tell =
            move |store: &Store| tell_before(store, id, None, (AccountErrand::AddressUndo, sender, language), now);
        access.writer.change(tell).await?;
        access.accounts.set_email(&access.writer, account.id, None, None).await?;
        mail.notify_one();
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

/// An address that a link is to prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressToProve {
    /// Whose it is to be.
    pub account: Arc<Account>,
    /// The address.
    pub email: String,
    /// Whether its owner showed who they are at a desk, and need not be signed in.
    pub was_shown: bool,
}

/// Whose address a link proves, and which; nothing, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(ledger: &Ledger, access: &Access, text: &str) -> Result<Option<AddressToProve>, Fault> {
    let Some(link) = read_account_link(&access.key, text) else { return Ok(None) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), ledger.clock.now());
    let Some((id, was_shown)) = proves(link.owner, link.errand) else { return Ok(None) };
    let found = ledger.readers.read(move |store| store.account_link(name, now)).await?;
    let account = access.accounts.with_number(id).filter(|account| !account.disabled);
    let found = account.zip(found.and_then(|link| link.email));
    Ok(found.map(|(account, email)| AddressToProve { account, email, was_shown }))
}

/// Whose address a link proves, and whether they showed at a desk who they are.
const fn proves(owner: LinkOwner, errand: AccountErrand) -> Option<(u32, bool)> {
    match (owner, errand) {
        (LinkOwner::Account(id), AccountErrand::Address) => Some((id, false)),
        (LinkOwner::Account(id), AccountErrand::DeskAddress) => Some((id, true)),
        (LinkOwner::Account(_) | LinkOwner::Registration(_) | LinkOwner::Moved { .. }, _) => None,
    }
}

/// Tells whoever has the mails of an account that they go to another address from now on; nobody, where that is the same, or
/// nobody has shown that it is theirs.
fn tell_before(
    store: &Store,
    account: u32,
    after: Option<&str>,
    (errand, office, language): (AccountErrand, u32, Language),
    now: DateTime<Utc>,
) -> Stored<()> {
    let before = store.account(account)?.filter(|account| account.email_proven).and_then(|account| account.email);
    let is_same = |before: &String| after.is_some_and(|after| after.eq_ignore_ascii_case(before));
    let Some(before) = before.filter(|before| !is_same(before)) else { return Ok(()) };
    let owner = LinkOwner::Moved { account, at: now.timestamp_millis() };
    let wish = LinkWish { owner, errand, email: Some(before), language, office };
    wish.issue(store, &wish.link(now), now)
}

/// The link was pressed: the address is the account's, and whoever had its mails before is told. `false` if it is good no
/// longer.
///
/// # Errors
/// That the hub cannot write.
pub async fn prove(
    access: &Access,
    (offices, mail): (&Offices, &Notify),
    text: &str,
    language: Language,
) -> Result<bool, Fault> {
    let Some(link) = read_account_link(&access.key, text) else { return Ok(false) };
    let (name, now) = ((link.owner, link.errand, link.issued_at), access.clock.now());
    let Some((id, was_shown)) = proves(link.owner, link.errand) else { return Ok(false) };
    let Some(account) = access.accounts.with_number(id) else { return Ok(false) };
    let office = sender(offices, account.office())?;
    // What somebody showed at a desk is not taken back by a mailbox that may be another's by now.
    let errand = if was_shown { AccountErrand::AddressMoved } else { AccountErrand::AddressUndo };
    let used = access.writer.change(move |store| {
        let Some(email) = store.use_account_link(name, now)?.and_then(|link| link.email) else { return Ok(None) };
        tell_before(store, id, Some(&email), (errand, office, language), now)?;
        store.set_account_email(id, Some(&email), Some(now))?;
        // What was sent to the address before opens nothing any more.
        store.end_password_links(LinkOwner::Account(id))?;
        Ok(Some(email))
    });
    let Some(email) = used.await? else { return Ok(false) };
    access.accounts.set_email(&access.writer, id, Some(email), Some(now)).await?;
    mail.notify_one();
    access.audit.note(AuditRecord::AddressProven(account.as_ref().into()));
    Ok(true)
}
