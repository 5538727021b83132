//! The life of an account's standing: opened, wishing for level B, certified, revoked, blocked, gone.

mod apply;
mod command;
mod decide;
mod event;
mod refusal;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vocabulary::Level;

pub use apply::apply;
pub use command::{AccountCommand, AccountContext};
pub use decide::decide;
pub use event::{AccountEvent, AccountStep, AnonymiseReason, DeskHelp, OpenedBy};
pub use refusal::StandingRefusal;

use crate::{AccountId, OfficeMoment, PaperKind};

/// So many of the moments that led to a step are known again: nobody comes to a desk so often while a command is still being
/// sent again.
pub(crate) const CAUSES_KEPT: usize = 64;

/// Where an account stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AccountStanding {
    /// Whether it is there.
    pub life: AccountLife,
    /// When its newest event was; its time never runs backwards.
    pub last_at: Option<DateTime<Utc>>,
    /// Since when its holder wishes for level B, with all fields filled.
    pub wished_at: Option<DateTime<Utc>>,
    /// What the first of two clerks found.
    pub first_look: Option<FirstLook>,
    /// Why it has level B.
    pub certificate: Option<Certificate>,
    /// The newest moments of offices' journals that led to a step, and who took it.
    #[serde(default)]
    causes: Vec<(OfficeMoment, AccountId, bool)>,
}

/// Whether an account is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountLife {
    /// Not yet: its address is not proven.
    #[default]
    NotOpened,
    /// Its address is proven, and its holder gets in.
    Open,
    /// Staff let nobody in.
    Blocked,
    /// Its holder gave it up while a request was open: nobody gets in, and it goes with that.
    Closed,
    /// It is gone, and nothing comes after.
    Anonymised,
}

/// What a clerk found who certified alone, or first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstLook {
    /// When the clerk had seen the papers.
    pub at: DateTime<Utc>,
    /// Who; the second is another.
    pub by: AccountId,
}

/// A certification that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The moment from which it holds: when the last of its clerks pressed.
    pub at: DateTime<Utc>,
    /// By whom; by the second of two.
    pub by: AccountId,
    /// Which paper was shown.
    pub paper: PaperKind,
}

/// How far somebody is on the way to level B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BWish {
    /// They do not wish for it.
    #[default]
    None,
    /// They do, and no visit is booked.
    Stated,
    /// A visit is booked at which their papers are looked at.
    VisitBooked,
    /// One clerk has certified them, and a second is waited for.
    AwaitsSecondClerk,
}

impl AccountStanding {
    /// Of an account that is there, and about which nothing else was decided.
    #[must_use]
    pub fn proven() -> Self {
        Self { life: AccountLife::Open, ..Self::default() }
    }

    /// The level that it gives.
    #[must_use]
    pub const fn level(&self) -> Level {
        match (self.life, &self.certificate) {
            (AccountLife::Open, Some(_)) => Level::B,
            (AccountLife::Open, None) => Level::A,
            (AccountLife::NotOpened | AccountLife::Blocked | AccountLife::Closed | AccountLife::Anonymised, _) => {
                Level::None
            }
        }
    }

    /// How far its holder is on the way to level B, who has booked the visit or has not.
    #[must_use]
    pub const fn wish(&self, visit_booked: bool) -> BWish {
        match (&self.first_look, &self.wished_at) {
            (Some(_), _) => BWish::AwaitsSecondClerk,
            (None, Some(_)) if visit_booked => BWish::VisitBooked,
            (None, Some(_)) => BWish::Stated,
            (None, None) => BWish::None,
        }
    }

    /// Whether something is certified that can be taken back: by one clerk, or by the first of two.
    #[must_use]
    pub const fn has_certification(&self) -> bool {
        self.certificate.is_some() || self.first_look.is_some()
    }

    /// Whether somebody's step because of a moment was taken already; to certify is another step than to say what is missing.
    pub(crate) fn knows(&self, cause: OfficeMoment, by: AccountId, certifies: bool) -> bool {
        self.causes.contains(&(cause, by, certifies))
    }

    /// Keeps a moment, and forgets the oldest where there are too many.
    pub(crate) fn keep_cause(&mut self, cause: OfficeMoment, by: AccountId, certifies: bool) {
        self.causes.push((cause, by, certifies));
        if self.causes.len() > CAUSES_KEPT {
            self.causes.remove(0);
        }
    }
}
