//! Somebody who was invited to coordinate a unit becomes its coordinator (PRE-06): signed in, with the address that was invited.

use access::{Access, AccountChange, AuditRecord, Session};
use acts::Fault;
use body::{AccountId, CoordinatorPost};
use office::Words;
use uuid::Uuid;

use super::RoleFlaw;
use crate::conferences::ConferenceRoom;

/// What the unit of an invitation is called; nothing, where it was used, taken back, or has run out.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(room: ConferenceRoom<'_>, invitation: Uuid) -> Result<Option<Words>, Fault> {
    let (body, now) = (std::sync::Arc::clone(room.body), room.ledger.clock.now());
    let read = room.ledger.readers.read(move |store| {
        let Some(found) = store.unit_invitation(invitation, now)? else { return Ok(None) };
        Ok(store.made_units()?.name(&body, found.unit).cloned())
    });
    Ok(read.await?)
}

/// Makes them the coordinator.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    access: &Access,
    session: &Session,
    invitation: Uuid,
) -> Result<Result<(), RoleFlaw>, Fault> {
    let of = AccountId(session.account.id);
    let accepted = room
        .change(move |store, _, now| {
            let Some(found) = store.unit_invitation(invitation, now)? else {
                return Ok(Err(RoleFlaw::InvitationOver));
            };
            let account = store.account(of.0)?;
            let is_theirs = account.filter(|account| account.email_proven).and_then(|account| account.email);
            if is_theirs.is_none_or(|email| !email.eq_ignore_ascii_case(&found.email)) {
                return Ok(Err(RoleFlaw::OtherAddress));
            }
            let Some(grant) = CoordinatorPost::Unit(found.unit).grant() else { return Ok(Err(RoleFlaw::UnknownUnit)) };
            store.give_grant(of, grant, Some(found.by), now)?;
            store.drop_unit_invitation(invitation)?;
            Ok(Ok(()))
        })
        .await?;
    if accepted.is_ok() {
        access.audit.note(AuditRecord::RoleGiven(AccountChange::own(&session.account)));
    }
    Ok(accepted)
}
