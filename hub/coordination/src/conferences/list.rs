//! The conferences that a coordinator planned or oversees, and what they may plan.

use acts::Fault;
use body::{AccountId, Action, ActionPlace, Grant, MaintenanceWindow, UnitId, conference::may_plan, grant};
use office::{Words, calendar::instant_to};
use store::{ConferenceQuestion, ConferenceRow, ConferenceWords};

use super::{ConferenceFlaw, ConferenceRoom};

/// Conferences of one list, at most: a page is read by somebody.
pub const CONFERENCES_SHOWN_MAX: u32 = 200;
/// So many addresses of before are offered.
const BEFORE_MAX: u32 = 100;

/// What a coordinator may do, and for whom.
#[derive(Debug, Clone, Default)]
pub struct CoordinatorDesk {
    /// Everything that they were granted, from which the rest follows.
    pub grants: Vec<Grant>,
    /// Whether they coordinate the whole organisation.
    pub of_organisation: bool,
    /// The units for which they plan.
    pub units: Vec<(UnitId, Words)>,
    /// Every unit that there is.
    pub all_units: Vec<(UnitId, Words)>,
    /// When nobody confers: windows of maintenance that are or will be, the first of them first.
    pub maintenance: Vec<MaintenanceWindow>,
}

impl CoordinatorDesk {
    /// Whether they coordinate anything.
    #[must_use]
    pub const fn is_coordinator(&self) -> bool {
        self.of_organisation || !self.units.is_empty()
    }

    /// What a unit is called.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Words> {
        self.all_units.iter().find(|(unit, _)| *unit == id).map(|(_, name)| name)
    }
}

/// What somebody may do.
///
/// # Errors
/// That the hub cannot read.
pub async fn desk(room: ConferenceRoom<'_>, by: AccountId) -> Result<CoordinatorDesk, Fault> {
    let (body, now) = (std::sync::Arc::clone(room.body), room.ledger.clock.now());
    let read = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        let made = store.made_units()?;
        let all_units: Vec<(UnitId, Words)> = made.all(&body).map(|(id, name)| (id, name.clone())).collect();
        let of_organisation = grant::may(&grants, Action::CreateConferences, &ActionPlace::BODY);
        let units = all_units.iter().filter(|(id, _)| may_plan(&grants, Some(*id))).cloned().collect();
        let of_file = body.conferences.iter().flat_map(|rules| &rules.maintenance);
        let announced = store.announced_windows()?;
        let all = of_file.chain(announced.iter().map(|(_, window)| window));
        let mut maintenance: Vec<MaintenanceWindow> =
            all.filter(|window| now < instant_to(body.zone, window.to)).cloned().collect();
        maintenance.sort_by_key(|window| window.from);
        Ok(CoordinatorDesk { grants, of_organisation, units, all_units, maintenance })
    });
    Ok(read.await?)
}

/// The conferences that are or will be, or past ones: with what was written of each.
///
/// # Errors
/// That the hub cannot read.
pub async fn run(
    room: ConferenceRoom<'_>,
    by: AccountId,
    past: bool,
) -> Result<Result<Vec<(ConferenceRow, ConferenceWords)>, ConferenceFlaw>, Fault> {
    if room.body.conferences.is_none() {
        return Ok(Err(ConferenceFlaw::NotHeld));
    }
    let now = room.ledger.clock.now();
    let listed = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        if grant::scopes_of(&grants, Action::CreateConferences).next().is_none() {
            return Ok(Err(ConferenceFlaw::NoCoordinator));
        }
        let scopes = grant::scopes_of(&grants, Action::TakePartInConferences).collect();
        let question = ConferenceQuestion { coordinator: by, scopes, after: now, past, most: CONFERENCES_SHOWN_MAX };
        let rows = store.conference_list(&question)?;
        let worded = |row: ConferenceRow| Ok((store.conference_words(row.conference.words)?, row));
        let rows: store::Stored<Vec<_>> = rows.into_iter().map(worded).collect();
        Ok(Ok(rows?.into_iter().map(|(words, row)| (row, words)).collect()))
    });
    Ok(listed.await?)
}

/// Addresses that a coordinator invited before; the look is the caller's to keep.
///
/// # Errors
/// That the hub cannot read.
pub async fn invited_before(room: ConferenceRoom<'_>, by: AccountId) -> Result<Vec<String>, Fault> {
    Ok(room.ledger.readers.read(move |store| store.invited_before(by, BEFORE_MAX)).await?)
}
