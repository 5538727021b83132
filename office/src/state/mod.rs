//! One office as it is now: a fold of its journal.

mod away;
mod booking;
mod claim;
mod desk;
mod help;
mod index;
mod invariants;
mod learnt;
mod rank;
mod slot;
pub(crate) mod spread;
mod tally;
mod visit;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use away::{HandInConflict, HandInNote, NumberBlock, NumberLease};
pub use booking::{
    Audience, Booking, BookingLife, CancelledBy, CorrectedBy, Correction, CorrectionMeans, CorrectionState,
    EarlierTime, FirstChoice, MovedBy, Party, Promise, VoidReason,
};
pub use claim::Claim;
pub use desk::{BreakReason, DeskState, OpenDesk};
pub use help::{HELP_CALLS_MAX, HELP_RINGS_MINUTES, HelpCall};
pub use learnt::{FadingShare, Learnt, RecentValues, ToldWaits};
pub use rank::{FillerKind, Rank};
pub use slot::FreeTime;
pub use spread::LearntSpread;
pub use tally::{DayTally, Overtaking};
pub use visit::{DeskProof, DocumentState, Origin, Outcome, Period, PeriodKind, ToldWait, Visit, VisitState};

use crate::{
    AddressId, BookingId, CallId, DeskId, OfficeConfig, PublicId, Reference, ServiceId, TicketNumber, VisitId,
};

/// One office as it is now. Built by [`crate::apply`] from its events, and by nothing else.
///
/// Finished visits and past bookings leave it when their day is closed, so that it does not grow; the journal keeps
/// them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Office {
    /// What it is set up to be; `None` before the first event.
    pub config: Option<OfficeConfig>,
    /// Time of the newest event: the office's time never runs backwards, whatever the machine's clock does (PROM-10).
    pub last_at: Option<DateTime<Utc>>,
    /// Bookings of days that are not closed yet.
    pub bookings: BTreeMap<BookingId, Booking>,
    /// The times that bookings keep (held, confirmed, arrived or fixed, or kept for who was displaced), by time; all that
    /// slots need of them stands in the claim, so that 90 days are one walk.
    pub bookings_by_start: BTreeSet<Claim>,
    /// Holds, by the moment at which they lapse.
    pub holds_by_expiry: BTreeSet<(DateTime<Utc>, BookingId)>,
    /// Confirmed bookings whose person has not come yet, by promised time.
    pub expected: BTreeSet<(DateTime<Utc>, BookingId)>,
    /// Those of them by telephone or teleconference: they "arrive" at their time (OMB-20).
    pub expected_remote: BTreeSet<(DateTime<Utc>, BookingId)>,
    /// Corrections that are waited for, by the moment at which the booking falls void without them (TRN-09).
    #[serde(default)]
    pub corrections_due: BTreeSet<(DateTime<Utc>, BookingId)>,
    /// Bookings that keep a time, by the address that the limits count them for (FLD-17).
    pub bookings_by_address: BTreeMap<AddressId, BTreeSet<BookingId>>,
    /// The time that bookings had before, and who wanted another: it is told beside the new one for as long as the booking is here
    /// (FLD-15). A snapshot of before this was kept is left aside, and the journal read instead.
    pub earlier_times: BTreeMap<BookingId, EarlierTime>,
    /// Bookings by what the citizen types.
    pub bookings_by_reference: BTreeMap<Reference, BookingId>,
    /// Visits of the day.
    pub visits: BTreeMap<VisitId, Visit>,
    /// Visits of the day that are not over: who waits, is called, served, parked or interrupted.
    pub open_visits: BTreeSet<VisitId>,
    /// Visits by their opaque id.
    pub visits_by_public: BTreeMap<PublicId, VisitId>,
    /// Desks that are open or on a break.
    pub desks: BTreeMap<DeskId, OpenDesk>,
    /// The local business day that runs.
    pub day: Option<Day>,
    /// What is suspended (FLD-30).
    pub suspensions: Vec<Suspension>,
    /// Those who ring for help at a kiosk.
    #[serde(default)]
    pub help: BTreeMap<PublicId, HelpCall>,
    /// The calls of the day, newest last, recalls as calls of their own.
    pub calls: Vec<Call>,
    /// Times during which the hub was away; nobody is late or missed because of one (PROM-12).
    pub outages: Vec<Outage>,
    /// Times given up, which are not offered to the public again before their cool-down is over (OMB-15); oldest first.
    pub cooling: VecDeque<Cooling>,
    /// What figures need and nothing else here remembers (FLD-10). A snapshot of before this was kept is left aside.
    pub tally: DayTally,
    /// Numbers that kiosks may give while the hub is away, until they give them back or their day is over.
    #[serde(default)]
    pub leases: Vec<NumberLease>,
    /// What staff must look at of that which kiosks handed in, oldest first.
    #[serde(default)]
    pub hand_in_notes: Vec<HandInNote>,
    /// What the office has learnt from its days. A snapshot of before this was kept is left aside, and the journal read
    /// instead, so that an old office knows at once what its years have taught it.
    pub learnt: Learnt,
    /// How many events its journal has: the stamp of what was found out about it.
    pub events: u64,
    /// Next number of each kind.
    pub next_booking: u64,
    /// See `next_booking`.
    pub next_visit: u64,
    /// See `next_booking`.
    pub next_call: u64,
}

