//! Maintenance, during which nobody confers (PRE-06): an administrator announces a window and ends it, and coordinators see it.

use acts::Fault;
use body::{
    AccountId, Action, ActionPlace, Doer, MaintenanceId, MaintenanceWindow, UpkeepCommand, UpkeepContext,
    UpkeepRefusal, conference::upkeep, grant,
};
use office::calendar::{instant_from, instant_to};
use text::Dates;
use wire::ProblemCode;

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
        let (grants, announced) = (store.grants_of(by)?, store.announced_windows()?);
        let touched = match &command {
            UpkeepCommand::Announce { window, .. } => {
                let (from, until) = (instant_from(body.zone, window.from), instant_to(body.zone, window.to));
                let others = store.occupied(from, until)?;
                others.iter().filter(|one| one.from < until && from < one.until).count()
            }
            UpkeepCommand::End { .. } => 0,
        };
        let touched = u32::try_from(touched).unwrap_or(u32::MAX);
        let context = UpkeepContext { by: Doer::Account(by), now, grants: &grants, zone: body.zone, touched };
        match upkeep::decide(&announced, &command, &context) {
            Ok(events) => store.keep_upkeep(&events).map(Ok),
            Err(refusal) => Ok(Err(MaintenanceFlaw::Rule(refusal))),
        }
    })
    .await
}
