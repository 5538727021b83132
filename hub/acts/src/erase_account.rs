//! A citizen's account is erased with everything that belongs to it: on their own wish, or after nobody used it for long.

use std::path::Path;

use access::{Access, Session};
use body::{AccountCommand, AccountContext, AccountId, AccountStep, AnonymiseReason, Doer};
use office::PersonId;
use store::{Account, Actor};
use wire::ProblemCode;
use writer::Offices;

use crate::{
    accounts::{AccountRefusal, own_account},
    confirm_self::{self, OwnPassword},
    erase,
    fault::Fault,
    ledger::Ledger,
    levels::wish,
};

/// Where the parts are from which somebody is taken out.
#[derive(Debug, Clone, Copy)]
pub struct ErasureRoom<'a> {
    /// The way to write, the way to read, and the time.
    pub ledger: &'a Ledger,
    /// Every office.
    pub offices: &'a Offices,
    /// The folder of what citizens sent.
    pub uploads: &'a Path,
}

/// What became of an account that was to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountEnd {
    /// It is gone.
    Erased,
    /// A request is open, which is an administrative document: nobody signs in any more, and the account goes with it.
    Closed,
}

/// Erases the account of who is signed in, after the password once more: first every booking of its address, of which those
/// that still stand are given up, then the account. While a request is open it is closed, and erased after that.
///
/// # Errors
/// `not-allowed` for an account of staff, `change-too-late` while a visit of theirs is in the house, or that the password is
/// not right or the hub cannot; then the account stands.
pub async fn run(
    access: &Access,
    room: ErasureRoom<'_>,
    session: &Session,
    own: OwnPassword,
) -> Result<AccountEnd, AccountRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    if account.is_staff() {
        return Err(ProblemCode::NotAllowed.into());
    }
    if !confirm_self::run(access, session, own).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    if close(access, room, &account).await? {
        return Ok(AccountEnd::Closed);
    }
    Ok(of_account(access, room, EndedAccount::wanted(account.id, account.email.clone())).await?)
}

/// An account that goes.
struct EndedAccount {
    account: u32,
    /// Where its mails went.
    email: Option<String>,
    by: Doer,
    because: AnonymiseReason,
}

impl EndedAccount {
    /// One whose owner gives it up.
    const fn wanted(account: u32, email: Option<String>) -> Self {
        Self { account, email, by: Doer::Account(AccountId(account)), because: AnonymiseReason::Wanted }
    }
}

/// Closes an account whose owner gives it up while a request is open; says whether one is.
async fn close(access: &Access, room: ErasureRoom<'_>, account: &Account) -> Result<bool, Fault> {
    let (id, now) = (AccountId(account.id), room.ledger.clock.now());
    let closed = room.ledger.writer.change(move |store| {
        let open_cases = store.open_requests_of(id)?;
        if open_cases == 0 {
            return Ok(Ok(false));
        }
        let command = AccountCommand::GiveUp { open_cases, because: AnonymiseReason::Wanted };
        let context = AccountContext { account: id, by: Doer::Account(id), now, rules: None };
        Ok(wish::decide(store, &[command], &context)?.map(|()| true))
    });
    let is_open = closed.await?.map_err(|_| ProblemCode::NotAllowed)?;
    if is_open {
        access.accounts.disable(&access.writer, account, now).await?;
    }
    Ok(is_open)
}

/// Erases the accounts that were closed, and whose requests are no longer open.
///
/// # Errors
/// That the hub cannot read or write.
pub async fn of_closed(access: &Access, room: ErasureRoom<'_>) -> Result<usize, Fault> {
    let closed = room.ledger.readers.read(|store| store.closed_accounts()).await?;
    for (account, email) in &closed {
        let id = AccountId(*account);
        let events = room.ledger.readers.read(move |store| store.standing_events(id)).await?;
        // Whoever closed it: its owner, or the hub, where nobody had used it for long.
        let closed_by =
            events.iter().rev().find(|event| event.step == AccountStep::AccountClosed).map(|event| event.by);
        let because = match closed_by {
            Some(Doer::Hub) => AnonymiseReason::Unused,
            Some(Doer::Account(_) | Doer::Link) | None => AnonymiseReason::Wanted,
        };
        let ended = EndedAccount { account: *account, email: email.clone(), by: Doer::Hub, because };
        of_account(access, room, ended).await?;
    }
    Ok(closed.len())
}

/// Erases an account, with the bookings of its address. One of which a request was opened meanwhile is closed instead.
///
/// # Errors
/// `change-too-late` while a visit of theirs is in the house, or that the hub cannot.
async fn of_account(
    access: &Access,
    ErasureRoom { ledger, offices, uploads }: ErasureRoom<'_>,
    EndedAccount { account, email, by, because }: EndedAccount,
) -> Result<AccountEnd, Fault> {
    let joined = ledger.readers.read(move |store| store.joined_emails(account)).await?;
    let emails: Vec<String> = email.into_iter().chain(joined).collect();
    for email in emails.clone() {
        let people: Vec<PersonId> = ledger
            .readers
            .read(move |store| {
                let own = store.records_of(&email)?.into_iter();
                // Somebody else's booking in which they are served is not theirs to erase.
                Ok(own
                    .filter(|record| record.email.as_deref().is_some_and(|one| one.eq_ignore_ascii_case(&email)))
                    .collect::<Vec<_>>())
            })
            .await?
            .into_iter()
            .map(|record| record.id)
            .collect();
        for person in people {
            erase::run(ledger, offices, uploads, Actor::Citizen, person).await?;
        }
    }
    let now = ledger.clock.now();
    let ended = ledger.writer.change(move |store| {
        let id = AccountId(account);
        let open_cases = store.open_requests_of(id)?;
        let command = AccountCommand::GiveUp { open_cases, because };
        // One that never was opened has no standing to give up, and goes all the same.
        let _ = wish::decide(store, &[command], &AccountContext { account: id, by, now, rules: None })?;
        if open_cases > 0 {
            store.disable_account(account, now)?;
            return Ok(Some(AccountEnd::Closed));
        }
        let erased = store.erase_account(account, now)?;
        for email in emails {
            if let Some(address) = store.address_id(&email)? {
                store.forget_address(address)?;
            }
        }
        Ok(erased.then_some(AccountEnd::Erased))
    });
    match ended.await? {
        Some(AccountEnd::Closed) => {
            access.accounts.note_closed(account);
            return Ok(AccountEnd::Closed);
        }
        Some(AccountEnd::Erased) => {
            access.accounts.forget(account);
            tracing::info!(account, "a citizen's account was erased");
        }
        None => {}
    }
    Ok(AccountEnd::Erased)
}
