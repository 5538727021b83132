//! The second step of signing in by a passkey, after the password was right.
//!
//! What is asked goes out with the page, in the hub's own word: nothing is kept for who only asks. It is answered once, since a
//! passkey answers questions in their order alone, and for as long as the first step is good.

use std::{net::IpAddr, sync::Arc};

use access::{
    Access, AuditParty, FactorWay, GuessProof, KnownBrowser, KnownName, NewSession, Session, SessionWay, SignInFailure,
    SignInWay,
};
use passkeys::PasskeyPlace;
use secrets::PasskeyErrand;
use store::{Account, Readers};
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    fault::Fault,
    passkeys::{PasskeyAnswer, PasskeyForm, form, known, read, rows},
    sign_in::{SignInFlaw, SignInRefusal, begin_through},
    step_pass::StepPass,
};

/// An answer to [`ask`].
#[derive(Debug, Clone)]
pub struct PasskeyAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// A challenge that was solved for this attempt.
    pub challenge: Option<Uuid>,
    /// What the browser keeps of the first step.
    pub pass: StepPass,
    /// What the browser says of the passkey.
    pub answer: PasskeyAnswer,
    /// Who was signed in there until now.
    pub earlier: Option<Arc<Session>>,
}

/// Asks for a passkey of an account; nothing, where it has none, or the hub has none by now.
///
/// # Errors
/// That the hub is busy.
pub async fn ask(access: &Access, readers: &Readers, account: &Account) -> Result<Option<PasskeyForm>, Fault> {
    let Ok(place) = PasskeyPlace::of(&access.public_url) else { return Ok(None) };
    if account.passkeys == 0 {
        return Ok(None);
    }
    let known = known(&rows(readers, account.id).await?);
    if known.is_empty() {
        return Ok(None);
    }
    form(access, PasskeyErrand::Shown, account, place.ask(&known)).map(Some)
}

/// Begins a session, and ends the one that the browser had.
///
/// # Errors
/// As [`crate::second_step::run`].
pub async fn run(access: &Access, readers: &Readers, attempt: PasskeyAttempt) -> Result<NewSession, SignInRefusal> {
    let account = attempt.pass.account(access).ok_or(Fault::from(ProblemCode::SecondFactorNeeded))?;
    let at = AuditParty::from(account.as_ref());
    judge(access, readers, account, attempt).await.map_err(|unsigned| unsigned.told(&access.audit, at))
}

async fn judge(
    access: &Access,
    readers: &Readers,
    account: Arc<Account>,
    attempt: PasskeyAttempt,
) -> Result<NewSession, SignInFlaw> {
    let PasskeyAttempt { from, browser, challenge, pass, answer, earlier } = attempt;
    let browser = browser.has_signed_in(&access.key, KnownName::Account(account.id));
    let guess = access.limits.guess(from, &account.name, GuessProof { browser, challenge })?;
    let of_account = access.limits.code_guess(account.id, browser)?;
    match takes(access, readers, &account, &answer).await {
        Ok(PasskeyVerdict::Right) => {
            guess.give_back();
            of_account.give_back();
            let way = SignInWay::TwoSteps(FactorWay::Passkey);
            begin_through(access, account, (SessionWay::Page, way, pass.provider(access)), earlier).await
        }
        Ok(PasskeyVerdict::Wrong) => Err(SignInFailure::WrongPasskey.into()),
        Ok(PasskeyVerdict::Answered) => Err(SignInFailure::AnsweredPasskey.into()),
        Err(fault) => {
            guess.give_back();
            of_account.give_back();
            Err(fault.into())
        }
    }
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PasskeyVerdict {
    /// One of the account's passkeys'; the question is used up then.
    Right,
    /// None of them.
    Wrong,
    /// It is to a question that was answered before, or to one older than that: the form was sent again after its answer was
    /// lost, e.g. because the hub was killed, or lay open beside another.
    Answered,
}

/// What an answer to a question of this hub is.
async fn takes(
    access: &Access,
    readers: &Readers,
    account: &Account,
    PasskeyAnswer { note, answer }: &PasskeyAnswer,
) -> Result<PasskeyVerdict, Fault> {
    let Ok(place) = PasskeyPlace::of(&access.public_url) else { return Ok(PasskeyVerdict::Wrong) };
    let Some(note) = read(access, PasskeyErrand::Shown, account, note) else { return Ok(PasskeyVerdict::Wrong) };
    let mut rows = rows(readers, account.id).await?;
    if rows.iter().any(|row| row.used_at.is_some() && row.passkey.asked_at >= note.asked_at) {
        return Ok(PasskeyVerdict::Answered);
    }
    match place.judge(&note.memory, answer, &known(&rows)) {
        Ok((nth, state)) if nth < rows.len() => {
            let is_first = access.takes_passkey(rows.swap_remove(nth), note.asked_at, state).await?;
            Ok(if is_first { PasskeyVerdict::Right } else { PasskeyVerdict::Answered })
        }
        Ok(_) => Ok(PasskeyVerdict::Wrong),
        Err(fault) => {
            tracing::info!(account = account.id, %fault, "a passkey was refused");
            Ok(PasskeyVerdict::Wrong)
        }
    }
}
