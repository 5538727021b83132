//! What is kept of one visit and of one booking: when, for what, how it ended, and how long each stretch was.

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use office::{
    Audience, Booking, BookingLife, CancelledBy, Channel, DeskId, Origin, Outcome, PeriodKind, ServiceId, Visit,
    VisitState, civil,
};
use serde::{Deserialize, Serialize};

use crate::code::coded;

coded! {
    /// How somebody came.
    ArrivalWay {
        /// With a booking, to a desk.
        Booked = 0,
        /// With a booking, by telephone or teleconference.
        Remote = 1,
        /// Without a booking; a gap that was taken as a fixed time makes none.
        WalkIn = 2,
        /// Straight to a desk (FLD-07).
        Direct = 3,
        /// While the hub was away; entered from paper (PROM-12).
        Paper = 4,
    }
}

coded! {
    /// How a visit ended.
    VisitEnd {
        /// What was wanted was done.
        Done = 0,
        /// It could not be done (FLD-08).
        NotPossible = 1,
        /// Documents were missing (TRN-09).
        DocumentsMissing = 2,
        /// Called, and did not appear.
        NoShow = 3,
        /// Left of their own accord.
        Left = 4,
        /// Closing came first.
        Unserved = 5,
    }
}

coded! {
    /// What became of a booking.
    BookingFate {
        /// Somebody came, or was called.
        Came = 0,
        /// Nobody came.
        Missed = 1,
        /// The citizen gave it up.
        CancelledByCitizen = 2,
        /// A member of staff did, for a caller.
        CancelledByStaff = 3,
        /// The office could not keep it (FLD-33).
        CancelledByOffice = 4,
        /// Too late, and no other choice made (TRN-05).
        CancelledByLateness = 5,
        /// It was void (TRN-09).
        Void = 6,
        /// Its time has not come, on a day that still runs.
        Expected = 7,
    }
}

coded! {
    /// In whose hands the booking was made.
    BookedBy {
        /// A citizen, by the public pages.
        Citizen = 0,
        /// An agent (TRN-07).
        Agent = 1,
        /// Staff, for a caller.
        Staff = 2,
    }
}

/// A visit that is over. All stretches of one kind are added up; they are counted apart (FLD-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "VisitCells", into = "VisitCells")]
pub struct VisitFact {
    /// The minute of the local day in which they came.
    pub minute: u16,
    /// What they came for at last.
    pub service: ServiceId,
    /// The desk that served them last.
    pub desk: Option<DeskId>,
    /// How they came.
    pub way_in: ArrivalWay,
    /// How it ended.
    pub ended: VisitEnd,
    /// Seconds of waiting, of whoever waited and was called.
    pub wait_seconds: Option<u32>,
    /// Seconds from calls to desks, of whoever was called.
    pub way_seconds: Option<u32>,
    /// Seconds of being served, of whoever was.
    pub service_seconds: Option<u32>,
    /// Seconds from the booked time, or from a later arrival, to the first call; of who was booked and called.
    pub behind_seconds: Option<u32>,
    /// So often somebody of a later arrival and lower right was called before (TRN-06).
    pub overtaken: u8,
}

/// The same as it is kept.
type VisitCells =
    (u16, ServiceId, Option<DeskId>, ArrivalWay, VisitEnd, Option<u32>, Option<u32>, Option<u32>, Option<u32>, u8);

impl From<VisitCells> for VisitFact {
    fn from(cells: VisitCells) -> Self {
        let (
            minute,
            service,
            desk,
            way_in,
            ended,
            wait_seconds,
            way_seconds,
            service_seconds,
            behind_seconds,
            overtaken,
        ) = cells;
        Self {
            minute,
            service,
            desk,
            way_in,
            ended,
            wait_seconds,
            way_seconds,
            service_seconds,
            behind_seconds,
            overtaken,
        }
    }
}

impl From<VisitFact> for VisitCells {
    fn from(fact: VisitFact) -> Self {
        (
            fact.minute,
            fact.service,
            fact.desk,
            fact.way_in,
            fact.ended,
            fact.wait_seconds,
            fact.way_seconds,
            fact.service_seconds,
            fact.behind_seconds,
            fact.overtaken,
        )
    }
}

impl VisitFact {
    /// What is kept of a visit; none while it is not over.
    #[must_use]
    pub fn of(visit: &Visit, zone: Tz) -> Option<Self> {
        let ended = match &visit.state {
            VisitState::NoShow { .. } => VisitEnd::NoShow,
            VisitState::Left { .. } => VisitEnd::Left,
            VisitState::Unserved { .. } => VisitEnd::Unserved,
            VisitState::Finished { outcome, .. } => match outcome {
                Outcome::Done => VisitEnd::Done,
                Outcome::NotPossible => VisitEnd::NotPossible,
                Outcome::DocumentsMissing => VisitEnd::DocumentsMissing,
            },
            VisitState::Waiting { .. }
            | VisitState::Called { .. }
            | VisitState::Serving { .. }
            | VisitState::Parked { .. }
            | VisitState::Interrupted { .. } => return None,
        };
        let at_desk = |kind: PeriodKind| match kind {
            PeriodKind::Way | PeriodKind::Service => true,
            PeriodKind::Wait | PeriodKind::Parked | PeriodKind::Interrupted => false,
        };
        let called = visit.periods.iter().find(|period| at_desk(period.kind)).map(|period| period.from);
        let (way_in, booked_for) = match visit.origin {
            Origin::Booked { start, channel: Channel::InPerson, .. } => (ArrivalWay::Booked, Some(start)),
            Origin::Booked { start, channel: Channel::Telephone | Channel::Teleconference, .. } => {
                (ArrivalWay::Remote, Some(start))
            }
            Origin::WalkIn => (ArrivalWay::WalkIn, None),
            Origin::Direct => (ArrivalWay::Direct, None),
            Origin::Outage => (ArrivalWay::Paper, None),
        };
        let served = visit.periods.iter().rev().find(|period| period.kind == PeriodKind::Service);
        Some(Self {
            minute: minute_of_day(visit.arrived_at, zone),
            service: visit.service,
            desk: served.and_then(|period| period.desk),
            way_in,
            ended,
            wait_seconds: called.and_then(|_| added_up(visit, PeriodKind::Wait)),
            way_seconds: added_up(visit, PeriodKind::Way),
            service_seconds: added_up(visit, PeriodKind::Service),
            behind_seconds: called.zip(booked_for).map(|(called, start)| between(start.max(visit.arrived_at), called)),
            overtaken: visit.overtaken,
        })
    }

