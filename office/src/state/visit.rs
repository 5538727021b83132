//! A person in the house, booked or walk-in, from the door to the end.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rank::Rank;
use crate::{
    BookingId, CallId, Channel, DeskId, Language, Needs, NoteId, PublicId, Reason, ServiceId, TicketNumber, VisitId,
};

/// A person in the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its number in the office's journal.
    pub id: VisitId,
    /// Its opaque id for the outside.
    pub public: PublicId,
    /// The ticket's number; never changed once given.
    pub number: TicketNumber,
    /// What they came for; changed by a transfer.
    pub service: ServiceId,
    /// How they came.
    pub origin: Origin,
    /// When they came; kept through every transfer (FLD-02).
    pub arrived_at: DateTime<Utc>,
    /// Planned length of serving.
    pub planned_minutes: u16,
    /// How many persons.
    pub persons: u8,
    /// With how many cases.
    pub cases: u8,
    /// Served by priority (FLD-27); the ground is not known.
    pub priority: bool,
    /// What they need (FLD-34).
    pub needs: Needs,
    /// Whether they may be called before their time; not known until they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_come_early: Option<bool>,
    /// What they were told of their wait when they took their number, if they were told something (FLD-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_wait: Option<ToldWait>,
    /// The language of ticket, page and voice.
    pub language: Language,
    /// A note to read before the call (FLD-05).
    pub note: Option<NoteId>,
    /// How it is ranked among those who wait.
    pub rank: Rank,
    /// How often somebody of a later arrival and lower right was called before (TRN-06).
    pub overtaken: u8,
    /// Was told that today will not reach them (FLD-35).
    pub told_unreachable: bool,
    /// Attempts to reach them, for telephone and teleconference (OMB-20).
    pub attempts: u8,
    /// What was shown at the desk (OMB-17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<DeskProof>,
    /// Where it stands.
    pub state: VisitState,
    /// Every stretch of waiting, way and service so far; they are counted apart (FLD-10).
    pub periods: Vec<Period>,
}

/// A wait as somebody was told it: so many minutes to so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldWait {
    /// At least so many,
    pub from: u16,
    /// and at most so many.
    pub to: u16,
}

/// What was shown at the desk (OMB-17): that it was, never what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskProof {
    /// An identity card or a passport.
    pub identity: bool,
    /// A proof of representation.
    pub representation: bool,
    /// The service's documents.
    pub papers: DocumentState,
}

/// How it stands with the documents that a service needs (TRN-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// Nobody has looked yet.
    #[default]
    Unseen,
    /// All there, here or sent beforehand.
    Complete,
    /// Some are missing.
    Missing,
    /// Some are missing, and the clerk does without, for a reason (TRN-09).
    Waived,
}

/// How somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// With a booking, checked in.
    Booked {
        /// The booking with which they came.
        booking: BookingId,
        /// The promised time.
        start: DateTime<Utc>,
        /// By telephone or teleconference they "arrive" at their time, and are never on the board (OMB-20).
        channel: Channel,
    },
    /// Without one.
    WalkIn,
    /// Served at the desk without a ticket of their own asking (FLD-07).
    Direct,
    /// Served on paper during an outage, and entered with true times (PROM-12).
    #[serde(rename = "paper")]
    Outage,
}

impl Origin {
    /// The booking that was checked in.
    #[must_use]
    pub const fn booking(&self) -> Option<BookingId> {
        match self {
            Self::Booked { booking, .. } => Some(*booking),
            Self::WalkIn | Self::Direct | Self::Outage => None,
        }
    }
}

