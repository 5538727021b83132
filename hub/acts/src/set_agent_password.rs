//! An agent who was invited sets a password, once for each invitation (TRN-08).

use access::{AccountChange, AuditParty, AuditRecord, SignInWay, hash_beside};
use secrets::{ServerKey, read_invitation};
use store::Agent;
use writer::Offices;

use crate::{
    accounts::{NewPasswordRefusal, context},
    agent_session::{self, AgentSession},
    fault::Fault,
    ledger::Ledger,
    set_new_password::TwicePassword,
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

/// Who is invited by a link; nobody, if it is good no longer. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn invitee(ledger: &Ledger, key: &ServerKey, link: &str) -> Result<Option<Invitee>, Fault> {
    let Some(invitation) = read_invitation(key, link) else { return Ok(None) };
    if invitation.expires_at <= ledger.clock.now() {
        return Ok(None);
    }
    let found = ledger.readers.read(move |store| store.agent_invited(invitation.agent, invitation.invited_at)).await?;
    let is_open = |agent: &Agent| !agent.disabled && agent.active_at.is_none_or(|active| active < agent.invited_at);
    Ok(found.filter(is_open).map(Invitee))
}

/// Sets the password, and signs in.
///
/// # Errors
/// [`NewPasswordRefusal`].
pub async fn run(
    ledger: &Ledger,
    offices: &Offices,
    Invitee(agent): Invitee,
    wish: TwicePassword,
) -> Result<AgentSession, NewPasswordRefusal> {
    let (who, change) = (AuditParty::from(&agent), AccountChange::of_agent(&agent));
    let checked = wish.checked(&context(offices, &[&agent.name, &agent.email]))?;
    let hash = hash_beside(checked).await?;
    let (now, id, kept) = (ledger.clock.now(), agent.id, hash.clone());
    let set = ledger.writer.change(move |store| store.activate_agent(&agent, &hash, now));
    if !set.await? {
        return Err(NewPasswordRefusal::Over);
    }
    ledger.audit.note(AuditRecord::PasswordChanged(change));
    let begun = agent_session::begin(ledger, id, kept).await?;
    ledger.audit.note(AuditRecord::SignIn { who, way: SignInWay::Password });
    Ok(begun)
}
