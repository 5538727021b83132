//! Somebody of staff signs in.

use std::{net::IpAddr, sync::Arc};

use access::{
    Access, AuditParty, AuditRecord, AuditTrail, GuessProof, GuessRefusal, KnownBrowser, KnownName, NewSession,
    Password, Session, SessionWay, SignInFailure, SignInWay, hash_of,
};
use crew::CrewError;
use identity::{OuterPerson, Providers};
use store::Account;
use uuid::Uuid;
use wire::ProblemCode;
use writer::{Offices, WriteError};

use crate::{
    fault::Fault,
    provider_refusal::ProviderRefusal,
    provider_return::{ReturnOutcome, known},
    step_pass::StepPass,
};

/// A name and a password, as they were typed.
#[derive(Debug, Clone)]
pub struct SignInAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// The login name; blanks around it do not matter.
    pub name: String,
    /// What was typed as the password.
    pub password: Password,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// A challenge that was solved for this attempt.
    pub challenge: Option<Uuid>,
    /// Who was signed in there until now; a browser has one session.
    pub earlier: Option<Arc<Session>>,
    /// Where it is tried.
    pub way: SessionWay,
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

impl From<SignInFailure> for SignInRefusal {
    /// What is said of it: nothing by which names or accounts could be told apart.
    fn from(failure: SignInFailure) -> Self {
        match failure {
            SignInFailure::UnknownName
            | SignInFailure::WrongPassword
            | SignInFailure::WrongCode
            | SignInFailure::WrongPasskey
            | SignInFailure::ShutAccount => Self::Fault(ProblemCode::NotSignedIn.into()),
            // Whoever has the password hears it, and nobody else.
            SignInFailure::BlockedAccount => {
                let words = Some(text::both(|voice| voice.say("login-blocked")));
                Self::Fault(Fault { words, ..ProblemCode::NotSignedIn.into() })
            }
            // Whoever has the right answer already, and lost what was said to it, presses again.
            SignInFailure::AnsweredPasskey => {
                let words = Some(text::both(|voice| voice.say("passkey-answered")));
                Self::Fault(Fault { words, ..ProblemCode::NotSignedIn.into() })
            }
            SignInFailure::StrayWay
            | SignInFailure::ProviderSaidNo
            | SignInFailure::NoPerson
            | SignInFailure::NobodyHere => Self::Fault(ProblemCode::NotSignedIn.into()),
            SignInFailure::ChallengeUnanswered => Self::Challenge,
            SignInFailure::Throttled => Self::Fault(ProblemCode::TooManyRequests.into()),
            SignInFailure::ProviderAway => Self::Fault(ProblemCode::Unavailable.into()),
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

/// Why nobody is signed in, as the audit knows it; or that the hub could not look.
pub(crate) enum SignInFlaw {
    /// They were refused.
    Failure(SignInFailure),
    /// The hub is busy or cannot write.
    Fault(Fault),
}

impl From<SignInFailure> for SignInFlaw {
    fn from(failure: SignInFailure) -> Self {
        Self::Failure(failure)
    }
}

impl From<GuessRefusal> for SignInFlaw {
    fn from(refusal: GuessRefusal) -> Self {
        Self::Failure(match refusal {
            GuessRefusal::Challenge => SignInFailure::ChallengeUnanswered,
            GuessRefusal::TooMany => SignInFailure::Throttled,
        })
    }
}

impl From<Fault> for SignInFlaw {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<WriteError> for SignInFlaw {
    fn from(error: WriteError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<CrewError> for SignInFlaw {
    fn from(error: CrewError) -> Self {
        Self::Fault(error.into())
    }
}

impl SignInFlaw {
    /// Tells the audit, and says what is said to who tried.
    pub(crate) fn told(self, audit: &AuditTrail, at: AuditParty) -> SignInRefusal {
        match self {
            Self::Failure(why) => {
                audit.note(AuditRecord::SignInFailure { at, why });
                why.into()
            }
            Self::Fault(fault) => fault.into(),
        }
    }
}

/// Begins a session, and ends the one that the browser had; or asks for the second step, where there is to be one.
///
/// # Errors
/// `not-signed-in` where no account has this name and password, a challenge or `too-many-requests` where it was tried too
/// often, or that the hub is busy or cannot write.
pub async fn run(access: &Access, attempt: SignInAttempt) -> Result<SignInOutcome, SignInRefusal> {
    told(access, None, attempt).await
}

/// The same where a house has a directory: whoever has no password here may have one there. Who has one here is not asked for
/// there, so that the house goes on while its directory is away.
///
/// # Errors
/// As of [`run`], and `unavailable` where the directory is away.
pub async fn run_beside_directory(
    access: &Access,
    directory: (&Providers, &Offices),
    attempt: SignInAttempt,
) -> Result<SignInOutcome, SignInRefusal> {
    told(access, Some(directory).filter(|(providers, _)| providers.has_directory()), attempt).await
}

async fn told(
    access: &Access,
    directory: Option<(&Providers, &Offices)>,
    attempt: SignInAttempt,
) -> Result<SignInOutcome, SignInRefusal> {
    let named = access.accounts.with_name(&as_named(&attempt.name));
    let at = named.map_or(AuditParty::Stranger, |account| AuditParty::from(account.as_ref()));
    judge(access, directory, attempt).await.map_err(|unsigned| unsigned.told(&access.audit, at))
}

/// A user name as it is looked for. Who signs in with an address may have a keyboard that begins it with a capital.
fn as_named(typed: &str) -> String {
    let name = typed.trim();
    if name.contains('@') { name.to_lowercase() } else { name.to_owned() }
}

async fn judge(
    access: &Access,
    directory: Option<(&Providers, &Offices)>,
    attempt: SignInAttempt,
) -> Result<SignInOutcome, SignInFlaw> {
    let SignInAttempt { from, name, password, browser, challenge, earlier, way } = attempt;
    let name = &*as_named(&name);
    // A program signs in for staff alone.
    let account = access.accounts.with_name(name).filter(|account| account.is_staff() || way == SessionWay::Page);
    let known = account.as_ref().map(|account| KnownName::Account(account.id));
    let browser = known.and_then(|known| browser.has_signed_in(&access.key, known));
    // Counted now: many who come at once are no more than the limit.
    let guess = access.limits.guess(from, name, GuessProof { browser, challenge })?;
    let open = account.as_ref().filter(|account| !account.disabled);
    let has_password = |account: &Account| account.password.is_some() && access.accounts.judges_here(account);
    let kept = open.filter(|account| has_password(account)).and_then(|account| account.password.clone());
    let is_guess = kept.is_some();
    // A citizen who registers with the name of somebody in the directory keeps nobody out.
    let is_judged_here =
        account.as_ref().is_some_and(|account| account.is_staff() && (account.disabled || has_password(account)));
    let typed = password.clone();
    let judged = hash_of(password, vec![kept]).await;
    if let (Some((providers, offices)), Ok(None), false) = (directory, &judged, is_judged_here) {
        let said = providers.person_of_directory(name, typed.typed()).await;
        return match said {
            Ok(None) => Err(SignInFailure::UnknownName.into()),
            Ok(Some(person)) => {
                guess.give_back();
                of_directory(access, offices, person, (way, earlier)).await
            }
            Err(fault) => {
                // A password that was judged here and was wrong was a guess, whoever is away.
                if !is_guess {
                    guess.give_back();
                }
                tracing::warn!(%fault, "the directory signed nobody in");
                Err(SignInFailure::ProviderAway.into())
            }
        };
    }
    match (account, judged) {
        (Some(account), Ok(Some(_))) => {
            guess.give_back();
            if account.blocked {
                return Err(SignInFailure::BlockedAccount.into());
            }
            if access.sign_in.asks(&account) {
                access.audit.note(AuditRecord::FirstStep(account.as_ref().into()));
                return Ok(SignInOutcome::CodeAsked(StepPass::of(access, &account, None)));
            }
            if access.sign_in.demands(&account) {
                access.audit.note(AuditRecord::FirstStep(account.as_ref().into()));
                return Ok(SignInOutcome::SetUpAsked(StepPass::of(access, &account, None)));
            }
            begin(access, account, (way, SignInWay::Password), earlier).await.map(SignInOutcome::Begun)
        }
        (None, Ok(_)) => Err(SignInFailure::UnknownName.into()),
        (Some(account), Ok(None)) if account.disabled => Err(SignInFailure::ShutAccount.into()),
        (Some(_), Ok(None)) => Err(SignInFailure::WrongPassword.into()),
        (Some(_) | None, Err(error)) => {
            guess.give_back();
            Err(error.into())
        }
    }
}

/// Signs in whom the directory knows.
async fn of_directory(
    access: &Access,
    offices: &Offices,
    person: OuterPerson,
    (at, earlier): (SessionWay, Option<Arc<Session>>),
) -> Result<SignInOutcome, SignInFlaw> {
    match known(access, offices, person, (at, SignInWay::Directory), earlier, false).await {
        Ok(ReturnOutcome::Begun(begun)) => Ok(SignInOutcome::Begun(begun)),
        Ok(ReturnOutcome::CodeAsked(pass)) => Ok(SignInOutcome::CodeAsked(pass)),
        Ok(ReturnOutcome::SetUpAsked(pass)) => Ok(SignInOutcome::SetUpAsked(pass)),
        Ok(ReturnOutcome::Arrived(_) | ReturnOutcome::Connects(_)) => Err(SignInFailure::NobodyHere.into()),
        Err(ProviderRefusal::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(refusal.failure().unwrap_or(SignInFailure::NobodyHere).into()),
    }
}

/// Begins the session of somebody who has shown who they are, and ends the one that the browser had.
pub(crate) async fn begin(
    access: &Access,
    account: Arc<Account>,
    (at, way): (SessionWay, SignInWay),
    earlier: Option<Arc<Session>>,
) -> Result<NewSession, SignInFlaw> {
    begin_through(access, account, (at, way, None), earlier).await
}

/// The same after a second step, where the first may have been a provider's word.
pub(crate) async fn begin_through(
    access: &Access,
    account: Arc<Account>,
    (at, way, provider): (SessionWay, SignInWay, Option<String>),
    earlier: Option<Arc<Session>>,
) -> Result<NewSession, SignInFlaw> {
    let who = AuditParty::from(account.as_ref());
    let ways = (at, way.has_two_steps(), provider);
    let begun = access.accounts.begin_through(&access.writer, account, ways, access.clock.now()).await;
    // Shut, or given another password, while this one was looked at.
    let begun = begun?.ok_or(SignInFailure::ShutAccount)?;
    if let Some(earlier) = earlier {
        access.accounts.sign_out(&access.writer, &earlier).await?;
    }
    access.audit.note(AuditRecord::SignIn { who, way });
    Ok(begun)
}
