//! The life of a conference (PRE-06 to PRE-08): planned alone or in a series, changed, cancelled, joined by personal links,
//! locked, ended.
//!
//! It is a stretch of life of this crate, and no crate beside it: grants, units, numbers, journal and configuration are the
//! body's, and a crate of its own would need each of them while the body's configuration needs its rules.

mod apply;
mod capacity;
mod command;
mod decide;
mod event;
mod figures;
mod refusal;
mod rules;
mod series;
pub mod upkeep;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use capacity::{OccupiedSpan, fits};
pub use command::{ConferenceCommand, ConferenceContext};
pub use decide::decide;
pub use event::{ConferenceEvent, ConferenceStep};
pub use figures::{HeldConference, MonthFigures, year};
pub use refusal::ConferenceRefusal;
pub use rules::ConferenceRules;
pub use series::{SERIES_MAX, SeriesFlaw, SeriesPace, SeriesWish, days, holiday, span_on};
pub use upkeep::MaintenanceWindow;

use crate::{
    AccountId, Action, ActionPlace, ConferenceId, ConferenceSeriesId, Grant, ParticipantId, UnitId, WordsId, grant,
};

/// A conference takes so many minutes at least.
pub const CONFERENCE_MINUTES_MIN: i64 = 15;
/// And at most: a day.
pub const CONFERENCE_MINUTES_MAX: i64 = 24 * 60;
/// It is planned for so many days ahead, at most.
pub const CONFERENCE_DAYS_AHEAD_MAX: i64 = 365;
/// It may have begun so many minutes ago when it is planned.
pub const CONFERENCE_MINUTES_LATE_MAX: i64 = 15;
/// Coordinators go in so many minutes before it begins.
pub const COORDINATORS_EARLY_MINUTES: i64 = 10;
/// So many minutes after its end the links still lead there.
pub const CONFERENCE_MINUTES_OVER: i64 = 30;
/// So many minutes before its end that is said.
pub const CONFERENCE_NOTICE_MINUTES: i64 = 5;
/// It takes so many steps, but for those that end it: each is kept for ever.
pub const CONFERENCE_STEPS_MAX: u16 = 5_000;

/// From when until when a conference is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConferenceSpan {
    /// When it begins.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
}

/// A conference, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// Its number in the hub.
    pub id: ConferenceId,
    /// With which others it was planned.
    pub series: Option<ConferenceSeriesId>,
    /// For which unit; for the whole organisation, if unset.
    pub unit: Option<UnitId>,
    /// Who planned it.
    pub coordinator: AccountId,
    /// Its title, its description and its address, beside the journal.
    pub words: WordsId,
    /// From when until when it is held.
    pub span: ConferenceSpan,
    /// So many people may come.
    pub places: u16,
    /// Rises with each change of which calendars are told.
    pub sequence: u32,
    /// Where it stands.
    pub phase: ConferencePhase,
    /// Whether nobody goes in any more who has not been in.
    pub is_locked: bool,
    /// Who is invited, by their numbers.
    pub participants: BTreeMap<ParticipantId, Participant>,
    /// When its newest event was; its time never runs backwards.
    pub last_at: DateTime<Utc>,
    /// How many steps it took.
    pub steps: u16,
}

/// Where a conference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConferencePhase {
    /// It will be, is, or was.
    Planned,
    /// It will not be.
    Cancelled,
    /// Somebody ended it for all.
    Ended,
}

/// Somebody who is invited. Who they are stands beside the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// What they answered.
    pub answer: AnswerGiven,
    /// Whether somebody took the invitation back.
    pub is_removed: bool,
    /// Rises when the links before are to end: then only the newest opens anything.
    pub link: u32,
    /// Whether they have gone in.
    pub has_come: bool,
}

/// What somebody answered to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerGiven {
    /// Nothing yet.
    None,
    /// They will come.
    Confirmed,
    /// They will not.
    Declined,
}

/// Who stands at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConferenceArrival {
    /// A coordinator, who may.
    Coordinator,
    /// Somebody with a personal link.
    Participant(ParticipantId),
}

/// What somebody finds at the door of a conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConferenceDoor {
    /// It opens later.
    Waits {
        /// At this moment, without anybody's doing.
        opens: DateTime<Utc>,
    },
    /// They may go in.
    Open {
        /// Until then.
        closes: DateTime<Utc>,
    },
    /// It is locked, and they have not been in.
    Locked,
    /// Somebody took their invitation back, or there is none of this number.
    Removed,
    /// It will not be.
    Cancelled,
    /// Time has passed it, or a coordinator ended it for all.
    Over,
}

