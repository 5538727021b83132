//! Somebody of staff, or an agent, changes their own password.

use access::{
    Access, AccountChange, AuditParty, AuditRecord, GuessProof, KnownBrowser, KnownName, Session, SignInFailure,
    hash_beside, hash_of,
};
use secrets::{LinkOwner, token_hash};
use store::Agent;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    accounts::{NewPasswordRefusal, context, context_of, own_account},
    confirm_self::{self, OwnPassword},
    ledger::Ledger,
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

/// Sets the password of an agent who is signed in by this token. Every other session of theirs ends.
///
/// # Errors
/// [`NewPasswordRefusal`].
pub async fn run_for_agent(
    ledger: &Ledger,
    access: &Access,
    offices: &Offices,
    (agent, token): (&Agent, &str),
    own: OwnPassword,
    wish: TwicePassword,
) -> Result<(), NewPasswordRefusal> {
    let refused = |why| ledger.audit.note(AuditRecord::ConfirmFailure { of: AuditParty::from(agent), why });
    let checked = wish.checked(&context(offices, &[&agent.name, &agent.email]))?;
    let OwnPassword { from, browser, password } = own;
    let browser = KnownBrowser::has_signed_in(&browser, &access.key, KnownName::Agent(agent.id));
    let guess = access.limits.guess(from, &agent.email, GuessProof { browser, challenge: None });
    let Ok(guess) = guess else {
        refused(SignInFailure::Throttled);
        return Err(ProblemCode::TooManyRequests.into());
    };
    match hash_of(password, vec![agent.password.clone()]).await {
        Ok(Some(_)) => guess.give_back(),
        Ok(None) => {
            refused(SignInFailure::WrongPassword);
            return Err(NewPasswordRefusal::NotConfirmed);
        }
        Err(error) => {
            guess.give_back();
            return Err(error.into());
        }
    }
    let hash = hash_beside(checked).await?;
    let (id, keep) = (agent.id, token_hash(token));
    let set = ledger.writer.change(move |store| {
        store.end_password_links(LinkOwner::Agent(id))?;
        store.set_agent_password(id, &hash, Some(&keep))
    });
    if !set.await? {
        return Err(ProblemCode::NotSignedIn.into());
    }
    ledger.audit.note(AuditRecord::PasswordChanged(AccountChange::of_agent(agent)));
    Ok(())
}
