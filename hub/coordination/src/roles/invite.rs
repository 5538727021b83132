//! A coordinator of the organisation invites somebody to coordinate a unit (PRE-06): no request is needed then.

use acts::Fault;
use body::{AccountId, Action, ActionPlace, UnitId, grant};
use chrono::TimeDelta;
use office::Language;
use people::address;
use secrets::draw_id;
use store::{OutboxEntry, UnitInvitation};
use uuid::Uuid;
use writer::{COORDINATOR, CoordinatorMail};

use super::RoleFlaw;
use crate::conferences::ConferenceRoom;

/// An invitation is good for so long.
pub const UNIT_INVITATION_DAYS: i64 = 14;
/// So many wait at the same time, at most.
const WAITING_MAX: u32 = 500;

/// Invites somebody, in the place of an earlier invitation of the same address.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    by: AccountId,
    (unit, typed): (UnitId, String),
    language: Language,
) -> Result<Result<(), RoleFlaw>, Fault> {
    room.change(move |store, body, now| {
        if !grant::may(&store.grants_of(by)?, Action::AppointUnitCoordinators, &ActionPlace::BODY) {
            return Ok(Err(RoleFlaw::NotAllowed));
        }
        if store.made_units()?.name(body, unit).is_none() {
            return Ok(Err(RoleFlaw::UnknownUnit));
        }
        let Ok(email) = address(&typed) else { return Ok(Err(RoleFlaw::AddressWrong)) };
        if store.unit_invitations(now, WAITING_MAX)?.len() >= WAITING_MAX as usize {
            return Ok(Err(RoleFlaw::TooMany));
        }
        let (id, expires_at) = (draw_id(), now + TimeDelta::days(UNIT_INVITATION_DAYS));
        store.put_unit_invitation(&UnitInvitation { id, unit, email, language, by, expires_at }, now)?;
        if let Some((office, _)) = store.offices()?.into_iter().next() {
            let about = serde_json::to_string(&CoordinatorMail { invitation: id }).unwrap_or_default();
            store.post(office, &OutboxEntry { seq: None, kind: COORDINATOR.to_owned(), about }, now, now)?;
        }
        Ok(Ok(()))
    })
    .await
}

/// Takes an invitation back that was not used yet.
///
/// # Errors
/// That the hub cannot write.
pub async fn take_back(
    room: ConferenceRoom<'_>,
    by: AccountId,
    invitation: Uuid,
) -> Result<Result<(), RoleFlaw>, Fault> {
    room.change(move |store, _, _| {
        if !grant::may(&store.grants_of(by)?, Action::AppointUnitCoordinators, &ActionPlace::BODY) {
            return Ok(Err(RoleFlaw::NotAllowed));
        }
        store.drop_unit_invitation(invitation).map(|_| Ok(()))
    })
    .await
}