/// A local business day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// In the office's zone.
    pub date: NaiveDate,
    /// The last number given under each letter (PROM-01).
    pub numbers: BTreeMap<char, u16>,
    /// When desks served, so that a closed desk makes nobody late or missed (PROM-12).
    pub desk_spans: Vec<DeskSpan>,
}

/// A stretch of the day in which a desk was open and not on a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSpan {
    /// The desk that was open.
    pub desk: DeskId,
    /// The moment at which it opened, or its break ended.
    pub from: DateTime<Utc>,
    /// To; still open if unset.
    pub to: Option<DateTime<Utc>>,
}

/// A call, or the repetition of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its number.
    pub id: CallId,
    /// The visit that was called.
    pub visit: VisitId,
    /// Their number, also after the visit has left the office.
    pub number: TicketNumber,
    /// Where to.
    pub desk: DeskId,
    /// The moment of the call.
    pub at: DateTime<Utc>,
    /// Whether it repeats an earlier one.
    pub recall: bool,
}

/// A service, a desk, or the giving of tickets is suspended (FLD-30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// What is suspended.
    pub scope: SuspensionScope,
    /// The moment from which it holds.
    pub since: DateTime<Utc>,
    /// Until then, or until further notice.
    pub until: Option<DateTime<Utc>>,
    /// Why, as people are told.
    pub because: crate::Words,
}

/// What is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuspensionScope {
    /// The giving of tickets.
    Tickets,
    /// Serving of one service.
    Service(ServiceId),
    /// Serving at one desk.
    Desk(DeskId),
}

/// A time during which the hub was away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// The last moment at which it was there.
    pub from: DateTime<Utc>,
    /// The moment at which it was back.
    pub to: DateTime<Utc>,
}

/// A time that was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cooling {
    /// The booking that had it.
    pub booking: BookingId,
    /// The service of which it was.
    pub service: ServiceId,
    /// The time.
    pub start: DateTime<Utc>,
    /// Its length in minutes.
    pub minutes: u16,
    /// Not offered to the public before.
    pub until: DateTime<Utc>,
}

impl Office {
    /// What suspends a scope at `now`, if anything does (FLD-30).
    #[must_use]
    pub fn suspension(&self, scope: SuspensionScope, now: DateTime<Utc>) -> Option<&Suspension> {
        let in_force = |one: &&Suspension| one.scope == scope && one.until.is_none_or(|until| now < until);
        self.suspensions.iter().find(in_force)
    }

    /// What keeps a service from being given at `now`: it is suspended itself, or every desk that serves it is, until the first
    /// of them goes on (FLD-30).
    #[must_use]
    pub fn service_suspension(&self, service: ServiceId, now: DateTime<Utc>) -> Option<Suspension> {
        let scope = SuspensionScope::Service(service);
        if let Some(own) = self.suspension(scope, now) {
            return Some(own.clone());
        }
        let serving = self.config.as_ref()?.desks.iter().filter(|(_, desk)| desk.services.contains(&service));
        let all = serving.map(|(desk, _)| self.suspension(SuspensionScope::Desk(*desk), now));
        let all: Vec<&Suspension> = all.collect::<Option<_>>()?;
        // One without an end lasts longest.
        let first = all.into_iter().min_by_key(|one| (one.until.is_none(), one.until))?;
        Some(Suspension { scope, ..first.clone() })
    }

    /// Whether the office has told somebody who still waits that today will not reach them (FLD-35): they are offered another
    /// time first, wherever they read where they stand.
    #[must_use]
    pub fn is_out_of_reach(&self, visit: VisitId) -> bool {
        let told = self.visits.get(&visit).filter(|visit| visit.told_unreachable);
        told.is_some_and(|visit| matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. }))
    }

    /// The times that are kept for an address at `now`, the next to lapse first (OMB-08).
    pub fn holds_of(&self, address: AddressId, now: DateTime<Utc>) -> impl Iterator<Item = &Booking> {
        let open = self.holds_by_expiry.iter().filter(move |(expires_at, _)| *expires_at > now);
        let bookings = open.filter_map(|(_, id)| self.bookings.get(id));
        bookings.filter(
            move |booking| matches!(booking.life, BookingLife::Held { owner: Some(owner), .. } if owner == address),
        )
    }
}
