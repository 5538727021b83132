//! For what level B is open: closed and opened step by step while the hub runs (PLA-07).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use office::{ServiceId, Words};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{CategoryId, Doer, OfficeId};

/// What asks for a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelSubject {
    /// A category of requests.
    Category(CategoryId),
    /// A service of an office.
    Service {
        /// The office that offers the service.
        office: OfficeId,
        /// The service's number in that office.
        service: ServiceId,
    },
}

/// What staff decided about level B; for what they decided nothing about, the configuration's word holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LevelSwitches {
    decided: BTreeMap<LevelSubject, Option<Words>>,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SwitchCommand {
    /// Close level B.
    Close {
        /// The category or service for which it is closed.
        subject: LevelSubject,
        /// What users are told.
        notice: Words,
    },
    /// Open level B again.
    Open {
        /// The category or service for which it is opened.
        subject: LevelSubject,
    },
}

/// A press that closed or opened level B.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwitchEvent {
    /// When it was pressed, by the hub's clock.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: SwitchStep,
}

/// What happened to level B.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SwitchStep {
    /// It was closed.
    LevelClosed {
        /// The category or service for which it was closed.
        subject: LevelSubject,
        /// What users are told: the office's words, and nobody's own.
        notice: Words,
    },
    /// It was opened.
    LevelOpened {
        /// The category or service for which it was opened.
        subject: LevelSubject,
    },
}

/// Why nothing follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SwitchRefusal {
    /// Users have to be told something, in both languages.
    #[error("a notice in both languages is needed")]
    NoticeMissing,
}

impl LevelSwitches {
    /// Whether level B is open for something, of which the configuration says `set_up`.
    #[must_use]
    pub fn is_open(&self, subject: LevelSubject, set_up: bool) -> bool {
        self.decided.get(&subject).map_or(set_up, Option::is_none)
    }

    /// What users are told where it is closed by staff.
    #[must_use]
    pub fn notice(&self, subject: LevelSubject) -> Option<&Words> {
        self.decided.get(&subject)?.as_ref()
    }
}

/// Decides a command. `set_up` is the configuration's word about its subject.
///
/// # Errors
/// A [`SwitchRefusal`] where the rules say no.
pub fn decide(
    switches: &LevelSwitches,
    command: &SwitchCommand,
    set_up: bool,
    by: Doer,
    now: DateTime<Utc>,
) -> Result<Vec<SwitchEvent>, SwitchRefusal> {
    let step = match command {
        SwitchCommand::Close { subject, notice } => {
            if notice.el.trim().is_empty() || notice.en.trim().is_empty() {
                return Err(SwitchRefusal::NoticeMissing);
            }
            if switches.notice(*subject) == Some(notice) {
                return Ok(Vec::new());
            }
            SwitchStep::LevelClosed { subject: *subject, notice: notice.clone() }
        }
        SwitchCommand::Open { subject } => {
            if switches.is_open(*subject, set_up) {
                return Ok(Vec::new());
            }
            SwitchStep::LevelOpened { subject: *subject }
        }
    };
    Ok(vec![SwitchEvent { at: now, by, step }])
}

/// Makes it so.
pub fn apply(switches: &mut LevelSwitches, event: &SwitchEvent) {
    match &event.step {
        SwitchStep::LevelClosed { subject, notice } => switches.decided.insert(*subject, Some(notice.clone())),
        SwitchStep::LevelOpened { subject } => switches.decided.insert(*subject, None),
    };
}
