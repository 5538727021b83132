//! An agent signs in (TRN-07).

use std::net::IpAddr;

use access::{
    Access, AuditParty, AuditRecord, GuessProof, KnownBrowser, KnownName, Password, SignInFailure, SignInWay, hash_of,
};
use people::address_as_kept;
use store::Agent;
use uuid::Uuid;

use crate::{
    agent_session::{self, AgentSession},
    fault::Fault,
    ledger::Ledger,
    sign_in::{SignInFlaw, SignInRefusal},
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
    let wanted = address_as_kept(&attempt.email);
    let found = ledger.readers.read(move |store| store.agents_with(&wanted)).await.map_err(Fault::from)?;
    // An address of agents in several offices is nobody's in particular, until the password says whose.
    let at = match found.as_slice() {
        [only] => AuditParty::from(only),
        _ => AuditParty::Stranger,
    };
    match judge(ledger, access, found, attempt).await {
        Ok((begun, who)) => {
            ledger.audit.note(AuditRecord::SignIn { who, way: SignInWay::Password });
            Ok(begun)
        }
        Err(unsigned) => Err(unsigned.told(&ledger.audit, at)),
    }
}

async fn judge(
    ledger: &Ledger,
    access: &Access,
    found: Vec<Agent>,
    attempt: AgentAttempt,
) -> Result<(AgentSession, AuditParty), SignInFlaw> {
    let AgentAttempt { from, email, password, browser, challenge, earlier } = attempt;
    let email = address_as_kept(&email);
    let (shut, agents): (Vec<Agent>, Vec<Agent>) = found.into_iter().partition(|agent| agent.disabled);
    let browser = agents.iter().find_map(|agent| browser.has_signed_in(&access.key, KnownName::Agent(agent.id)));
    // Counted now: many who come at once are no more than the limit.
    let guess = access.limits.guess(from, &email, GuessProof { browser, challenge })?;
    let kept = agents.iter().map(|agent| agent.password.clone()).collect();
    match hash_of(password, kept).await.map(|nth| nth.and_then(|nth| agents.get(nth))) {
        Ok(Some(agent)) => {
            guess.give_back();
            let password = agent.password.clone().unwrap_or_default();
            let begun = agent_session::begin(ledger, agent.id, password).await?;
            if let Some(earlier) = earlier {
                agent_session::end(ledger, &earlier).await?;
            }
            Ok((begun, AuditParty::from(agent)))
        }
        Ok(None) => Err(match (agents.is_empty(), shut.is_empty()) {
            (false, _) => SignInFailure::WrongPassword,
            (true, false) => SignInFailure::ShutAccount,
            (true, true) => SignInFailure::UnknownName,
        }
        .into()),
        Err(error) => {
            guess.give_back();
            Err(error.into())
        }
    }
}
