//! The life of a request: submitted and numbered, worked on, asked about, decided, handed out or posted, closed.

mod apply;
mod command;
mod decide;
mod event;
mod refusal;
mod way;

use chrono::{DateTime, NaiveDate, Utc};
use office::Calendar;
use serde::{Deserialize, Serialize};

pub use apply::{apply, note_number};
pub use command::{CaseCommand, CaseContext};
pub use decide::decide;
pub use event::{CaseEvent, CaseStep};
pub use refusal::CaseRefusal;
pub use way::NoResultWay;

use crate::{
    AccountId, ActionPlace, BodyConfig, CaseId, CategoryId, OfficeMoment, OutsideNumber, OwnNumber, ProtocolNumber,
    REOPEN_DAYS, SeriesKind, Term, UnitId,
};

/// A request takes so many steps at most, but for those that end it: its page shows each of them.
pub const STEPS_MAX: u16 = 500;
/// The applicant adds something so often at most.
pub const ADDITIONS_MAX: u16 = 50;

/// A request, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its number in the hub.
    pub id: CaseId,
    /// The account of the applicant.
    pub account: AccountId,
    /// Of what kind.
    pub category: CategoryId,
    /// Which unit works on it.
    pub unit: UnitId,
    /// The case worker of that unit who has it; none where nobody has.
    pub worker: Option<AccountId>,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// When its newest event was; its time never runs backwards.
    pub last_at: DateTime<Utc>,
    /// What stands on its receipt.
    pub given: OwnNumber,
    /// What the other protocol system gave it, where that gives the official ones.
    pub outside: Option<OutsideNumber>,
    /// Where it stands.
    pub phase: CasePhase,
    /// By when it is due.
    pub clock: CaseClock,
    /// Until then it is to be forwarded, if it is another's.
    pub forward_by: NaiveDate,
    /// How the result goes to the applicant, as they want it.
    pub way: ResultWay,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether it was reopened.
    pub reopened: bool,
    /// How many steps it took.
    pub steps: u16,
    /// How often the applicant added something.
    pub additions: u16,
    /// What the hand-over followed in an office's journal.
    pub handed_because: Option<OfficeMoment>,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CasePhase {
    /// It is worked on, or waits for that.
    InHand,
    /// The applicant was asked something.
    AwaitsAnswer {
        /// Whether it was accepted before.
        accepted: bool,
    },
    /// It was accepted, and what is asked is being done.
    Accepted,
    /// The result is there.
    Ready {
        /// How it goes to the applicant.
        way: ResultWay,
    },
    /// It is over.
    Closed {
        /// How it ended.
        end: CaseEnd,
    },
}

/// By when a request is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseClock {
    /// How it is counted.
    pub term: Term,
    /// The last day; while it is stopped, the last day as it was before.
    pub due: NaiveDate,
    /// What stopped it and since when; none while it runs.
    pub stopped: Option<StoppedClock>,
}

/// A clock that is stopped while papers are awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedClock {
    /// Since that day.
    pub on: NaiveDate,
    /// So much was left.
    pub left: u16,
}

impl CaseClock {
    /// The last day, if it goes on on a day.
    #[must_use]
    pub fn due_from(&self, calendar: &Calendar, on: NaiveDate) -> NaiveDate {
        match self.stopped {
            // What was overdue when it stopped stays so: a question forgives nothing.
            Some(StoppedClock { left: 0, .. }) | None => self.due,
            Some(StoppedClock { left, .. }) => self.term.with_count(left).due(calendar, on).max(self.due),
        }
    }
}

/// How a result goes to the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultWay {
    /// In person, with an identity card or a passport (PLA-03).
    Collection,
    /// By post to the certified address, at the receiver's cost (PET-06).
    Post,
    /// As a file.
    Download,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseEnd {
    /// What was asked was done.
    Done,
    /// The result was collected.
    Collected,
    /// The result was posted.
    Posted,
    /// The result was downloaded.
    Downloaded,
    /// It was refused.
    Refused,
    /// It is another's, and was forwarded.
    Forwarded,
    /// The applicant withdrew it.
    Withdrawn,
    /// It was closed without a result.
    Closed(CloseReason),
}

/// Why a request was closed without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseReason {
    /// The result was never collected.
    NotCollected,
    /// The applicant never answered.
    NoAnswer,
    /// The same was asked before.
    Duplicate,
    /// Another reason, in words.
    Other,
}

impl CaseEnd {
    /// Whether the applicant may reopen it: not what they gave up themselves, nor what another has now.
    #[must_use]
    pub const fn can_be_reopened(self) -> bool {
        match self {
            Self::Done
            | Self::Collected
            | Self::Posted
            | Self::Downloaded
            | Self::Refused
            | Self::Closed(CloseReason::NotCollected | CloseReason::NoAnswer | CloseReason::Other) => true,
            Self::Forwarded | Self::Withdrawn | Self::Closed(CloseReason::Duplicate) => false,
        }
    }
}

impl Case {
    /// Whether it is over.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self.phase, CasePhase::Closed { .. })
    }

    /// The official number, once there is one.
    #[must_use]
    pub fn official(&self) -> Option<ProtocolNumber> {
        match (self.given.series, &self.outside) {
            (SeriesKind::Official, _) => Some(ProtocolNumber::Own(self.given)),
            (SeriesKind::Provisional, outside) => outside.clone().map(ProtocolNumber::Outside),
        }
    }

    /// Whether its official number is still to come from another system.
    #[must_use]
    pub const fn awaits_number(&self) -> bool {
        matches!((self.given.series, &self.outside), (SeriesKind::Provisional, None))
    }

    /// The number that people read: the official one, or else the provisional.
    #[must_use]
    pub fn shown_number(&self) -> ProtocolNumber {
        self.official().unwrap_or(ProtocolNumber::Own(self.given))
    }

    /// Whether its time is over on a day, and somebody still has to do something.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        match self.phase {
            CasePhase::InHand | CasePhase::Accepted => self.clock.due < today,
            CasePhase::AwaitsAnswer { .. } | CasePhase::Ready { .. } | CasePhase::Closed { .. } => false,
        }
    }

    /// What an action about it lies in.
    #[must_use]
    pub const fn place(&self) -> ActionPlace {
        ActionPlace::case(self.category, self.unit)
    }

    /// Until which day the applicant can reopen it, as seen on a day; none if they cannot, or no more.
    #[must_use]
    pub fn reopens_until(&self, config: &BodyConfig, today: NaiveDate) -> Option<NaiveDate> {
        self.reopen_until(config).filter(|until| today <= *until)
    }

    /// The last day on which the applicant can reopen it, be it past; none if it cannot be reopened at all.
    #[must_use]
    pub fn reopen_until(&self, config: &BodyConfig) -> Option<NaiveDate> {
        let CasePhase::Closed { end } = self.phase else { return None };
        let days = config.categories.get(&self.category).map_or(REOPEN_DAYS, |category| category.reopen_days);
        let until = config.day_of(self.closed_at?).checked_add_days(chrono::Days::new(days.into()))?;
        (end.can_be_reopened() && !self.reopened && days > 0).then_some(until)
    }
}
