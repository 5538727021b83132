//! An agent signs in (TRN-07).

use std::net::IpAddr;

use access::{Access, GuessProof, KnownBrowser, KnownName, Password, hash_of};
use secrets::LinkOwner;
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    account_record::{AccountEvent, AccountRecord, SignInFailure, SignInWay},
    agent_session::{self, AgentSession},
    fault::Fault,
    ledger::Ledger,
    sign_in::SignInRefusal,
};

/// An address and a password, as they were typed.
#[derive(Debug, Clone)]
pub struct AgentAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// The agent's e-mail address.
    pub email: String,
    /// The password.
    pub password: Password,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// A challenge that was solved for this attempt.
    pub challenge: Option<Uuid>,
    /// The token of the session that was there until now; a browser has one.
    pub earlier: Option<String>,
}

/// Begins a session, and ends the one that the browser had. An address may be that of an agent in several offices; the password says in which.
///
/// # Errors
/// `not-signed-in` where no agent has this address and password, a challenge or `too-many-requests` where it was tried too
/// often, or that the hub is busy or cannot read or write.
pub async fn run(ledger: &Ledger, access: &Access, attempt: AgentAttempt) -> Result<AgentSession, SignInRefusal> {
    let AgentAttempt { from, email, password, browser, challenge, earlier } = attempt;
    let email = email.trim().to_lowercase();
    let wanted = email.clone();
    let agents = ledger.readers.read(move |store| store.agents_with(&wanted)).await.map_err(Fault::from)?;
    let browser = agents.iter().find_map(|agent| browser.has_signed_in(&access.key, KnownName::Agent(agent.id)));
    // Counted now: many who come at once are no more than the limit.
    let owner = agents.first().map(|agent| LinkOwner::Agent(agent.id));
    let refused = |why| AccountRecord { event: AccountEvent::Refused(why), owner, by: None }.note();
    let guess = access.limits.guess(from, &email, GuessProof { browser, challenge });
    let guess = guess.inspect_err(|_| refused(SignInFailure::TooOften))?;
    let kept = agents.iter().map(|agent| agent.password.clone()).collect();
    match hash_of(password, kept).await.map(|nth| nth.and_then(|nth| agents.get(nth))) {
        Ok(Some(agent)) => {
            guess.give_back();
            let password = agent.password.clone().unwrap_or_default();
            let begun = agent_session::begin(ledger, agent.id, password).await?;
            if let Some(earlier) = earlier {
                agent_session::end(ledger, &earlier).await?;
            }
            let owner = LinkOwner::Agent(begun.agent);
            AccountRecord::own(owner, AccountEvent::SignedIn(SignInWay::Password)).note();
            Ok(begun)
        }
        Ok(None) => {
            refused(SignInFailure::Password);
            Err(Fault::from(ProblemCode::NotSignedIn).into())
        }
        Err(error) => {
            guess.give_back();
            let fault = Fault::from(error);
            refused(SignInFailure::Other(fault.code));
            Err(fault.into())
        }
    }
}
