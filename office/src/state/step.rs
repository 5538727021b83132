//! What was done last at a desk, and how it is undone.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    rank::Rank,
    visit::{Visit, VisitState},
};
use crate::{ServiceId, VisitId};

/// So long a clerk can undo what was done last at a desk.
pub const UNDO_SECONDS: i64 = 10;

/// What a clerk did last at a desk, which can be undone for a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastStep {
    /// What it was.
    pub step: DeskStep,
    /// The moment at which it was done.
    pub at: DateTime<Utc>,
    /// The visit that it was about; a break is about none.
    pub visit: Option<VisitId>,
    /// That visit as it stood before. A call holds that itself.
    pub before: Option<Box<BeforeStep>>,
    /// Who was called by it: in the press that finished somebody else, too.
    pub called: Option<VisitId>,
}

impl LastStep {
    /// From then on it cannot be undone any more.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        self.at.checked_add_signed(TimeDelta::seconds(UNDO_SECONDS)).unwrap_or(self.at)
    }
}

/// What a clerk can do at a desk and undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskStep {
    /// Somebody was called.
    Call,
    /// A visit ended.
    Finish,
    /// Whoever was called did not come.
    NoShow,
    /// A visit was put aside.
    Park,
    /// A visit was sent elsewhere.
    Transfer,
    /// A break began.
    Break,
}

/// What a step at a desk changes of a visit, as it stood before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeStep {
    /// Where the visit stood.
    pub state: VisitState,
    /// What it was for.
    pub service: ServiceId,
    /// Its planned length.
    pub planned_minutes: u16,
    /// How it was ranked.
    pub rank: Rank,
}

impl Visit {
    /// What a step at a desk changes of it.
    pub(crate) fn before_step(&self) -> BeforeStep {
        BeforeStep {
            state: self.state.clone(),
            service: self.service,
            planned_minutes: self.planned_minutes,
            rank: self.rank,
        }
    }

    /// As it stood before a step: the stretch that ended with it goes on as if it had not been broken off.
    pub(crate) fn undo_step(&mut self, before: &BeforeStep) {
        self.periods.pop();
        (self.service, self.planned_minutes, self.rank) = (before.service, before.planned_minutes, before.rank);
        self.state = before.state.clone();
    }
}