impl ConferenceSpan {
    /// When coordinators go in.
    #[must_use]
    pub fn opens_for_coordinators(&self) -> DateTime<Utc> {
        self.from.checked_sub_signed(TimeDelta::minutes(COORDINATORS_EARLY_MINUTES)).unwrap_or(self.from)
    }

    /// When it is said that it is about to end.
    #[must_use]
    pub fn ends_soon_at(&self) -> DateTime<Utc> {
        self.until.checked_sub_signed(TimeDelta::minutes(CONFERENCE_NOTICE_MINUTES)).unwrap_or(self.until)
    }

    /// From when on the links lead nowhere.
    #[must_use]
    pub fn closes(&self) -> DateTime<Utc> {
        self.until.checked_add_signed(TimeDelta::minutes(CONFERENCE_MINUTES_OVER)).unwrap_or(self.until)
    }
}

impl Conference {
    /// What an action about it lies in.
    #[must_use]
    pub const fn place(&self) -> ActionPlace {
        place_of(self.unit)
    }

    /// Whether somebody manages it: who planned it, as long as they may plan such ones; and who manages those of others.
    #[must_use]
    pub fn is_managed_by(&self, account: AccountId, grants: &[Grant]) -> bool {
        let is_own = self.coordinator == account && may_plan(grants, self.unit);
        is_own || grant::may(grants, Action::ManageConferences, &self.place())
    }

    /// Whether somebody goes in as a coordinator.
    #[must_use]
    pub fn admits_coordinator(&self, account: AccountId, grants: &[Grant]) -> bool {
        self.is_managed_by(account, grants) || grant::may(grants, Action::TakePartInConferences, &self.place())
    }

    /// What somebody finds at its door.
    #[must_use]
    pub fn door(&self, arrival: ConferenceArrival, now: DateTime<Utc>) -> ConferenceDoor {
        let participant = match arrival {
            ConferenceArrival::Coordinator => None,
            ConferenceArrival::Participant(id) => match self.participants.get(&id) {
                Some(participant) if !participant.is_removed => Some(participant),
                Some(_) | None => return ConferenceDoor::Removed,
            },
        };
        match self.phase {
            ConferencePhase::Cancelled => return ConferenceDoor::Cancelled,
            ConferencePhase::Ended => return ConferenceDoor::Over,
            ConferencePhase::Planned => {}
        }
        let opens = if participant.is_some() { self.span.from } else { self.span.opens_for_coordinators() };
        if now >= self.span.closes() {
            ConferenceDoor::Over
        } else if now < opens {
            ConferenceDoor::Waits { opens }
        } else if self.is_locked && participant.is_some_and(|participant| !participant.has_come) {
            ConferenceDoor::Locked
        } else {
            ConferenceDoor::Open { closes: self.span.closes() }
        }
    }

    /// When time itself changes something at its door next.
    #[must_use]
    pub fn turns_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let ConferenceSpan { from, until } = self.span;
        let soon = self.span.ends_soon_at();
        let turns = [self.span.opens_for_coordinators(), from, soon, until, self.span.closes()];
        turns.into_iter().filter(|at| *at > now && self.phase == ConferencePhase::Planned).min()
    }

    /// How many people may still come: who is invited, and was not taken off the list.
    #[must_use]
    pub fn invited(&self) -> usize {
        self.participants.values().filter(|participant| !participant.is_removed).count()
    }
}

/// Whether somebody plans conferences for a unit or, without one, for the whole organisation.
///
/// Who plans for a unit plans in the name of the organisation to which it belongs, too (PRE-07). That is no more than a name: they
/// manage what they planned themselves, and go into no other conference of the organisation without an invitation.
#[must_use]
pub fn may_plan(grants: &[Grant], unit: Option<UnitId>) -> bool {
    match unit {
        Some(unit) => grant::may(grants, Action::CreateConferences, &ActionPlace::unit(unit)),
        None => grant::scopes_of(grants, Action::CreateConferences).next().is_some(),
    }
}

/// What an action about a conference for a unit, or for the whole organisation, lies in.
const fn place_of(unit: Option<UnitId>) -> ActionPlace {
    match unit {
        Some(unit) => ActionPlace::unit(unit),
        None => ActionPlace::BODY,
    }
}
