//! Windows of maintenance that an administrator announces while the hub runs, beside those of the body's file.
//!
//! They stand in the body's journal, so that no start loses one. One that was ended, or that has passed, stands in nobody's way.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use office::{
    Words,
    calendar::{instant_from, instant_to},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Action, ActionPlace, Doer, Grant, MaintenanceId, grant};

/// So many windows lie ahead at most: they stand in one list.
pub const ANNOUNCED_MAX: usize = 100;
/// So many are announced in all: each is kept for ever.
pub const ANNOUNCEMENTS_MAX: u32 = 5_000;
/// One takes so many days at most.
pub const MAINTENANCE_DAYS_MAX: i64 = 31;
/// What is said of one has so many characters.
pub const MAINTENANCE_REASON_MAX: usize = 300;

/// A time at which nobody confers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    /// From then, by the body's clock.
    pub from: NaiveDateTime,
    /// Until then.
    pub to: NaiveDateTime,
    /// What is said to whoever wants to plan in it.
    pub because: Words,
}

/// The windows that were announced and not ended, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnnouncedWindows {
    windows: BTreeMap<MaintenanceId, MaintenanceWindow>,
    last: u32,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpkeepCommand {
    /// Nobody confers in a window.
    Announce {
        /// From when until when, and why.
        window: MaintenanceWindow,
        /// Whether it is also where conferences are planned in it.
        is_sure: bool,
    },
    /// A window is over before its time, or will not be.
    End {
        /// By its number.
        maintenance: MaintenanceId,
    },
}

/// Something that happened to maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpkeepEvent {
    /// When it was pressed.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: UpkeepStep,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpkeepStep {
    /// Nobody confers in a window.
    MaintenanceAnnounced {
        /// The number that it got.
        maintenance: MaintenanceId,
        /// From when until when, and why: the body's words, and nobody's own.
        window: MaintenanceWindow,
    },
    /// They do again.
    MaintenanceEnded {
        /// By its number.
        maintenance: MaintenanceId,
    },
}

/// What is known beside the windows when something is asked.
#[derive(Debug, Clone, Copy)]
pub struct UpkeepContext<'a> {
    /// Who asks.
    pub by: Doer,
    /// The time, as an argument.
    pub now: DateTime<Utc>,
    /// What they may do.
    pub grants: &'a [Grant],
    /// By which clock windows are.
    pub zone: Tz,
    /// In how many conferences people would be in the window that is asked for.
    pub touched: u32,
}

/// Why nothing follows. No text: pages make the words, in Greek and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpkeepRefusal {
    /// Administrators of the body announce maintenance, and nobody else.
    #[error("only an administrator of the body announces maintenance")]
    NotAllowed,
    /// Coordinators are told why, in both languages.
    #[error("a reason in both languages is needed")]
    ReasonMissing,
    /// The reason is longer than can be kept.
    #[error("the reason is too long")]
    ReasonTooLong,
    /// It ends before it begins, or at once.
    #[error("it ends before it begins")]
    BadTimes,
    /// It is over already.
    #[error("it would be over already")]
    InPast,
    /// It takes longer than any maintenance.
    #[error("it takes longer than {days} days")]
    TooLong {
        /// At most so many.
        days: i64,
    },
    /// Conferences are planned in it, and nobody said that it is so all the same.
    #[error("{conferences} conferences are planned then")]
    Touches {
        /// So many.
        conferences: u32,
    },
    /// There are as many as stand in one list, or as were ever announced.
    #[error("there are too many windows")]
    TooMany,
    /// There is none of this number.
    #[error("there is no such window")]
    Unknown,
}

impl AnnouncedWindows {
    /// Every one that was not ended, past ones too, in the order in which they were announced.
    pub fn iter(&self) -> impl Iterator<Item = (MaintenanceId, &MaintenanceWindow)> {
        self.windows.iter().map(|(maintenance, window)| (*maintenance, window))
    }

    /// Those that are or will be.
    pub fn ahead(&self, zone: Tz, now: DateTime<Utc>) -> impl Iterator<Item = (MaintenanceId, &MaintenanceWindow)> {
        self.iter().filter(move |(_, window)| now < instant_to(zone, window.to))
    }
}

/// Decides a command. Changes nothing. What is so already gives no event.
///
/// # Errors
/// An [`UpkeepRefusal`] where the rules say no.
pub fn decide(
    announced: &AnnouncedWindows,
    command: &UpkeepCommand,
    context: &UpkeepContext<'_>,
) -> Result<Vec<UpkeepEvent>, UpkeepRefusal> {
    if !grant::may(context.grants, Action::SetUpBody, &ActionPlace::BODY) {
        return Err(UpkeepRefusal::NotAllowed);
    }
    let step = match command {
        UpkeepCommand::Announce { window, is_sure } => match announce(announced, window, *is_sure, context)? {
            Some(step) => step,
            None => return Ok(Vec::new()),
        },
        UpkeepCommand::End { maintenance } => {
            if maintenance.0 == 0 || maintenance.0 > announced.last {
                return Err(UpkeepRefusal::Unknown);
            }
            if !announced.windows.contains_key(maintenance) {
                return Ok(Vec::new());
            }
            UpkeepStep::MaintenanceEnded { maintenance: *maintenance }
        }
    };
    Ok(vec![UpkeepEvent { at: context.now, by: context.by, step }])
}

fn announce(
    announced: &AnnouncedWindows,
    window: &MaintenanceWindow,
    is_sure: bool,
    context: &UpkeepContext<'_>,
) -> Result<Option<UpkeepStep>, UpkeepRefusal> {
    let UpkeepContext { now, zone, touched, .. } = *context;
    let because = Words::new(window.because.el.trim(), window.because.en.trim());
    if because.el.is_empty() || because.en.is_empty() {
        return Err(UpkeepRefusal::ReasonMissing);
    }
    if [&because.el, &because.en].iter().any(|said| said.chars().count() > MAINTENANCE_REASON_MAX) {
        return Err(UpkeepRefusal::ReasonTooLong);
    }
    let (from, until) = (instant_from(zone, window.from), instant_to(zone, window.to));
    if window.from >= window.to || from >= until {
        return Err(UpkeepRefusal::BadTimes);
    }
    if until <= now {
        return Err(UpkeepRefusal::InPast);
    }
    let days = MAINTENANCE_DAYS_MAX;
    if until.signed_duration_since(from) > TimeDelta::days(days) {
        return Err(UpkeepRefusal::TooLong { days });
    }
    let window = MaintenanceWindow { because, ..window.clone() };
    if announced.windows.values().any(|one| *one == window) {
        return Ok(None);
    }
    if announced.last >= ANNOUNCEMENTS_MAX || announced.ahead(zone, now).count() >= ANNOUNCED_MAX {
        return Err(UpkeepRefusal::TooMany);
    }
    if touched > 0 && !is_sure {
        return Err(UpkeepRefusal::Touches { conferences: touched });
    }
    Ok(Some(UpkeepStep::MaintenanceAnnounced { maintenance: MaintenanceId(announced.last.saturating_add(1)), window }))
}

/// Makes it so.
pub fn apply(announced: &mut AnnouncedWindows, event: &UpkeepEvent) {
    match &event.step {
        UpkeepStep::MaintenanceAnnounced { maintenance, window } => {
            announced.windows.insert(*maintenance, window.clone());
            announced.last = announced.last.max(maintenance.0);
        }
        UpkeepStep::MaintenanceEnded { maintenance } => {
            announced.windows.remove(maintenance);
        }
    }
}