    /// Whether somebody was served, whatever the outcome.
    #[must_use]
    pub const fn is_served(&self) -> bool {
        match self.ended {
            VisitEnd::Done | VisitEnd::NotPossible | VisitEnd::DocumentsMissing => true,
            VisitEnd::NoShow | VisitEnd::Left | VisitEnd::Unserved => false,
        }
    }
}

/// A time that was promised, on the day for which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BookingCells", into = "BookingCells")]
pub struct BookingFact {
    /// The minute of the local day for which it was.
    pub minute: u16,
    /// The service that was promised.
    pub service: ServiceId,
    /// Planned length.
    pub minutes: u16,
    /// Who booked.
    pub by: BookedBy,
    /// What became of it.
    pub fate: BookingFate,
    /// Minutes from the booking to its time, where it is known when it was made.
    pub lead_minutes: Option<u32>,
    /// Whether it had another time before.
    pub moved: bool,
}

/// The same as it is kept.
type BookingCells = (u16, ServiceId, u16, BookedBy, BookingFate, Option<u32>, bool);

impl From<BookingCells> for BookingFact {
    fn from((minute, service, minutes, by, fate, lead_minutes, moved): BookingCells) -> Self {
        Self { minute, service, minutes, by, fate, lead_minutes, moved }
    }
}

impl From<BookingFact> for BookingCells {
    fn from(fact: BookingFact) -> Self {
        let BookingFact { minute, service, minutes, by, fate, lead_minutes, moved } = fact;
        (minute, service, minutes, by, fate, lead_minutes, moved)
    }
}

impl BookingFact {
    /// What is kept of a booking that was made at `made`; none of a hold, and none of a gap that a walk-in took.
    #[must_use]
    pub fn of(booking: &Booking, made: Option<DateTime<Utc>>, moved: bool, zone: Tz) -> Option<Self> {
        let fate = match &booking.life {
            BookingLife::Held { .. } | BookingLife::Expired { .. } | BookingLife::Fixed { .. } => return None,
            BookingLife::Arrived { .. } => BookingFate::Came,
            BookingLife::Missed { .. } => BookingFate::Missed,
            BookingLife::Void { .. } => BookingFate::Void,
            BookingLife::Confirmed { .. } => BookingFate::Expected,
            BookingLife::Cancelled { by, .. } => match by {
                CancelledBy::Citizen => BookingFate::CancelledByCitizen,
                CancelledBy::Staff => BookingFate::CancelledByStaff,
                CancelledBy::Office => BookingFate::CancelledByOffice,
                CancelledBy::Lateness => BookingFate::CancelledByLateness,
            },
        };
        let promise = &booking.promise;
        let by = match promise.audience {
            Audience::Public => BookedBy::Citizen,
            Audience::Agent(_) => BookedBy::Agent,
            Audience::Internal => BookedBy::Staff,
        };
        Some(Self {
            minute: minute_of_day(promise.start, zone),
            service: promise.service,
            minutes: promise.minutes,
            by,
            fate,
            lead_minutes: made.map(|made| between(made, promise.start) / 60),
            moved,
        })
    }

    /// Whether the time was kept for somebody to the end.
    #[must_use]
    pub const fn kept_time(&self) -> bool {
        match self.fate {
            BookingFate::Came | BookingFate::Missed | BookingFate::Expected => true,
            BookingFate::CancelledByCitizen
            | BookingFate::CancelledByStaff
            | BookingFate::CancelledByOffice
            | BookingFate::CancelledByLateness
            | BookingFate::Void => false,
        }
    }
}

/// All stretches of one kind; none where there was none.
fn added_up(visit: &Visit, kind: PeriodKind) -> Option<u32> {
    let stretches = visit.periods.iter().filter(|period| period.kind == kind);
    stretches.map(|period| between(period.from, period.to)).reduce(u32::saturating_add)
}

/// Whole seconds from one instant to another; none are less than nothing.
pub(crate) fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
    let seconds = to.signed_duration_since(from).num_seconds().max(0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// What the clock on the wall shows, in minutes of its day.
fn minute_of_day(at: DateTime<Utc>, zone: Tz) -> u16 {
    let local = civil::within(at).with_timezone(&zone);
    u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default()
}
