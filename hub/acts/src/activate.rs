//! A citizen presses the link in the mail, and has an account of level A (PET-03). The link is good once, for 48 hours. Who came
//! through another and has no password is known by the browser in which they came: else somebody could give another's address,
//! and have the other make an account that is theirs.

use std::{net::IpAddr, sync::Arc};

use access::{Access, AccountChange, AuditParty, AuditRecord, GuessProof, Password, SignInFailure, hash_of};
use body::OpenedBy;
use people::Profile;
use secrets::{AccountErrand, AccountLink, LinkOwner, read_account_link, token_hash};
use store::{Account, Activation, Registration, Store, Stored};
use uuid::Uuid;
use wire::ProblemCode;

use crate::{fault::Fault, ledger::Ledger, levels::open};

/// What a pressed link came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActivationOutcome {
    /// The account.
    Made(Arc<Account>),
    /// The password is not the one with which somebody registered: whoever reads the mails of an address is not yet who
    /// registered with it.
    WrongPassword,
    /// Somebody else has the user name by now.
    NameTaken,
    /// It was begun in another browser, by who came through this provider.
    OtherBrowser(String),
    /// The link is used or too old, or another took its place.
    Over,
}

fn read(access: &Access, text: &str) -> Option<(AccountLink, Uuid)> {
    let link = read_account_link(&access.key, text)?;
    match (link.owner, link.errand) {
        (LinkOwner::Registration(id), AccountErrand::Activation) => Some((link, id)),
        (LinkOwner::Registration(_) | LinkOwner::Account(_) | LinkOwner::Moved { .. }, _) => None,
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

/// First and last name of somebody who waits, as they said it or as it is said where they came from.
#[must_use]
pub fn full_name(waiting: &Registration) -> String {
    Profile::from_json(&waiting.profile).unwrap_or_default().name
}

/// Through whom somebody has to come in this browser first, who came through another and began elsewhere; nobody, where this is
/// the browser, or there is a password to ask for.
///
/// # Errors
/// That the hub cannot read.
pub async fn comes_first(
    ledger: &Ledger,
    waiting: &Registration,
    arrival: Option<&str>,
) -> Result<Option<String>, Fault> {
    let (id, now) = (waiting.id, ledger.clock.now());
    let hash = arrival.map(token_hash);
    let first = ledger.readers.read(move |store| {
        let Some(identity) = store.identity_of_registration(id)? else { return Ok(None) };
        let is_here = match hash {
            Some(hash) => store.is_browser_of_registration(id, &hash, now)?,
            None => false,
        };
        Ok((!is_here).then_some(identity.provider))
    });
    Ok(first.await?)
}

/// Makes the account, for who reads the mails and knows the password: else somebody could register with a password of theirs
/// and another's address, and have the other press. Nobody is signed in by it.
///
/// # Errors
/// `too-many-requests` where a password was tried too often, or that the hub is busy or cannot read or write.
pub async fn run(
    ledger: &Ledger,
    access: &Access,
    text: &str,
    (from, password): (IpAddr, Password),
    arrival: Option<&str>,
) -> Result<ActivationOutcome, Fault> {
    let Some((link, id)) = read(access, text) else { return Ok(ActivationOutcome::Over) };
    let Some(waiting) = look(ledger, access, text).await? else { return Ok(ActivationOutcome::Over) };
    if let Some(provider) = comes_first(ledger, &waiting, arrival).await? {
        return Ok(ActivationOutcome::OtherBrowser(provider));
    }
    if !waiting.password.is_empty() {
        let proof = GuessProof { browser: None, challenge: None };
        let guess = access.limits.guess(from, &waiting.name, proof).map_err(|_| ProblemCode::TooManyRequests)?;
        let is_right = hash_of(password, vec![Some(waiting.password)]).await?.is_some();
        if !is_right {
            let (at, why) = (AuditParty::Stranger, SignInFailure::WrongPassword);
            access.audit.note(AuditRecord::SignInFailure { at, why });
            return Ok(ActivationOutcome::WrongPassword);
        }
        guess.give_back();
    }
    let (name, now) = ((link.owner, link.errand, link.issued_at), access.clock.now());
    let make = move |store: &Store| -> Stored<Option<Activation>> {
        if store.use_account_link(name, now)?.is_none() {
            return Ok(None);
        }
        let Some(waiting) = store.registration(id)? else { return Ok(None) };
        let Some(identity) = store.identity_of_registration(id)? else {
            let made = store.activate(&waiting, now)?;
            if let Activation::Account(account) = made {
                open::run(store, account, OpenedBy::Link, now)?;
            }
            return Ok(Some(made));
        };
        // Who came through another, and has an account by now, has one.
        if store.account_of_identity(&identity)?.is_some() {
            return Ok(None);
        }
        let made = store.activate(&waiting, now)?;
        if let Activation::Account(account) = made {
            store.connect_identity(account, &identity, now)?;
            open::run(store, account, OpenedBy::Taxisnet, now)?;
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
