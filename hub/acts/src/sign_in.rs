//! Somebody of staff signs in.

use std::{net::IpAddr, sync::Arc};

use access::{Access, GuessProof, GuessRefusal, KnownBrowser, KnownName, NewSession, Password, Session, hash_of};
use store::Account;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    account_record::{AccountEvent, AccountRecord, SignInFailure, SignInWay},
    accounts::owner,
    fault::Fault,
    step_pass::StepPass,
};

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

/// What came of a name and a password that are right.
#[derive(Debug)]
pub enum SignInOutcome {
    /// A session has begun.
    Begun(NewSession),
    /// A code of the second factor is asked for.
    CodeAsked(StepPass),
    /// A second factor has to be set up first.
    SetUpAsked(StepPass),
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

/// Begins a session, and ends the one that the browser had; or asks for the second step, where there is to be one.
///
/// # Errors
/// `not-signed-in` where no account has this name and password, a challenge or `too-many-requests` where it was tried too
/// often, or that the hub is busy or cannot write.
pub async fn run(access: &Access, attempt: SignInAttempt) -> Result<SignInOutcome, SignInRefusal> {
    let SignInAttempt { from, name, password, browser, challenge, earlier } = attempt;
    let name = name.trim();
    let account = access.accounts.with_name(name);
    let whose = account.as_deref().map(owner);
    let known = account.as_ref().map(|account| KnownName::Account(account.id));
    let browser = known.and_then(|known| browser.has_signed_in(&access.key, known));
    let refused = |why| AccountRecord { event: AccountEvent::Refused(why), owner: whose, by: None }.note();
    // Counted now: many who come at once are no more than the limit.
    let guess = access.limits.guess(from, name, GuessProof { browser, challenge });
    let guess = guess.inspect_err(|_| refused(SignInFailure::TooOften))?;
    let kept = account.as_ref().and_then(|account| account.password.clone());
    match (account, hash_of(password, vec![kept]).await) {
        (Some(account), Ok(Some(_))) => {
            guess.give_back();
            if access.sign_in.asks(&account) {
                AccountRecord::own(owner(&account), AccountEvent::CodeAsked).note();
                return Ok(SignInOutcome::CodeAsked(StepPass::of(access, &account)));
            }
            if access.sign_in.demands(&account) {
                return Ok(SignInOutcome::SetUpAsked(StepPass::of(access, &account)));
            }
            begin(access, account, SignInWay::Password, earlier).await.map(SignInOutcome::Begun)
        }
        (Some(_) | None, Ok(_)) => {
            refused(SignInFailure::Password);
            Err(Fault::from(ProblemCode::NotSignedIn).into())
        }
        (Some(_) | None, Err(error)) => {
            guess.give_back();
            let fault = Fault::from(error);
            refused(SignInFailure::Other(fault.code));
            Err(fault.into())
        }
    }
}

/// Begins the session of somebody who has shown who they are, and ends the one that the browser had.
pub(crate) async fn begin(
    access: &Access,
    account: Arc<Account>,
    way: SignInWay,
    earlier: Option<Arc<Session>>,
) -> Result<NewSession, SignInRefusal> {
    let (owner, two_steps) = (owner(&account), way != SignInWay::Password);
    let begun = access.accounts.begin(&access.writer, (account, two_steps), access.clock.now()).await;
    // Shut, or given another password, while this one was looked at.
    let begun = begun.map_err(Fault::from)?.ok_or_else(|| {
        AccountRecord::own(owner, AccountEvent::Refused(SignInFailure::Other(ProblemCode::NotSignedIn))).note();
        Fault::from(ProblemCode::NotSignedIn)
    })?;
    if let Some(earlier) = earlier {
        access.accounts.sign_out(&access.writer, &earlier).await.map_err(Fault::from)?;
    }
    AccountRecord::own(owner, AccountEvent::SignedIn(way)).note();
    Ok(begun)
}
