//! Somebody of staff signs in.

use std::{net::IpAddr, sync::Arc};

use access::{Access, GuessProof, GuessRefusal, KnownBrowser, KnownName, NewSession, Password, Session, hash_of};
use uuid::Uuid;
use wire::ProblemCode;

use crate::fault::Fault;

/// A name and a password, as they were typed.
#[derive(Debug, Clone)]
pub struct SignInAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// The login name; blanks around it do not matter.
    pub name: String,
    /// The password.
    pub password: Password,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// A challenge that was solved for this attempt.
    pub challenge: Option<Uuid>,
    /// Who was signed in there until now; a browser has one session.
    pub earlier: Option<Arc<Session>>,
}

/// Why nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInRefusal {
    /// It was tried too often for an attempt without a challenge.
    Challenge,
    /// Something else.
    Fault(Fault),
}

impl From<GuessRefusal> for SignInRefusal {
    fn from(refusal: GuessRefusal) -> Self {
        match refusal {
            GuessRefusal::Challenge => Self::Challenge,
            GuessRefusal::TooMany => Self::Fault(ProblemCode::TooManyRequests.into()),
        }
    }
}

impl From<Fault> for SignInRefusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<SignInRefusal> for Fault {
    /// For whom nothing can be shown to read.
    fn from(refusal: SignInRefusal) -> Self {
        match refusal {
            SignInRefusal::Challenge => ProblemCode::TooManyRequests.into(),
            SignInRefusal::Fault(fault) => fault,
        }
    }
}

/// Begins a session, and ends the one that the browser had.
///
/// # Errors
/// `not-signed-in` where no account has this name and password, a challenge or `too-many-requests` where it was tried too
/// often, or that the hub is busy or cannot write.
pub async fn run(access: &Access, attempt: SignInAttempt) -> Result<NewSession, SignInRefusal> {
    let SignInAttempt { from, name, password, browser, challenge, earlier } = attempt;
    let name = name.trim();
    let account = access.accounts.with_name(name);
    let known = account.as_ref().map(|account| KnownName::Account(account.id));
    let browser = known.and_then(|known| browser.has_signed_in(&access.key, known));
    // Counted now: many who come at once are no more than the limit.
    let guess = access.limits.guess(from, name, GuessProof { browser, challenge })?;
    let kept = account.as_ref().map(|account| account.password.clone());
    match (account, hash_of(password, vec![kept]).await) {
        (Some(account), Ok(Some(_))) => {
            guess.give_back();
            let begun = access.accounts.begin(&access.writer, account, access.clock.now()).await;
            // Shut, or given another password, while this one was looked at.
            let begun = begun.map_err(Fault::from)?.ok_or(Fault::from(ProblemCode::NotSignedIn))?;
            if let Some(earlier) = earlier {
                access.accounts.sign_out(&access.writer, &earlier).await.map_err(Fault::from)?;
            }
            Ok(begun)
        }
        (Some(_) | None, Ok(_)) => Err(Fault::from(ProblemCode::NotSignedIn).into()),
        (Some(_) | None, Err(error)) => {
            guess.give_back();
            Err(Fault::from(error).into())
        }
    }
}
