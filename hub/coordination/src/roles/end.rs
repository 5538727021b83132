//! Somebody coordinates no more: a unit by the word of a coordinator of the organisation, the organisation by an administrator's.

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use acts::Fault;
use body::{AccountId, Action, ActionPlace, CoordinatorPost, grant};

use super::RoleFlaw;
use crate::conferences::ConferenceRoom;

/// Ends it; who coordinates it no more stays so.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    access: &Access,
    session: &Session,
    (post, of): (CoordinatorPost, AccountId),
) -> Result<Result<(), RoleFlaw>, Fault> {
    let by = AccountId(session.account.id);
    let ended = room
        .change(move |store, _, now| {
            let action = match post {
                CoordinatorPost::Organisation => Action::DecideOrganisationCoordinators,
                CoordinatorPost::Unit(_) => Action::AppointUnitCoordinators,
            };
            if !grant::may(&store.grants_of(by)?, action, &ActionPlace::BODY) {
                return Ok(Err(RoleFlaw::NotAllowed));
            }
            let Some(grant) = post.grant() else { return Ok(Err(RoleFlaw::UnknownUnit)) };
            if !store.grants_of(of)?.contains(&grant) {
                return Ok(Ok(false));
            }
            store.take_grant(of, grant, now).map(Ok)
        })
        .await?;
    match ended {
        Ok(was_taken) => {
            if let Some(account) = access.accounts.with_number(of.0).filter(|_| was_taken) {
                let change = AccountChange::by(&account, AuditParty::from(session.account.as_ref()));
                access.audit.note(AuditRecord::RoleTaken(change));
            }
            Ok(Ok(()))
        }
        Err(flaw) => Ok(Err(flaw)),
    }
}
