//! A citizen's account is erased with everything that belongs to it: on their own wish, or after nobody used it for long.

use std::path::Path;

use access::{Access, Session};
use office::PersonId;
use store::Actor;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    accounts::{AccountRefusal, own_account},
    confirm_self::{self, OwnPassword},
    erase,
    fault::Fault,
    ledger::Ledger,
};

/// Where the parts are from which somebody is taken out.
#[derive(Debug, Clone, Copy)]
pub struct ErasureRoom<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Every office.
    pub offices: &'a Offices,
    /// The folder of what citizens sent.
    pub uploads: &'a Path,
}

/// Erases the account of who is signed in, after the password once more: first every booking of its address, of which those
/// that still stand are given up, then the account.
///
/// # Errors
/// `not-allowed` for an account of staff, `change-too-late` while a visit of theirs is in the house, or that the password is
/// not right or the hub cannot; then the account stands.
pub async fn run(
    access: &Access,
    room: ErasureRoom<'_>,
    session: &Session,
    own: OwnPassword,
) -> Result<(), AccountRefusal> {
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    if account.is_staff() {
        return Err(ProblemCode::NotAllowed.into());
    }
    if !confirm_self::run(access, session, own).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    Ok(of_account(access, room, account.id, account.email.clone()).await?)
}

/// Erases an account, with the bookings of its address.
///
/// # Errors
/// `change-too-late` while a visit of theirs is in the house, or that the hub cannot.
pub(crate) async fn of_account(
    access: &Access,
    ErasureRoom { ledger, offices, uploads }: ErasureRoom<'_>,
    account: u32,
    email: Option<String>,
) -> Result<(), Fault> {
    if let Some(email) = email.clone() {
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
    let erased = ledger.writer.change(move |store| {
        let erased = store.erase_account(account, now)?;
        if let Some(address) = email.map(|email| store.address_id(&email)).transpose()?.flatten() {
            store.forget_address(address)?;
        }
        Ok(erased)
    });
    if erased.await? {
        access.accounts.forget(account);
        tracing::info!(account, "a citizen's account was erased");
    }
    Ok(())
}
