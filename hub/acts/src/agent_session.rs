//! The sessions of agents: begun by a password, known by a token, ended by a press.

use access::{AuditParty, AuditRecord};
use chrono::TimeDelta;
use secrets::{draw_token, token_hash};
use store::Agent;
use wire::ProblemCode;

use crate::{fault::Fault, ledger::Ledger};

/// A session lasts for a working day.
pub const AGENT_SESSION_HOURS: i64 = 8;

/// A session that has just begun.
#[derive(Debug)]
pub struct AgentSession {
    /// The agent's number.
    pub agent: u32,
    /// Shown to the browser once.
    pub token: String,
}

/// Begins a session of an agent whose password, as it is kept, was right or was just set.
///
/// # Errors
/// `not-signed-in` where they were shut out or have another password since, or that the hub cannot write.
pub(crate) async fn begin(ledger: &Ledger, agent: u32, password: String) -> Result<AgentSession, Fault> {
    let token = draw_token();
    let (hash, now) = (token_hash(&token), ledger.clock.now());
    let until = now + TimeDelta::hours(AGENT_SESSION_HOURS);
    let begun = ledger.writer.change(move |store| store.add_agent_login(&hash, (agent, &password), now, until));
    if !begun.await? {
        return Err(ProblemCode::NotSignedIn.into());
    }
    Ok(AgentSession { agent, token })
}

/// The agent whose session a token names, if it is still good.
///
/// # Errors
/// That the hub cannot read.
pub async fn agent_behind(ledger: &Ledger, token: &str) -> Result<Option<Agent>, Fault> {
    let (hash, now) = (token_hash(token), ledger.clock.now());
    Ok(ledger.readers.read(move |store| store.agent_of_login(&hash, now)).await?)
}

/// Ends the session that a token names.
///
/// # Errors
/// That the hub cannot write.
pub async fn end(ledger: &Ledger, token: &str) -> Result<(), Fault> {
    let agent = agent_behind(ledger, token).await?;
    let hash = token_hash(token);
    ledger.writer.change(move |store| store.end_agent_login(&hash)).await?;
    if let Some(agent) = agent {
        ledger.audit.note(AuditRecord::SignOut(AuditParty::from(&agent)));
    }
    Ok(())
}
