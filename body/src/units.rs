//! Units that coordinators of the organisation made, beside those of the configuration (PRE-06).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use office::Words;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Action, ActionPlace, BodyConfig, Doer, Grant, UnitId, grant, ids::UNIT_MADE_FIRST};

/// So many units are made at most: they stand in one list.
pub const UNITS_MADE_MAX: usize = 500;
/// A name has so many characters at most.
pub const UNIT_NAME_MAX: usize = 150;

/// Units that were made, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MadeUnits {
    names: BTreeMap<UnitId, Words>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEvent {
    /// The moment of the press.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: UnitStep,
}

/// What happened to units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitStep {
    /// One was made.
    UnitMade {
        /// Its number.
        unit: UnitId,
        /// Its name, which is the body's and nobody's own.
        name: Words,
    },
}

/// What is known beside the units when one is made.
#[derive(Debug, Clone, Copy)]
pub struct UnitContext<'a> {
    /// Who asks.
    pub by: Doer,
    /// The time, as an argument.
    pub now: DateTime<Utc>,
    /// What they may do.
    pub grants: &'a [Grant],
    /// The body.
    pub config: &'a BodyConfig,
}

/// Why nothing follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitRefusal {
    /// Coordinators of the organisation make units, and nobody else.
    #[error("only a coordinator of the organisation makes units")]
    NotAllowed,
    /// It has a name in both languages.
    #[error("a name in both languages is needed")]
    NameMissing,
    /// The name is longer than any unit's.
    #[error("the name is too long")]
    NameTooLong,
    /// The configuration has a unit of this name.
    #[error("there is a unit of this name")]
    NameTaken,
    /// There are as many as stand in one list.
    #[error("there are too many units")]
    TooMany,
}

impl MadeUnits {
    /// Every one, by number.
    pub fn iter(&self) -> impl Iterator<Item = (UnitId, &Words)> {
        self.names.iter().map(|(unit, name)| (*unit, name))
    }

    /// What a unit is called, of the configuration or made.
    #[must_use]
    pub fn name<'a>(&'a self, config: &'a BodyConfig, unit: UnitId) -> Option<&'a Words> {
        config.units.get(&unit).map(|unit| &unit.name).or_else(|| self.names.get(&unit))
    }

    /// Every unit that there is: those of the configuration, then those that were made.
    pub fn all<'a>(&'a self, config: &'a BodyConfig) -> impl Iterator<Item = (UnitId, &'a Words)> {
        config.units.iter().map(|(id, unit)| (*id, &unit.name)).chain(self.iter())
    }
}

/// Decides that a unit is made. One of this name that was made already gives no event.
///
/// # Errors
/// A [`UnitRefusal`] where the rules say no.
pub fn decide(made: &MadeUnits, name: &Words, context: &UnitContext<'_>) -> Result<Vec<UnitEvent>, UnitRefusal> {
    let UnitContext { by, now, grants, config } = *context;
    if !grant::may(grants, Action::MakeUnits, &ActionPlace::BODY) {
        return Err(UnitRefusal::NotAllowed);
    }
    let name = Words::new(name.el.trim(), name.en.trim());
    if name.el.is_empty() || name.en.is_empty() {
        return Err(UnitRefusal::NameMissing);
    }
    if name.el.chars().count() > UNIT_NAME_MAX || name.en.chars().count() > UNIT_NAME_MAX {
        return Err(UnitRefusal::NameTooLong);
    }
    if made.names.values().any(|one| *one == name) {
        return Ok(Vec::new());
    }
    if made.all(config).any(|(_, one)| one.el == name.el || one.en == name.en) {
        return Err(UnitRefusal::NameTaken);
    }
    if made.names.len() >= UNITS_MADE_MAX {
        return Err(UnitRefusal::TooMany);
    }
    let next = made.names.last_key_value().map_or(UNIT_MADE_FIRST, |(last, _)| last.0.saturating_add(1));
    Ok(vec![UnitEvent { at: now, by, step: UnitStep::UnitMade { unit: UnitId(next), name } }])
}

/// Makes it so.
pub fn apply(made: &mut MadeUnits, event: &UnitEvent) {
    match &event.step {
        UnitStep::UnitMade { unit, name } => made.names.insert(*unit, name.clone()),
    };
}
