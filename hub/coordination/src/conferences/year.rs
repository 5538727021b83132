//! The figures of a year, for the coordinator of the organisation and for those of units (PRE-09): month by month, and how much of
//! the capacity was in use.

use acts::Fault;
use body::{
    AccountId, Action, ActionPlace, GrantScope, UnitId,
    conference::{MonthFigures, year},
    grant,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use office::{Words, calendar::instant_from};

use super::{ConferenceFlaw, ConferenceRoom};

/// No year before is asked for: no journal is older.
const YEAR_MIN: i32 = 2020;

/// A year's figures.
#[derive(Debug, Clone)]
pub struct YearView {
    /// The year of the calendar that was asked for.
    pub year: i32,
    /// The year that runs.
    pub this_year: i32,
    /// So many rooms there are at the same time.
    pub rooms: u16,
    /// Of each unit that may be seen, the whole organisation first: what it is called, and its months.
    pub parts: Vec<(YearPart, [MonthFigures; 12])>,
}

/// Of what figures are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearPart {
    /// Everything, all units included.
    InAll,
    /// What was planned for no unit.
    Organisation,
    /// What was planned for a unit.
    Unit(Words),
}

/// Reads them: of the whole organisation for who oversees it, else of one's own units.
///
/// # Errors
/// That the hub cannot read.
pub async fn run(
    room: ConferenceRoom<'_>,
    by: AccountId,
    asked: Option<i32>,
) -> Result<Result<YearView, ConferenceFlaw>, Fault> {
    let Some(rules) = &room.body.conferences else { return Ok(Err(ConferenceFlaw::NotHeld)) };
    let (body, rooms, now) = (std::sync::Arc::clone(room.body), rules.rooms, room.ledger.clock.now());
    let this_year = now.with_timezone(&body.zone).year();
    let wanted = asked.unwrap_or(this_year).clamp(YEAR_MIN, this_year);
    let begins = |year: i32| -> DateTime<Utc> {
        let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        instant_from(body.zone, day.and_time(NaiveTime::MIN))
    };
    let (from, until) = (begins(wanted), begins(wanted + 1).min(now));
    let zone = body.zone;
    let read = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        if grant::scopes_of(&grants, Action::CreateConferences).next().is_none() {
            return Ok(Err(ConferenceFlaw::NoCoordinator));
        }
        let oversees = grant::may(&grants, Action::ManageConferences, &ActionPlace::BODY);
        let own = |unit: UnitId| {
            let scopes = grant::scopes_of(&grants, Action::CreateConferences);
            oversees || scopes.into_iter().any(|scope| scope == GrantScope::Unit(unit))
        };
        let held = store.conferences_held(from, until)?;
        let units = store.made_units()?;
        let mut parts = Vec::new();
        if oversees {
            parts.push((YearPart::InAll, year(&held, zone, wanted, None)));
            parts.push((YearPart::Organisation, year(&held, zone, wanted, Some(None))));
        }
        for (id, name) in units.all(&body).filter(|(id, _)| own(*id)) {
            parts.push((YearPart::Unit(name.clone()), year(&held, zone, wanted, Some(Some(id)))));
        }
        Ok(Ok(YearView { year: wanted, this_year, rooms, parts }))
    });
    Ok(read.await?)
}
