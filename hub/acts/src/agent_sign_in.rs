//! An agent signs in (TRN-07).

use std::net::IpAddr;

use access::{Limits, Password, hash_of};
use wire::ProblemCode;

use crate::{
    agent_session::{self, AgentSession},
    fault::Fault,
    ledger::Ledger,
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
}

/// Begins a session. An address may be that of an agent in several offices; the password says in which.
///
/// # Errors
/// `not-signed-in` where no agent has this address and password, `too-many-requests` where it was tried too often, or that
/// the hub cannot read or write.
pub async fn run(ledger: &Ledger, limits: &Limits, attempt: AgentAttempt) -> Result<AgentSession, Fault> {
    let AgentAttempt { from, email, password } = attempt;
    let email = email.trim().to_lowercase();
    if !limits.login_may(from, &email) {
        return Err(ProblemCode::TooManyRequests.into());
    }
    let wanted = email.clone();
    let agents = ledger.readers.read(move |store| store.agents_with(&wanted)).await?;
    let kept = agents.iter().map(|agent| agent.password.clone()).collect();
    match hash_of(password, kept).await.and_then(|nth| agents.get(nth)) {
        Some(agent) => agent_session::begin(ledger, agent.id).await,
        None => {
            limits.login_failed(from, &email);
            Err(ProblemCode::NotSignedIn.into())
        }
    }
}