/// Where a visit stands; each state has exactly its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitState {
    /// Waits to be called.
    Waiting {
        /// When this wait began.
        since: DateTime<Utc>,
        /// Only this desk may call: a transfer to a desk (FLD-02).
        desk: Option<DeskId>,
    },
    /// Called, and on the way.
    Called {
        /// Where to.
        desk: DeskId,
        /// The newest call or recall.
        call: CallId,
        /// When first called.
        since: DateTime<Utc>,
        /// When called last.
        last: DateTime<Utc>,
        /// How often repeated.
        recalls: u8,
        /// The step of the rule that chose it, or the clerk's reason.
        reason: Reason,
        /// Who was passed over for it; taken back if the call is (TRN-06).
        overtook: Vec<VisitId>,
        /// Where it stood before, should the call be taken back.
        before: Box<VisitState>,
    },
    /// Being served.
    Serving {
        /// The desk that serves it.
        desk: DeskId,
        /// The moment at which serving began.
        since: DateTime<Utc>,
        /// Why this one was next.
        reason: Reason,
    },
    /// Put aside by a desk, to be called again (FLD-03).
    Parked {
        /// By which.
        desk: DeskId,
        /// The moment at which it was put aside.
        since: DateTime<Utc>,
    },
    /// Interrupted for a booked citizen, waits for the next gap (TRN-13).
    Interrupted {
        /// At which desk.
        desk: DeskId,
        /// The moment at which serving was interrupted.
        since: DateTime<Utc>,
        /// Whether only that desk should go on.
        same_desk: bool,
    },
    /// Called, recalled, and did not appear; may still come back (FLD-04).
    NoShow {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Left of their own accord; can be undone for a while (FLD-12).
    Left {
        /// The moment at which they left.
        at: DateTime<Utc>,
        /// Where it stood before, should leaving be undone.
        before: Box<VisitState>,
    },
    /// Served, with this outcome.
    Finished {
        /// The moment at which serving ended.
        at: DateTime<Utc>,
        /// How it ended.
        outcome: Outcome,
        /// The services delivered, and how many of each (FLD-08).
        delivered: Vec<(ServiceId, u8)>,
    },
    /// Closing came first; never counted as a no-show.
    Unserved {
        /// The moment at which the house closed.
        at: DateTime<Utc>,
    },
}

impl VisitState {
    /// Since when a desk has held the visit, and why: from the call on, since the way is the desk's time too.
    #[must_use]
    pub const fn in_hand(&self) -> Option<(DateTime<Utc>, &Reason)> {
        match self {
            Self::Called { since, reason, .. } | Self::Serving { since, reason, .. } => Some((*since, reason)),
            Self::Waiting { .. }
            | Self::Parked { .. }
            | Self::Interrupted { .. }
            | Self::NoShow { .. }
            | Self::Left { .. }
            | Self::Finished { .. }
            | Self::Unserved { .. } => None,
        }
    }

    /// The desk that holds the visit now, on the way to it or being served.
    #[must_use]
    pub const fn held_by(&self) -> Option<DeskId> {
        match self {
            Self::Called { desk, .. } | Self::Serving { desk, .. } => Some(*desk),
            Self::Waiting { .. }
            | Self::Parked { .. }
            | Self::Interrupted { .. }
            | Self::NoShow { .. }
            | Self::Left { .. }
            | Self::Finished { .. }
            | Self::Unserved { .. } => None,
        }
    }

    /// Whether the visit is over. A no-show may still come back, and leaving can be undone, but neither waits.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        match self {
            Self::NoShow { .. } | Self::Left { .. } | Self::Finished { .. } | Self::Unserved { .. } => true,
            Self::Waiting { .. }
            | Self::Called { .. }
            | Self::Serving { .. }
            | Self::Parked { .. }
            | Self::Interrupted { .. } => false,
        }
    }
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What was wanted was done.
    Done,
    /// «Δεν κατέστη δυνατή η εξυπηρέτηση» (FLD-08).
    NotPossible,
    /// Documents were missing; they may come back the same day (TRN-09).
    DocumentsMissing,
}

/// A stretch of a visit that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// What it was.
    pub kind: PeriodKind,
    /// The moment at which it began.
    pub from: DateTime<Utc>,
    /// The moment at which it ended.
    pub to: DateTime<Utc>,
    /// At which desk, where there was one.
    pub desk: Option<DeskId>,
}

/// What a stretch of a visit was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    /// Somebody waited to be called.
    Wait,
    /// From the call to the desk.
    Way,
    /// Being served.
    Service,
    /// Somebody was put aside, and waited to be gone on with.
    Parked,
    /// Somebody had made room for a booked citizen, and waited to be gone on with.
    Interrupted,
}

impl Visit {
    /// The promised time: of a booking, or of a gap that a walk-in took as a fixed time (TRN-06).
    #[must_use]
    pub const fn booked_for(&self) -> Option<DateTime<Utc>> {
        match (self.origin, self.rank) {
            (Origin::Booked { start, .. }, _)
            | (Origin::WalkIn | Origin::Direct | Origin::Outage, Rank::Booked { start }) => Some(start),
            (
                Origin::WalkIn | Origin::Direct | Origin::Outage,
                Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine,
            ) => None,
        }
    }

