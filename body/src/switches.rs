//! For what level B is open: closed and opened step by step while the hub runs (PLA-07).

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{DateTime, Utc};
use office::{Language, ServiceId, Words};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{ActionPlace, CategoryId, Doer, OfficeId};

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

/// What names nothing that asks for a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("neither a category nor a service")]
pub struct NoLevelSubject;

impl LevelSubject {
    /// What an action about it lies in.
    #[must_use]
    pub const fn place(self) -> ActionPlace {
        match self {
            Self::Category(category) => ActionPlace::category(category),
            Self::Service { office, .. } => ActionPlace::office(office),
        }
    }
}

impl fmt::Display for LevelSubject {
    /// `category:5`, or `service:1:7`, as forms name it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Category(category) => write!(f, "category:{category}"),
            Self::Service { office, service } => write!(f, "service:{office}:{}", service.0),
        }
    }
}

impl FromStr for LevelSubject {
    type Err = NoLevelSubject;

    fn from_str(text: &str) -> Result<Self, NoLevelSubject> {
        let (kind, named) = text.split_once(':').ok_or(NoLevelSubject)?;
        match (kind, named.split_once(':')) {
            ("category", None) => named.parse().map(Self::Category).map_err(|_| NoLevelSubject),
            ("service", Some((office, service))) => {
                let office = office.parse().map_err(|_| NoLevelSubject)?;
                let service = service.parse().map(ServiceId).map_err(|_| NoLevelSubject)?;
                Ok(Self::Service { office, service })
            }
            (_, _) => Err(NoLevelSubject),
        }
    }
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
    NoticeMissing {
        /// The first language in which there is none.
        language: Language,
    },
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
            for (language, said) in [(Language::El, &notice.el), (Language::En, &notice.en)] {
                if said.trim().is_empty() {
                    return Err(SwitchRefusal::NoticeMissing { language });
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pla_07_what_asks_for_level_b_is_read_as_forms_name_it() {
        let service = LevelSubject::Service { office: OfficeId(1), service: ServiceId(7) };
        for (subject, name) in [(LevelSubject::Category(CategoryId(5)), "category:5"), (service, "service:1:7")] {
            assert_eq!(subject.to_string(), name);
            assert_eq!(name.parse(), Ok(subject));
        }
        for wrong in ["", "category", "category:", "category:x", "category:5:6", "service:1", "service:1:7:9", "unit:5"]
        {
            assert_eq!(wrong.parse::<LevelSubject>(), Err(NoLevelSubject), "{wrong}");
        }
    }
}
