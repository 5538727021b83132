//! A page of staff is locked by a press, and opened again with the password (NEW-08).

use std::net::IpAddr;

use access::{
    Access, AuditParty, AuditRecord, GuessProof, KnownBrowser, KnownName, Password, Session, SignInFailure, hash_of,
};
use identity::{OuterPerson, Providers};
use store::{Account, OuterIdentity};
use uuid::Uuid;
use writer::WriteError;

use crate::{
    accounts::own_account,
    fault::Fault,
    sign_in::{SignInFlaw, SignInRefusal},
};

/// A password for a locked page, as it was typed.
#[derive(Debug, Clone)]
pub struct UnlockAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// How they are called in the directory, where they have signed in with its password.
    pub directory_name: String,
    /// The password of the account that is locked.
    pub password: Password,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// A challenge that was solved for this attempt.
    pub challenge: Option<Uuid>,
}

/// Locks a session.
///
/// # Errors
/// That the hub cannot write; it is locked all the same.
pub async fn run(access: &Access, session: &Session) -> Result<(), Fault> {
    Ok(access.lock(session).await?)
}

/// Opens it again. What was in hand is as it was: a lock is no sign-out.
///
/// # Errors
/// As where somebody signs in.
pub async fn undo(
    access: &Access,
    providers: &Providers,
    session: &Session,
    attempt: UnlockAttempt,
) -> Result<(), SignInRefusal> {
    let of = AuditParty::from(session.account.as_ref());
    match judge(access, providers, session, attempt).await {
        Ok(()) => Ok(access.unlock(session).await.map_err(Fault::from)?),
        Err(SignInFlaw::Failure(why)) => {
            access.audit.note(AuditRecord::UnlockFailure { of, why });
            Err(why.into())
        }
        Err(SignInFlaw::Fault(fault)) => Err(fault.into()),
    }
}

async fn judge(
    access: &Access,
    providers: &Providers,
    session: &Session,
    attempt: UnlockAttempt,
) -> Result<(), SignInFlaw> {
    let UnlockAttempt { from, directory_name, password, browser, challenge } = attempt;
    // As it is now: a password that was changed in this session opens it.
    let account = own_account(access, session).ok_or(SignInFailure::ShutAccount)?;
    let browser = browser.has_signed_in(&access.key, KnownName::Account(account.id));
    let guess = access.limits.guess(from, &account.name, GuessProof { browser, challenge })?;
    if is_opened_by_directory(providers, session, &account) {
        let said = providers.person_of_directory(directory_name.trim(), password.typed()).await;
        return match said {
            Ok(Some(person)) if is_known_as(access, account.id, &person).await? => {
                guess.give_back();
                Ok(())
            }
            Ok(Some(_) | None) => Err(SignInFailure::WrongPassword.into()),
            Err(fault) => {
                guess.give_back();
                tracing::warn!(%fault, "the directory opened no locked page");
                Err(SignInFailure::ProviderAway.into())
            }
        };
    }
    match hash_of(password, vec![account.password.clone()]).await {
        Ok(Some(_)) => {
            guess.give_back();
            Ok(())
        }
        Ok(None) => Err(SignInFailure::WrongPassword.into()),
        Err(error) => {
            guess.give_back();
            Err(error.into())
        }
    }
}

/// Whether the password that opens a session again is the one that the directory knows.
pub fn is_opened_by_directory(providers: &Providers, session: &Session, account: &Account) -> bool {
    account.password.is_none() && session.provider.as_deref().is_some_and(|provider| providers.is_directory(provider))
}

/// Whether an account is known to the directory as this person.
async fn is_known_as(access: &Access, account: u32, person: &OuterPerson) -> Result<bool, WriteError> {
    let identity = OuterIdentity { provider: person.provider.clone(), subject: person.subject.clone() };
    Ok(access.writer.change(move |store| store.account_of_identity(&identity)).await? == Some(account))
}