    /// Whether it is by telephone or teleconference: due at its time, without check-in, and never on the board (OMB-20).
    #[must_use]
    pub const fn is_remote(&self) -> bool {
        match self.origin {
            Origin::Booked { channel: Channel::Telephone | Channel::Teleconference, .. } => true,
            Origin::Booked { .. } | Origin::WalkIn | Origin::Direct | Origin::Outage => false,
        }
    }

    /// Ends the stretch that runs and keeps it; over is over, and has none.
    fn end_stretch(&mut self, at: DateTime<Utc>) {
        let (kind, from, desk) = match &self.state {
            VisitState::Waiting { since, .. } => (PeriodKind::Wait, *since, None),
            VisitState::Called { since, desk, .. } => (PeriodKind::Way, *since, Some(*desk)),
            VisitState::Serving { since, desk, .. } => (PeriodKind::Service, *since, Some(*desk)),
            VisitState::Parked { since, desk } => (PeriodKind::Parked, *since, Some(*desk)),
            VisitState::Interrupted { since, desk, .. } => (PeriodKind::Interrupted, *since, Some(*desk)),
            VisitState::NoShow { .. }
            | VisitState::Left { .. }
            | VisitState::Finished { .. }
            | VisitState::Unserved { .. } => return,
        };
        self.periods.push(Period { kind, from, to: at, desk });
    }

    /// Into another state; what ran until now is kept.
    pub(crate) fn turn(&mut self, at: DateTime<Utc>, state: VisitState) {
        self.end_stretch(at);
        self.state = state;
    }

    /// Called to a desk.
    pub(crate) fn call(
        &mut self,
        at: DateTime<Utc>,
        desk: DeskId,
        call: CallId,
        reason: Reason,
        overtook: Vec<VisitId>,
    ) {
        self.end_stretch(at);
        let before = Box::new(self.state.clone());
        self.state = VisitState::Called { desk, call, since: at, last: at, recalls: 0, reason, overtook, before };
    }

    /// As before the call: the wait goes on as if it had not been broken off. Gives back who was passed over for it.
    pub(crate) fn put_back(&mut self) -> Vec<VisitId> {
        let waiting = VisitState::Unserved { at: DateTime::UNIX_EPOCH };
        match std::mem::replace(&mut self.state, waiting) {
            VisitState::Called { before, overtook, .. } => {
                self.periods.pop();
                self.state = *before;
                overtook
            }
            other => {
                self.state = other;
                Vec::new()
            }
        }
    }

    /// The called person is at the desk.
    pub(crate) fn appear(&mut self, at: DateTime<Utc>) {
        if let VisitState::Called { desk, reason, .. } = self.state {
            self.turn(at, VisitState::Serving { desk, since: at, reason });
        }
    }

    /// Leaves; a call on its way is forgotten with it.
    pub(crate) fn leave(&mut self, at: DateTime<Utc>) {
        self.put_back();
        self.end_stretch(at);
        let before = Box::new(self.state.clone());
        self.state = VisitState::Left { at, before };
    }

    /// Did not leave after all.
    pub(crate) fn undo_leave(&mut self) {
        if let VisitState::Left { before, .. } = &self.state {
            self.state = before.as_ref().clone();
            self.periods.pop();
        }
    }

    /// Was served on paper, with these true times.
    pub(crate) fn end_on_paper(&mut self, desk: DeskId, (from, to): (DateTime<Utc>, DateTime<Utc>), outcome: Outcome) {
        self.periods = vec![
            Period { kind: PeriodKind::Wait, from: self.arrived_at, to: from, desk: None },
            Period { kind: PeriodKind::Service, from, to, desk: Some(desk) },
        ];
        self.state = VisitState::Finished { at: to, outcome, delivered: vec![(self.service, 1)] };
    }

    /// The desk it was meant for is closed: free for every other.
    pub(crate) fn free_from_desk(&mut self, at: DateTime<Utc>) {
        match &mut self.state {
            VisitState::Waiting { desk, .. } => *desk = None,
            VisitState::Interrupted { same_desk, .. } => *same_desk = false,
            VisitState::Parked { .. } => self.turn(at, VisitState::Waiting { since: at, desk: None }),
            VisitState::Called { .. }
            | VisitState::Serving { .. }
            | VisitState::NoShow { .. }
            | VisitState::Left { .. }
            | VisitState::Finished { .. }
            | VisitState::Unserved { .. } => {}
        }
    }
}
