//! The rules saying no. No text: pages make the words, in Greek and English.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{DeskId, Nobody, NoteId, ServiceId, VisitId};

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    // Anything at all.
    /// The office is not set up.
    #[error("the office is not set up")]
    NotConfigured,
    /// The configuration contradicts itself; see [`crate::OfficeConfig::check`] for where.
    #[error("the configuration contradicts itself")]
    BadConfiguration,
    /// The change would take away a service for which somebody waits or has a booking (TRN-11).
    #[error("service in use")]
    ServiceInUse {
        /// The service that is still needed.
        service: ServiceId,
    },
    /// The change would take away a desk that is open (TRN-11).
    #[error("desk in use")]
    DeskInUse {
        /// The desk that is still open.
        desk: DeskId,
    },
    /// No such service.
    #[error("no such service")]
    UnknownService,
    /// No such desk.
    #[error("no such desk")]
    UnknownDesk,
    /// Nobody rings for help there any more.
    #[error("nobody rings there")]
    NobodyRings,
    /// No such booking, or its day is over.
    #[error("no such booking")]
    UnknownBooking,
    /// No such visit, or its day is over.
    #[error("no such visit")]
    UnknownVisit,
    /// Nothing to suspend or resume there.
    #[error("not suspended")]
    NotSuspended,

    // Times and bookings.
    /// The reference or opaque id drawn is taken: draw another.
    #[error("the drawn id is taken")]
    IdTaken,
    /// The time is past, or nearer than the service's lead time.
    #[error("the time is past or too near")]
    TooSoon,
    /// Further ahead than the service can be booked.
    #[error("beyond the horizon")]
    BeyondHorizon,
    /// The time is no start that the service offers: off its grid, outside hours, not released, not in this channel.
    #[error("not offered")]
    NotOffered,
    /// The time is taken, by bookings that need the same desks.
    #[error("taken")]
    Taken,
    /// No persons, no cases, or more than the service can plan for.
    #[error("persons or cases out of range")]
    BadCount,
    /// Too many holds of one address.
    #[error("too many holds")]
    TooManyHolds,
    /// Too many bookings of one address.
    #[error("too many bookings")]
    TooManyBookings,
    /// This agent has as many bookings of that day as one may have (TRN-07).
    #[error("the agent has enough of that day")]
    AgentDayFull,
    /// Agents together have their share of that day (TRN-07).
    #[error("agents have their share of that day")]
    AgentsShareFull,
    /// The hold has lapsed; choose again.
    #[error("the hold has lapsed")]
    HoldLapsed,
    /// The hold was extended as often as is allowed.
    #[error("no more extensions")]
    NoMoreExtensions,
    /// The booking is not a hold (any more).
    #[error("not a hold")]
    NotHeld,
    /// The booking is not in a state in which this can be done.
    #[error("not an open booking")]
    NotOpen,
    /// No correction was asked for, or it was made already.
    #[error("nothing to correct")]
    NothingToCorrect,
    /// Too near the time for the citizen to change it.
    #[error("too late to change")]
    TooLateToChange,

    // Arrivals.
    /// The booking is for another day.
    #[error("booked for {date}")]
    OtherDay {
        /// The booked local day.
        date: NaiveDate,
    },
    /// Far too early on the right day.
    #[error("check-in opens later")]
    CheckInOpensAt {
        /// When the kiosk takes it.
        at: DateTime<Utc>,
    },
    /// Checked in already: this visit.
    #[error("already checked in")]
    AlreadyHere {
        /// The visit that they have.
        visit: VisitId,
    },
    /// The booking was cancelled.
    #[error("cancelled")]
    BookingCancelled,
    /// It ended before its time, since something about it was missing or wrong.
    #[error("void")]
    BookingVoid,
    /// The hold was never confirmed.
    #[error("expired")]
    BookingExpired,
    /// The booking was missed.
    #[error("missed")]
    BookingMissed,
    /// Telephone and teleconference need no check-in (OMB-20).
    #[error("no check-in needed")]
    NoCheckInNeeded,
    /// The booked place is lost; the citizen must choose (TRN-05).
    #[error("late: a choice is needed")]
    LateChoiceNeeded {
        /// The booked time.
        booked_for: DateTime<Utc>,
    },
    /// The office serves nobody now.
    #[error("closed")]
    OfficeClosed {
        /// When it opens next, if that is known.
        opens_at: Option<DateTime<Utc>>,
    },
    /// Tickets are not given at this hour.
    #[error("no tickets now")]
    TicketsClosed {
        /// When they are given next, if that is known.
        opens_at: Option<DateTime<Utc>>,
    },
    /// Suspended (FLD-30).
    #[error("suspended")]
    Suspended {
        /// Until then, or until further notice.
        until: Option<DateTime<Utc>>,
    },
    /// Only with a booking (TRN-15).
    #[error("a booking is required")]
    BookingRequired,
    /// Not enough time is left today (TRN-06, TRN-14).
    #[error("no time left today")]
    NoTimeLeft,
    /// As many wait as the house takes.
    #[error("too many are waiting")]
    HouseFull,
    /// The citizen took the choice to book anew: the booking was given up instead.
    #[error("nothing to choose")]
    NothingToChoose,

    /// The numbers are not this kiosk's.
    #[error("not leased")]
    NotLeased,

    // Desks.
    /// Nobody serves at the desk.
    #[error("desk closed")]
    DeskClosed,
    /// The clerk of the desk is away for a while.
    #[error("desk on a break")]
    DeskOnBreak,
    /// There is no break to come back from.
    #[error("desk not on a break")]
    DeskNotOnBreak,
    /// Serving has begun there before.
    #[error("desk already open")]
    DeskAlreadyOpen,
    /// The clerk has another desk open.
    #[error("clerk at another desk")]
    ClerkElsewhere {
        /// The desk that the clerk has open.
        desk: DeskId,
    },
    /// The desk holds somebody: finish first.
    #[error("desk busy")]
    DeskBusy {
        /// The visit that it holds.
        visit: VisitId,
    },
    /// The desk holds another visit than the clerk believed: the press came twice, or late.
    #[error("desk holds another visit")]
    DeskHoldsAnother {
        /// The visit that it holds, if any.
        holds: Option<VisitId>,
    },

    // Calls.
    /// Nobody is next.
    #[error(transparent)]
    Nobody(#[from] Nobody),
    /// Read the note first (FLD-05).
    #[error("read the note first")]
    NoteFirst {
        /// The visit that the note is about.
        visit: VisitId,
        /// The note that is read before the call.
        note: NoteId,
    },
    /// The visit cannot be called: it is over, or somewhere else.
    #[error("not callable")]
    NotCallable,
    /// The desk does not serve what the visit needs.
    #[error("not served at this desk")]
    NotServedHere,
    /// Out of order needs a reason (FLD-06).
    #[error("a reason is needed")]
    ReasonNeeded,
    /// The visit is not called to this desk.
    #[error("not called here")]
    NotCalledHere,
    /// The visit is not being served at this desk.
    #[error("not served here now")]
    NotServingHere,
    /// The visit is no telephone or teleconference booking.
    #[error("not by telephone or teleconference")]
    NotRemote,
    /// The last call was a moment ago (FLD-04).
    #[error("too soon to recall")]
    RecallTooSoon {
        /// From when.
        at: DateTime<Utc>,
    },
    /// Recall first (FLD-04).
    #[error("recall first")]
    RecallFirst {
        /// So often more.
        more: u8,
    },
    /// Nobody else is near enough for an interruption (TRN-13).
    #[error("no reason to interrupt")]
    NoReasonToInterrupt,
    /// The visit is not late.
    #[error("not late")]
    NotLate,
    /// The visit has not left, or it is too long ago (FLD-12).
    #[error("too late to undo")]
    TooLateToUndo,
    /// The visit is no no-show.
    #[error("not a no-show")]
    NotNoShow,
    /// The times contradict each other, or lie ahead.
    #[error("impossible times")]
    BadTimes,
    /// Further ahead than anything of the kind can be; see `bounds.rs` for each.
    #[error("too far ahead")]
    TooFarAhead {
        /// It can be until then.
        latest: DateTime<Utc>,
    },
    /// A closure, or other hours, of a time of which nothing is ahead any more (FLD-15).
    #[error("already over")]
    AlreadyOver,
    /// Longer ago than anything of the kind can be entered.
    #[error("too long ago")]
    TooLongAgo {
        /// It can be from then on.
        earliest: DateTime<Utc>,
    },
}
