//! What happens to visits, from the number to the end.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Booking, BookingId, CallId, DeskId, DeskProof, LateChoice, Needs, NoteId, Outcome, OverrideReason, Rank, Reason,
    ServiceId, TransferTarget, Visit, VisitId,
};

/// What happened to a visit. Nothing personal is in here: persons, notes and addresses are ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitEvent {
    /// Somebody with a booking is here: the visit, its rank and its number are decided.
    CheckedIn(Box<Visit>),
    /// Somebody without a booking took a number.
    TicketTaken(Box<Visit>),
    /// Somebody came to a desk directly, and is being served (FLD-07).
    CameDirectly(Box<Visit>),
    /// A visit served on paper was entered, with its true times.
    #[serde(rename = "paper-entered")]
    OutageVisitEntered(Box<Visit>),
    /// A clerk found the booking of somebody whose code the hub had not known when a kiosk handed them in.
    BookingFound {
        /// The visit of whoever is here.
        visit: VisitId,
        /// What they had booked.
        booking: BookingId,
        /// How they rank from now on.
        rank: Rank,
    },
    /// Somebody who waits had been served already, on paper, under the number in their hand.
    ServedOnPaper {
        /// The visit that is over.
        visit: VisitId,
        /// The desk that served it.
        desk: DeskId,
        /// When serving began.
        from: DateTime<Utc>,
        /// When it ended.
        to: DateTime<Utc>,
        /// Whether what was wanted was done.
        outcome: Outcome,
    },
    /// A walk-in took the offered gap as a fixed time today; the visit ranks as booked for it (TRN-06).
    TimeFixed {
        /// The walk-in's visit.
        visit: VisitId,
        /// The time.
        booking: Box<Booking>,
    },
    /// A visit ranks otherwise from now on: admitted, a choice made, a target freed.
    Ranked {
        /// The visit that ranks anew.
        visit: VisitId,
        /// By what right it is called from now on.
        rank: Rank,
        /// What changed its rank.
        because: RankReason,
    },
    /// Persons, cases or planned length changed.
    Amended {
        /// The visit that turned out otherwise.
        visit: VisitId,
        /// How many persons.
        persons: u8,
        /// How many cases.
        cases: u8,
        /// How long.
        planned_minutes: u16,
    },
    /// Somebody said more about themselves; what is left out stayed as it was.
    Wished {
        /// The visit about which they said it.
        visit: VisitId,
        /// Whether they may be called before their time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        early: Option<bool>,
        /// Whether they ask for priority service (FLD-27).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<bool>,
        /// What they need (FLD-34).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needs: Option<Needs>,
    },
    /// A note was attached or removed.
    NoteSet {
        /// To which visit.
        visit: VisitId,
        /// The note; none, if it was taken off.
        note: Option<NoteId>,
    },
    /// Somebody left of their own accord.
    Left {
        /// The visit of whoever left.
        visit: VisitId,
    },
    /// Did not leave after all.
    LeftUndone {
        /// The visit of whoever had left.
        visit: VisitId,
    },
    /// Back after a no-show.
    CameBack {
        /// The visit of whoever is back.
        visit: VisitId,
        /// How they rank now.
        rank: Rank,
    },
    /// Somebody was called.
    Called {
        /// Its number.
        call: CallId,
        /// The visit that was called.
        visit: VisitId,
        /// Where to.
        desk: DeskId,
        /// The step of the rule that chose it, or the clerk's reason.
        reason: Reason,
        /// Those of earlier arrival and the same right who were passed over (TRN-06).
        overtook: Vec<VisitId>,
        /// The version of the rule by which it was decided, so that the call can be replayed (NEW-11): 0 before there were
        /// futures.
        #[serde(default, skip_serializing_if = "is_first_version")]
        rule: u16,
    },
    /// The call was repeated.
    Recalled {
        /// A number of its own.
        call: CallId,
        /// The visit that was called once more.
        visit: VisitId,
        /// Where to.
        desk: DeskId,
    },
    /// A call was taken back.
    PutBack {
        /// The visit whose call it was.
        visit: VisitId,
        /// From which desk.
        desk: DeskId,
    },
    /// Serving began.
    Appeared {
        /// The visit that is being served.
        visit: VisitId,
        /// The desk that serves it.
        desk: DeskId,
    },
    /// Did not appear.
    NoShow {
        /// The visit that was called.
        visit: VisitId,
        /// At which desk.
        desk: DeskId,
    },
    /// Could not be reached this time; put aside by this desk, to be tried again.
    AttemptFailed {
        /// The visit that could not be reached.
        visit: VisitId,
        /// By which desk.
        desk: DeskId,
    },
    /// What was shown at the desk was recorded (OMB-17).
    ShownRecorded {
        /// By whom it was shown.
        visit: VisitId,
        /// The desk at which it was shown.
        desk: DeskId,
        /// What the person has shown.
        shown: DeskProof,
        /// Why documents were waived.
        note: Option<NoteId>,
    },
    /// Interrupted for a booked citizen.
    Interrupted {
        /// The visit that was being served.
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
        /// The visit that was put aside.
        visit: VisitId,
        /// By which desk.
        desk: DeskId,
    },
    /// Sent elsewhere.
    Transferred {
        /// The visit that was sent elsewhere.
        visit: VisitId,
        /// From which desk.
        desk: DeskId,
        /// The service or desk that serves it from then on.
        to: TransferTarget,
        /// Planned length there.
        planned_minutes: u16,
        /// How they rank there.
        rank: Rank,
        /// Put first there, for this reason.
        first_in_line: Option<OverrideReason>,
    },
    /// Serving ended.
    Finished {
        /// The visit that ended.
        visit: VisitId,
        /// At which desk.
        desk: DeskId,
        /// Whether what was wanted was done.
        outcome: Outcome,
        /// What was delivered.
        delivered: Vec<(ServiceId, u8)>,
    },
    /// Told that today will not reach them, with an offer (FLD-35).
    ToldUnreachable {
        /// The visit that will not be reached.
        visit: VisitId,
    },
    /// Closing came first.
    Unserved {
        /// The visit that nobody served.
        visit: VisitId,
    },
}

/// Whether a rule is the one that events did not name yet.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_first_version(rule: &u16) -> bool {
    *rule == 0
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
