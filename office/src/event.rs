//! What happened. An office is the fold of these; an old journal must always be readable.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    AddressId, Audience, Booking, BookingId, BreakReason, CallId, CancelledBy, ClerkId, CorrectedBy, DeskId,
    FirstChoice, LateChoice, NoteId, OfficeConfig, Outcome, OverrideReason, Party, Promise, Rank, Reason, Reference,
    Rule, ServiceId, Shown, Suspension, SuspensionScope, TransferTarget, Visit, VisitId, VoidReason,
};

/// Something that happened in an office, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The office's time; it never runs backwards within a journal.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
}

/// What happened. Nothing personal is in here: persons, notes and addresses are ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The office is set up so from now on.
    Configured(Box<OfficeConfig>),
    /// Something was suspended.
    Suspended(Suspension),
    /// A suspension ended.
    Resumed {
        /// Of what.
        scope: SuspensionScope,
    },
    /// The hub was away.
    OutageNoted {
        /// From; to the time of this event.
        from: DateTime<Utc>,
    },
    /// A local business day began: numbers start at 1.
    DayOpened {
        /// Which.
        date: NaiveDate,
    },
    /// A local business day ended: open desks were closed, open visits ended as not served; what is over leaves the
    /// office's memory (FLD-35).
    DayClosed {
        /// Which.
        date: NaiveDate,
    },

    /// A time is kept.
    Held {
        /// Its number.
        booking: BookingId,
        /// What the citizen would type.
        reference: Reference,
        /// What is promised.
        promise: Promise,
        /// For the limits.
        owner: Option<AddressId>,
        /// Until then.
        expires_at: DateTime<Utc>,
    },
    /// A hold runs longer.
    HoldExtended {
        /// Which.
        booking: BookingId,
        /// Until then.
        expires_at: DateTime<Utc>,
    },
    /// An agent left a held time to a citizen (TRN-07).
    Entrusted {
        /// Which.
        booking: BookingId,
        /// Whose it is now, for the limits, and to confirm it.
        owner: AddressId,
        /// It lapses then, unless they do.
        expires_at: DateTime<Utc>,
    },
    /// A hold lapsed, or was given back.
    HoldEnded {
        /// Which.
        booking: BookingId,
    },
    /// A hold became a booking.
    Confirmed {
        /// Which.
        booking: BookingId,
        /// To whom.
        party: Party,
    },
    /// Booked at once.
    Booked(Box<Booking>),
    /// A booking has another time.
    Moved {
        /// Which.
        booking: BookingId,
        /// The old time.
        from: DateTime<Utc>,
        /// The new one.
        to: DateTime<Utc>,
        /// Planned length there.
        minutes: u16,
        /// Who may have the new time (FLD-16).
        audience: Audience,
        /// The old time is not offered to the public before (OMB-15).
        cools_until: DateTime<Utc>,
    },
    /// A booking was given up.
    Cancelled {
        /// Which.
        booking: BookingId,
        /// By whom.
        by: CancelledBy,
        /// The time is not offered to the public before (OMB-15).
        cools_until: DateTime<Utc>,
        /// The office had to: they choose another time before the public does (FLD-33).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_choice: Option<FirstChoice>,
    },
    /// Who was displaced chose another time: the booking stands again, with the same code (FLD-33).
    ChosenAnew {
        /// Which booking.
        booking: BookingId,
        /// The time that the office gave up.
        from: DateTime<Utc>,
        /// The new one, which staff could have given them.
        to: DateTime<Utc>,
        /// Planned length there.
        minutes: u16,
    },
    /// A booking is void.
    Voided {
        /// Which.
        booking: BookingId,
        /// Why.
        because: VoidReason,
    },
    /// The citizen was asked to put something right (TRN-09).
    CorrectionAsked {
        /// In which booking.
        booking: BookingId,
        /// What is the matter.
        because: VoidReason,
        /// What staff wrote about it.
        note: Option<NoteId>,
        /// To be done by then.
        until: DateTime<Utc>,
    },
    /// It was put right.
    Corrected {
        /// In which booking.
        booking: BookingId,
        /// By whom.
        by: CorrectedBy,
    },
    /// Staff changed what was said with a booking, in the hub's `people` table (FLD-14).
    DetailsChanged {
        /// Which booking.
        booking: BookingId,
    },
    /// Nobody came.
    Missed {
        /// Which booking.
        booking: BookingId,
    },

    /// Somebody with a booking is here: the visit, its rank and its number are decided.
    CheckedIn(Box<Visit>),
    /// Somebody without a booking took a number.
    TicketTaken(Box<Visit>),
    /// Somebody came to a desk directly, and is being served (FLD-07).
    CameDirectly(Box<Visit>),
    /// A visit served on paper was entered, with its true times.
    PaperEntered(Box<Visit>),
    /// A walk-in took the offered gap as a fixed time today; the visit ranks as booked for it (TRN-06).
    TimeFixed {
        /// Whose.
        visit: VisitId,
        /// The time.
        booking: Box<Booking>,
    },
    /// A rule was broken, and tolerated: a warning (TRN-12).
    Tolerated {
        /// Which rule.
        rule: Rule,
        /// By whose booking.
        booking: Option<BookingId>,
        /// By which visit.
        visit: Option<VisitId>,
    },
    /// A visit ranks otherwise from now on: admitted, a choice made, a target freed.
    Ranked {
        /// Which.
        visit: VisitId,
        /// How.
        rank: Rank,
        /// Why.
        because: RankReason,
    },
    /// Persons, cases or planned length changed.
    Amended {
        /// Which visit.
        visit: VisitId,
        /// How many persons.
        persons: u8,
        /// How many cases.
        cases: u8,
        /// How long.
        planned_minutes: u16,
    },
    /// A note was attached or removed.
    NoteSet {
        /// To which visit.
        visit: VisitId,
        /// Which.
        note: Option<NoteId>,
    },
    /// Left.
    Left {
        /// Who.
        visit: VisitId,
    },
    /// Did not leave after all.
    LeftUndone {
        /// Who.
        visit: VisitId,
    },
    /// Back after a no-show.
    CameBack {
        /// Who.
        visit: VisitId,
        /// How they rank now.
        rank: Rank,
    },

    /// A desk opened.
    DeskOpened {
        /// Which.
        desk: DeskId,
        /// Who serves.
        clerk: ClerkId,
        /// End of the clerk's hours.
        until: Option<DateTime<Utc>>,
    },
    /// A break began.
    BreakStarted {
        /// At which desk.
        desk: DeskId,
        /// Why.
        because: BreakReason,
        /// Its stated end.
        until: Option<DateTime<Utc>>,
    },
    /// A break ended.
    BreakEnded {
        /// At which desk.
        desk: DeskId,
    },
    /// A desk closed.
    DeskClosed {
        /// Which.
        desk: DeskId,
    },
    /// A desk calls by itself, or no longer.
    ReadySet {
        /// Which.
        desk: DeskId,
        /// On or off.
        ready: bool,
    },

    /// Somebody was called.
    Called {
        /// Its number.
        call: CallId,
        /// Whom.
        visit: VisitId,
        /// Where to.
        desk: DeskId,
        /// Why this one.
        reason: Reason,
        /// Those of earlier arrival and the same right who were passed over (TRN-06).
        overtook: Vec<VisitId>,
    },
    /// The call was repeated.
    Recalled {
        /// A number of its own.
        call: CallId,
        /// Whom.
        visit: VisitId,
        /// Where to.
        desk: DeskId,
    },
    /// A call was taken back.
    PutBack {
        /// Whose.
        visit: VisitId,
        /// From which desk.
        desk: DeskId,
    },
    /// Serving began.
    Appeared {
        /// Whose.
        visit: VisitId,
        /// Where.
        desk: DeskId,
    },
    /// Did not appear.
    NoShow {
        /// Who.
        visit: VisitId,
        /// At which desk.
        desk: DeskId,
    },
    /// Could not be reached this time; put aside by this desk, to be tried again.
    AttemptFailed {
        /// Who.
        visit: VisitId,
        /// By which desk.
        desk: DeskId,
    },
    /// What was shown at the desk was recorded (OMB-17).
    ShownRecorded {
        /// By whom it was shown.
        visit: VisitId,
        /// Where.
        desk: DeskId,
        /// What.
        shown: Shown,
        /// Why documents were waived.
        note: Option<NoteId>,
    },
    /// Interrupted for a booked citizen.
    Interrupted {
        /// Who.
        visit: VisitId,
        /// At which desk.
        desk: DeskId,
        /// Planned length of what is left.
        left_minutes: u16,
        /// How they rank now.
        rank: Rank,
        /// Only this desk should go on.
        same_desk: bool,
    },
    /// Put aside.
    Parked {
        /// Who.
        visit: VisitId,
        /// By which desk.
        desk: DeskId,
    },
    /// Sent elsewhere.
    Transferred {
        /// Who.
        visit: VisitId,
        /// From which desk.
        desk: DeskId,
        /// Where to.
        to: TransferTarget,
        /// Planned length there.
        planned_minutes: u16,
        /// How they rank there.
        rank: Rank,
        /// Put first there, for this reason.
        first_in_line: Option<OverrideReason>,
    },
    /// Ended.
    Finished {
        /// Who.
        visit: VisitId,
        /// At which desk.
        desk: DeskId,
        /// How.
        outcome: Outcome,
        /// What was delivered.
        delivered: Vec<(ServiceId, u8)>,
    },
    /// Told that today will not reach them, with an offer (FLD-35).
    ToldUnreachable {
        /// Who.
        visit: VisitId,
    },
    /// Closing came first.
    Unserved {
        /// Who.
        visit: VisitId,
    },
}

/// Why a visit ranks otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RankReason {
    /// The clerk admitted somebody late (TRN-03).
    Admitted,
    /// Somebody late chose (TRN-05).
    Chose(LateChoice),
    /// The desk it was meant for has closed (FLD-02).
    TargetClosed,
}
