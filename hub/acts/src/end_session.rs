//! Somebody ends a session of their own, e.g. one that was left open on a machine of others.

use access::{Access, AuditParty, AuditRecord, Session};
use wire::ProblemCode;

use crate::fault::Fault;

/// Ends the session with this mark, of the account that is signed in.
///
/// # Errors
/// `not-found` for one that is over or somebody else's, or that the hub cannot write.
pub async fn run(access: &Access, session: &Session, mark: &str) -> Result<(), Fault> {
    let own = access.accounts.sessions_of(session.account.id, access.clock.now());
    let found = own.into_iter().find(|one| one.mark() == mark).ok_or(ProblemCode::NotFound)?;
    access.accounts.sign_out(&access.writer, &found).await?;
    let party = AuditParty::from(session.account.as_ref());
    access.audit.note(AuditRecord::SessionsEnded { of: party, by: party });
    Ok(())
}
