//! A coordinator of the organisation makes a unit (PRE-06), and sees who coordinates which.

use acts::Fault;
use body::{AccountId, Action, ActionPlace, Doer, UnitContext, UnitId, grant, units};
use office::Words;
use store::UnitInvitation;

use super::RoleFlaw;
use crate::conferences::ConferenceRoom;

/// So many coordinators and invitations are shown.
const SHOWN_MAX: u32 = 500;

/// The units, who coordinates them, and who is invited to.
#[derive(Debug, Clone, Default)]
pub struct UnitsView {
    /// Every unit, and whether it was made here.
    pub units: Vec<(UnitId, Words, bool)>,
    /// Who coordinates: unit, account, user name.
    pub coordinators: Vec<(UnitId, AccountId, String)>,
    /// Invitations that wait.
    pub invitations: Vec<UnitInvitation>,
}

/// Makes a unit.
///
/// # Errors
/// That the hub cannot write.
pub async fn make(room: ConferenceRoom<'_>, by: AccountId, name: Words) -> Result<Result<(), RoleFlaw>, Fault> {
    room.change(move |store, body, now| {
        if body.conferences.is_none() {
            return Ok(Err(RoleFlaw::NotHeld));
        }
        let grants = store.grants_of(by)?;
        let context = UnitContext { by: Doer::Account(by), now, grants: &grants, config: body };
        match units::decide(&store.made_units()?, &name, &context) {
            Ok(events) => store.keep_units(&events).map(Ok),
            Err(refusal) => Ok(Err(RoleFlaw::Unit(refusal))),
        }
    })
    .await
}

/// Shows them to a coordinator of the organisation.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(room: ConferenceRoom<'_>, by: AccountId) -> Result<Result<UnitsView, RoleFlaw>, Fault> {
    if room.body.conferences.is_none() {
        return Ok(Err(RoleFlaw::NotHeld));
    }
    let (body, now) = (std::sync::Arc::clone(room.body), room.ledger.clock.now());
    let read = room.ledger.readers.read(move |store| {
        if !grant::may(&store.grants_of(by)?, Action::AppointUnitCoordinators, &ActionPlace::BODY) {
            return Ok(Err(RoleFlaw::NotAllowed));
        }
        let made = store.made_units()?;
        let units = made.all(&body).map(|(id, name)| (id, name.clone(), !body.units.contains_key(&id)));
        Ok(Ok(UnitsView {
            units: units.collect(),
            coordinators: store.unit_coordinators(SHOWN_MAX)?,
            invitations: store.unit_invitations(now, SHOWN_MAX)?,
        }))
    });
    Ok(read.await?)
}
