//! What happens to a meeting. Nothing personal is in here: members are numbers, words are ids.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{MeetingPlan, TextDigest, VoteRecord};
use crate::{ConferenceId, Doer, ParticipantId, WordsId};

/// Something that happened to a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingEvent {
    /// When; it never runs backwards for one meeting.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: MeetingStep,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingStep {
    /// It was set up, or what was set up was changed.
    MeetingPlanned {
        /// The conference at which it is held.
        conference: ConferenceId,
        /// As it is from then on.
        plan: MeetingPlan,
    },
    /// The members were invited.
    MeetingCalled {
        /// Whether the notice period was not waited for.
        is_urgent: bool,
    },
    /// The secretary found somebody present or absent.
    RollCalled {
        /// By their number in the conference.
        member: ParticipantId,
        /// Whether they were there.
        is_present: bool,
    },
    /// Somebody took a seat in the room, or gave theirs up.
    SeatNoted {
        /// By their number in the conference.
        member: ParticipantId,
        /// Whether they sat in it from then on.
        is_there: bool,
    },
    /// A vote was entered; one on the same item before counts no more.
    VoteEntered {
        /// On which item, from 1.
        item: u8,
        /// What came of it.
        vote: VoteRecord,
    },
    /// The minutes were made.
    MinutesMade {
        /// Their text, beside the journal.
        words: WordsId,
        /// What it was then, letter by letter, so that nobody changes it unseen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<TextDigest>,
    },
    /// Somebody signed them.
    MinutesSigned {
        /// By their number in the conference.
        member: ParticipantId,
    },
}
