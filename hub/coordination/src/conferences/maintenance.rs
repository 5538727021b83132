//! Maintenance, during which nobody confers (PRE-06): an administrator announces a window and ends it, and coordinators see it.

use std::collections::BTreeSet;

use acts::{Fault, citizens::tell};
use body::{
    AccountId, Action, ActionPlace, Doer, MaintenanceId, MaintenanceWindow, OccupiedSpan, UpkeepCommand, UpkeepContext,
    UpkeepRefusal, conference::upkeep, grant,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use office::calendar::{instant_from, instant_to};
use store::{Store, Stored};
use text::Dates;
use wire::ProblemCode;
use writer::MemberNews;

use super::{ConferenceFlaw, ConferenceRoom};

/// The windows that are or will be.
#[derive(Debug, Clone, Default)]
pub struct MaintenanceView {
    /// Those of the body's file, which nobody ends here.
    pub of_file: Vec<MaintenanceWindow>,
    /// Those that were announced.
    pub announced: Vec<(MaintenanceId, MaintenanceWindow)>,
}

/// Why nothing follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaintenanceFlaw {
    /// This body holds no conferences.
    NotHeld,
    /// A day or an hour is none.
    BadTime,
    /// The rules say no.
    Rule(UpkeepRefusal),
}

impl MaintenanceFlaw {
    /// In words.
    #[must_use]
    pub fn said(self, dates: Dates) -> String {
        let voice = dates.voice;
        match self {
            Self::NotHeld => ConferenceFlaw::NotHeld.said(dates),
            Self::BadTime | Self::Rule(UpkeepRefusal::BadTimes) => voice.say("maintenance-time-wrong"),
            Self::Rule(UpkeepRefusal::NotAllowed) => voice.say("maintenance-only-admin"),
            Self::Rule(UpkeepRefusal::ReasonMissing) => voice.say("maintenance-reason-missing"),
            Self::Rule(UpkeepRefusal::ReasonTooLong) => voice.say("role-too-long"),
            Self::Rule(UpkeepRefusal::InPast) => voice.say("maintenance-past"),
            Self::Rule(UpkeepRefusal::TooLong { days }) => {
                voice.with("maintenance-too-long", "days", days.unsigned_abs())
            }
            Self::Rule(UpkeepRefusal::Touches { conferences }) => voice.count("maintenance-touches", conferences),
            Self::Rule(UpkeepRefusal::TooMany) => voice.say("maintenance-too-many"),
            Self::Rule(UpkeepRefusal::Unknown) => voice.say("maintenance-unknown"),
        }
    }

    /// As a door says it that has no form to say it on.
    #[must_use]
    pub fn fault(self, dates: Dates) -> Fault {
        let code = match self {
            Self::NotHeld | Self::Rule(UpkeepRefusal::Unknown) => ProblemCode::NotFound,
            Self::Rule(UpkeepRefusal::NotAllowed) => ProblemCode::NotAllowed,
            Self::BadTime
            | Self::Rule(
                UpkeepRefusal::ReasonMissing
                | UpkeepRefusal::ReasonTooLong
                | UpkeepRefusal::BadTimes
                | UpkeepRefusal::InPast
                | UpkeepRefusal::TooLong { .. }
                | UpkeepRefusal::Touches { .. }
                | UpkeepRefusal::TooMany,
            ) => ProblemCode::Malformed,
        };
        Fault { words: Some(text::both(|voice| self.said(Dates { voice, ..dates }))), ..code.into() }
    }
}

/// Shows them to an administrator of the body.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(room: ConferenceRoom<'_>, by: AccountId) -> Result<Result<MaintenanceView, MaintenanceFlaw>, Fault> {
    let Some(rules) = &room.body.conferences else { return Ok(Err(MaintenanceFlaw::NotHeld)) };
    let (zone, now) = (room.body.zone, room.ledger.clock.now());
    let of_file = rules.maintenance.iter().filter(|window| now < instant_to(zone, window.to)).cloned().collect();
    let read = room.ledger.readers.read(move |store| {
        if !grant::may(&store.grants_of(by)?, Action::SetUpBody, &ActionPlace::BODY) {
            return Ok(Err(MaintenanceFlaw::Rule(UpkeepRefusal::NotAllowed)));
        }
        let announced = store.announced_windows()?;
        let announced = announced.ahead(zone, now).map(|(id, window)| (id, window.clone())).collect();
        Ok(Ok(MaintenanceView { of_file, announced }))
    });
    Ok(read.await?)
}

/// Announces a window, or ends one.
///
/// # Errors
/// That the hub cannot write.
pub async fn press(
    room: ConferenceRoom<'_>,
    by: AccountId,
    command: UpkeepCommand,
) -> Result<Result<(), MaintenanceFlaw>, Fault> {
    room.change(move |store, body, now| {
        if body.conferences.is_none() {
            return Ok(Err(MaintenanceFlaw::NotHeld));
        }
        let (zone, grants, announced) = (body.zone, store.grants_of(by)?, store.announced_windows()?);
        let window = match &command {
            UpkeepCommand::Announce { window, .. } => Some(window),
            UpkeepCommand::End { .. } => None,
        };
        let in_way = window.map(|window| in_way(store, zone, window)).transpose()?.unwrap_or_default();
        let touched = u32::try_from(in_way.len()).unwrap_or(u32::MAX);
        let context = UpkeepContext { by: Doer::Account(by), now, grants: &grants, zone, touched };
        let events = match upkeep::decide(&announced, &command, &context) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(MaintenanceFlaw::Rule(refusal))),
        };
        store.keep_upkeep(&events)?;
        if let Some(window) = window.filter(|_| !events.is_empty()) {
            tell_planners(store, zone, (window, &in_way), now)?;
        }
        Ok(Ok(()))
    })
    .await
}

/// The conferences in which people can be while a window lasts.
fn in_way(store: &Store, zone: Tz, window: &MaintenanceWindow) -> Stored<Vec<OccupiedSpan>> {
    let (from, until) = (instant_from(zone, window.from), instant_to(zone, window.to));
    let all = store.occupied(from, until)?;
    Ok(all.into_iter().filter(|one| one.from < until && from < one.until).collect())
}

/// Tells who planned them, each once.
fn tell_planners(
    store: &Store,
    zone: Tz,
    (window, in_way): (&MaintenanceWindow, &[OccupiedSpan]),
    now: DateTime<Utc>,
) -> Stored<()> {
    let Some((office, _)) = store.offices()?.into_iter().next() else { return Ok(()) };
    let mut planners = BTreeSet::new();
    for one in in_way {
        planners.extend(store.conference_numbered(one.conference)?.map(|row| row.conference.coordinator));
    }
    let news = MemberNews::Maintenance {
        from: instant_from(zone, window.from),
        until: instant_to(zone, window.to),
        because: window.because.clone(),
    };
    planners.into_iter().try_for_each(|account| tell::run(store, (office, account.0), news.clone(), now))
}
