//! What happens to visits, from the number to the end.

use serde::{Deserialize, Serialize};

use crate::{
    Booking, CallId, DeskId, DeskProof, LateChoice, NoteId, Outcome, OverrideReason, Rank, Reason, ServiceId,
    TransferTarget, Visit, VisitId,
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
    /// A walk-in took the offered gap as a fixed time today; the visit ranks as booked for it (TRN-06).
    TimeFixed {
        /// Whose.
        visit: VisitId,
        /// The time.
        booking: Box<Booking>,
    },
    /// A visit ranks otherwise from now on: admitted, a choice made, a target freed.
    Ranked {
        /// The visit that ranks anew.
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
        /// The note; none, if it was taken off.
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
        /// What the person has shown.
        shown: DeskProof,
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
