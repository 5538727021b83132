//! An agent who was invited sets a password, once for each invitation (TRN-08).

use access::{AuditParty, AuditRecord, Password, PasswordFault, hash_beside};
use secrets::{ServerKey, read_invitation};
use store::Agent;

use crate::{
    agent_session::{self, AgentSession},
    fault::Fault,
    ledger::Ledger,
};

/// An agent whose invitation was good when it was looked at.
#[derive(Debug, Clone)]
pub struct Invitee(Agent);

impl Invitee {
    /// The agent.
    pub const fn agent(&self) -> &Agent {
        &self.0
    }
}

/// A new password, typed twice.
#[derive(Debug, Clone)]
pub struct AgentPassword {
    /// The password.
    pub password: Password,
    /// The same once more.
    pub again: Password,
}

/// Why a password is not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgentPasswordRefusal {
    /// It is not such as one may be.
    Password(PasswordFault),
    /// It was typed differently the second time.
    Differs,
    /// The invitation is used, or another took its place.
    Over,
    /// The hub cannot.
    Fault(Fault),
}

impl From<Fault> for AgentPasswordRefusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Who is invited by a link; nobody, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn invitee(ledger: &Ledger, key: &ServerKey, link: &str) -> Result<Option<Invitee>, Fault> {
    let Some(invitation) = read_invitation(key, link) else { return Ok(None) };
    if invitation.expires_at <= ledger.clock.now() {
        return Ok(None);
    }
    let found = ledger.readers.read(move |store| store.agent(invitation.agent)).await?;
    let is_open = |agent: &Agent| {
        !agent.disabled
            && agent.invited_at.timestamp_millis() == invitation.invited_at
            && agent.active_at.is_none_or(|active| active < agent.invited_at)
    };
    Ok(found.filter(is_open).map(Invitee))
}

/// Sets the password, and signs in.
///
/// # Errors
/// [`AgentPasswordRefusal`].
pub async fn run(
    ledger: &Ledger,
    Invitee(agent): Invitee,
    wish: AgentPassword,
) -> Result<AgentSession, AgentPasswordRefusal> {
    let AgentPassword { password, again } = wish;
    password.check().map_err(AgentPasswordRefusal::Password)?;
    if !password.is_alike(&again) {
        return Err(AgentPasswordRefusal::Differs);
    }
    let who = AuditParty::from(&agent);
    let hash = hash_beside(password).await.map_err(Fault::from)?;
    let (now, id, kept) = (ledger.clock.now(), agent.id, hash.clone());
    let set = ledger.writer.change(move |store| store.activate_agent(&agent, &hash, now));
    if !set.await.map_err(Fault::from)? {
        return Err(AgentPasswordRefusal::Over);
    }
    ledger.audit.note(AuditRecord::PasswordChanged { account: who, by: who, is_admin: false });
    let begun = agent_session::begin(ledger, id, kept).await?;
    ledger.audit.note(AuditRecord::SignIn(who));
    Ok(begun)
}
