//! Somebody who is signed in says once more who they are, before something that a stranger at their desk must not do.

use std::net::IpAddr;

use access::{
    Access, AuditParty, AuditRecord, GuessProof, KnownBrowser, KnownName, Password, Session, SignInFailure, hash_of,
};
use chrono::TimeDelta;
use wire::ProblemCode;

use crate::{accounts::own_account, fault::Fault};

/// The password of who is signed in, typed once more.
#[derive(Debug, Clone)]
pub struct OwnPassword {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// The password of the account that is signed in.
    pub password: Password,
}

/// Whoever has no password here has signed in through another as long ago at most: that stands for typing one.
pub const THROUGH_MINUTES: i64 = 15;

/// Whether it is right. It counts as a guess like one at sign-in.
///
/// # Errors
/// `too-many-requests` where it was tried too often, `not-signed-in` where the account is shut, or that the hub is busy.
pub async fn run(access: &Access, session: &Session, own: OwnPassword) -> Result<bool, Fault> {
    let OwnPassword { from, browser, password } = own;
    let account = own_account(access, session).ok_or(ProblemCode::NotSignedIn)?;
    let refused = |why| {
        access.audit.note(AuditRecord::ConfirmFailure { of: AuditParty::from(account.as_ref()), why });
    };
    if account.password.is_none() {
        let since = access.accounts.begun_at(session) + TimeDelta::minutes(THROUGH_MINUTES);
        let is_fresh = session.provider.is_some() && access.clock.now() < since;
        if !is_fresh {
            refused(SignInFailure::WrongPassword);
        }
        return Ok(is_fresh);
    }
    let browser = browser.has_signed_in(&access.key, KnownName::Account(account.id));
    let guess = access.limits.guess(from, &account.name, GuessProof { browser, challenge: None });
    let Ok(guess) = guess else {
        refused(SignInFailure::Throttled);
        return Err(ProblemCode::TooManyRequests.into());
    };
    let is_right = match hash_of(password, vec![account.password.clone()]).await {
        Ok(found) => found.is_some(),
        Err(error) => {
            guess.give_back();
            return Err(error.into());
        }
    };
    if is_right {
        guess.give_back();
    } else {
        refused(SignInFailure::WrongPassword);
    }
    Ok(is_right)
}
