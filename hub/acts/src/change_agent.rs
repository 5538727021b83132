//! An administrator invites an agent once more, or shuts one out (TRN-08).

use access::{AuditParty, AuditRecord, Session};
use store::Agent;
use tokio::sync::Notify;
use wire::ProblemCode;

use crate::{fault::Fault, invite_agent::letter, ledger::Ledger};

/// What becomes of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentChange {
    /// A new mail to agree with, for who lost the one before, which is good no longer; until then they book for nobody.
    InviteAgain {
        /// The language of the mail.
        language: office::Language,
    },
    /// They book for nobody any more, at once. What was booked stands, and so does their account, which is theirs. One who is out
    /// already stays so.
    ShutOut,
}

/// Changes it.
///
/// # Errors
/// `not-allowed` for who is no administrator, `not-found`, also for an agent of an office that is not theirs, or that the hub
/// cannot write.
pub async fn run(
    ledger: &Ledger,
    mail: &Notify,
    admin: &Session,
    agent: u32,
    change: AgentChange,
) -> Result<(), Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let (scope, now) = (admin.scope(), ledger.clock.now());
    let found = ledger.readers.read(move |store| store.agent(scope, agent)).await?;
    let Agent { id, office, disabled, email, .. } = found.ok_or(ProblemCode::NotFound)?;
    if disabled && change == AgentChange::ShutOut {
        return Ok(());
    }
    let changed = ledger.writer.change(move |store| match change {
        AgentChange::InviteAgain { language } => {
            let invited = store.invite_agent_again(scope, id, now)?;
            if invited {
                store.post(office, &letter(store, (id, &email), now, language)?, now, now)?;
            }
            Ok(Some(invited))
        }
        // Two at once: the second finds them out.
        AgentChange::ShutOut => match store.agent(scope, id)? {
            Some(agent) if agent.disabled => Ok(None),
            Some(_) | None => store.disable_agent(scope, id, now).map(Some),
        },
    });
    match changed.await? {
        Some(true) => {}
        Some(false) => return Err(ProblemCode::NotFound.into()),
        None => return Ok(()),
    }
    let (agent, by) = (AuditParty::Agent { id, office }, AuditParty::from(admin.account.as_ref()));
    match change {
        AgentChange::InviteAgain { .. } => {
            mail.notify_one();
            ledger.audit.note(AuditRecord::AgentInvited { agent, by });
        }
        AgentChange::ShutOut => ledger.audit.note(AuditRecord::AgentShut { agent, by }),
    }
    Ok(())
}
