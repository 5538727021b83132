//! For what people were passed over, without whom (TRN-06).

use office::{CallRight, OverrideReason, Overtaking, Reason};
use serde::{Deserialize, Serialize};

use crate::code::coded;

coded! {
    /// For what somebody was called before others who had come earlier and by the same right.
    PassedFor {
        /// A booked time had come.
        BookedTime = 0,
        /// Somebody had waited past the hard limit.
        WaitedPastLimit = 1,
        /// They fitted in before a booked citizen, and who was passed over did not.
        FitsGap = 2,
        /// They had been passed over too often themselves.
        GapKept = 3,
        /// They were back in time, or transferred to the front.
        FirstInLine = 4,
        /// Booked, and called before their time.
        BookedEarly = 5,
        /// Within the published bound of delay.
        WithinBound = 6,
        /// After the last booking.
        EndOfDay = 7,
        /// The desk had put them aside before.
        ParkedHere = 8,
        /// They came to the desk directly.
        Direct = 9,
        /// A call by telephone or a teleconference was due.
        RemoteDue = 10,
        /// Out of order: a short question.
        ShortMatter = 11,
        /// Out of order: they brought what was missing.
        BroughtDocuments = 12,
        /// Out of order: their condition asked for it.
        Urgent = 13,
        /// Out of order: a mistake was put right.
        Mistake = 14,
        /// Out of order: a note said so.
        NoteOfProposal = 15,
        /// Out of order, for another reason.
        Other = 16,
        /// It was the row's turn, and the desk prefers their service.
        Preferred = 17,
        /// By experience fewer appointments wait over three minutes so, and everybody else waits least.
        Weighed = 18,
    }
}

/// How often, and over how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PassedCount {
    /// So many calls.
    pub calls: u32,
    /// So many people were passed over in them, each counted once a call.
    pub passed: u32,
}

impl PassedCount {
    /// A call for which somebody was passed over.
    pub(crate) fn add(&mut self, one: &Overtaking) {
        self.calls = self.calls.saturating_add(1);
        self.passed = self.passed.saturating_add(one.passed.into());
    }

    /// Those of another day.
    pub(crate) fn add_all(&mut self, other: Self) {
        self.calls = self.calls.saturating_add(other.calls);
        self.passed = self.passed.saturating_add(other.passed);
    }
}

impl From<&Reason> for PassedFor {
    fn from(reason: &Reason) -> Self {
        match reason {
            Reason::BookedAndDue { .. } => Self::BookedTime,
            Reason::WaitedPastLimit { .. } => Self::WaitedPastLimit,
            Reason::FitsGap { .. } => Self::FitsGap,
            Reason::GapKept { .. } => Self::GapKept,
            Reason::FirstInLine => Self::FirstInLine,
            Reason::BookedEarly { .. } => Self::BookedEarly,
            Reason::WithinBound { .. } => Self::WithinBound,
            Reason::InTurn { .. } => Self::Preferred,
            Reason::Weighed { right, .. } => match right {
                CallRight::Due { .. } => Self::BookedTime,
                CallRight::Early { .. } => Self::BookedEarly,
                CallRight::InTurn { .. } => Self::Weighed,
            },
            Reason::EndOfDay => Self::EndOfDay,
            Reason::ParkedHere => Self::ParkedHere,
            Reason::Direct => Self::Direct,
            Reason::RemoteDue { .. } => Self::RemoteDue,
            Reason::OutOfOrder { because, .. } => match because {
                OverrideReason::ShortMatter => Self::ShortMatter,
                OverrideReason::BroughtDocuments => Self::BroughtDocuments,
                OverrideReason::Urgent => Self::Urgent,
                OverrideReason::Mistake => Self::Mistake,
                OverrideReason::NoteOfProposal => Self::NoteOfProposal,
                OverrideReason::Other => Self::Other,
            },
        }
    }
}
