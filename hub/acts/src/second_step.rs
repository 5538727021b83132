//! The second step of signing in: a code of the app, or a recovery code, after the password was right.

use std::{net::IpAddr, sync::Arc};

use access::{
    Access, AuditParty, GuessProof, KnownBrowser, KnownName, NewSession, Session, SessionWay, SignInFailure, SignInWay,
};
use store::Account;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    fault::Fault,
    sign_in::{SignInFlaw, SignInRefusal, begin_through},
    step_pass::StepPass,
};

/// A code, as it was typed.
#[derive(Debug, Clone)]
pub struct StepAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// A challenge that was solved for this attempt.
    pub challenge: Option<Uuid>,
    /// What the browser keeps of the first step.
    pub pass: StepPass,
    /// The digits of the app, or a recovery code.
    pub code: String,
    /// Who was signed in there until now.
    pub earlier: Option<Arc<Session>>,
    /// Where it is tried.
    pub way: SessionWay,
}

/// Begins a session, and ends the one that the browser had.
///
/// # Errors
/// `not-signed-in` where the code is wrong or was used before, `second-factor-needed` where the first step is too long ago, a
/// challenge or `too-many-requests` where it was tried too often, or that the hub is busy or cannot write.
pub async fn run(access: &Access, attempt: StepAttempt) -> Result<NewSession, SignInRefusal> {
    let account = attempt.pass.account(access).ok_or(Fault::from(ProblemCode::SecondFactorNeeded))?;
    let at = AuditParty::from(account.as_ref());
    judge(access, account, attempt).await.map_err(|unsigned| unsigned.told(&access.audit, at))
}

async fn judge(access: &Access, account: Arc<Account>, attempt: StepAttempt) -> Result<NewSession, SignInFlaw> {
    let StepAttempt { from, browser, challenge, pass, code, earlier, way: at } = attempt;
    let browser = browser.has_signed_in(&access.key, KnownName::Account(account.id));
    let guess = access.limits.guess(from, &account.name, GuessProof { browser, challenge })?;
    let of_account = access.limits.code_guess(account.id, browser)?;
    match access.takes_code(&account, &code).await {
        Ok(Some(way)) => {
            guess.give_back();
            of_account.give_back();
            begin_through(access, account, (at, SignInWay::TwoSteps(way), pass.provider(access)), earlier).await
        }
        Ok(None) => Err(SignInFailure::WrongCode.into()),
        Err(error) => {
            guess.give_back();
            of_account.give_back();
            Err(Fault::from(error).into())
        }
    }
}
