//! What can be asked of a meeting.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{MeetingMember, Passage, TextDigest, VoteRecord};
use crate::{Conference, Doer, Grant, ParticipantId, WordsId};

/// A meeting as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingPlan {
    /// The body's name, place, agenda and ways, beside the journal.
    pub words: WordsId,
    /// Who belongs to it.
    pub members: BTreeMap<ParticipantId, MeetingMember>,
    /// So many items stand on its agenda.
    pub items: u8,
    /// Members are invited so many hours before.
    pub notice_hours: u16,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingCommand {
    /// Somebody sets it up, or changes what was set up.
    Plan(MeetingPlan),
    /// The members are invited to it.
    Call {
        /// Whether it is urgent, and the notice period is not waited for.
        is_urgent: bool,
    },
    /// The secretary finds somebody present or absent.
    CallRoll {
        /// By their number in the conference.
        member: ParticipantId,
        /// Whether they are there.
        is_present: bool,
    },
    /// The room says that somebody took a seat in it, or gave theirs up.
    Seat {
        /// By their number in the conference.
        member: ParticipantId,
        /// Whether they sit in it now.
        is_there: bool,
    },
    /// A vote was taken.
    Vote {
        /// On which item, from 1.
        item: u8,
        /// What came of it.
        vote: VoteRecord,
    },
    /// The minutes are made; those before lose their signatures.
    MakeMinutes {
        /// Their text, beside the journal.
        words: WordsId,
        /// What it is, letter by letter.
        digest: TextDigest,
    },
    /// Somebody signs the minutes.
    Sign {
        /// By their number in the conference.
        member: ParticipantId,
        /// The minutes that they have read.
        words: WordsId,
        /// What their text is at this moment, letter by letter.
        digest: TextDigest,
    },
}

/// What is known beside a meeting when a command is decided.
#[derive(Debug, Clone, Copy)]
pub struct MeetingContext<'a> {
    /// Who asks.
    pub by: Doer,
    /// Whose link it is, by their number in the conference, where a link asks.
    pub link: Option<ParticipantId>,
    /// The time, as an argument.
    pub now: DateTime<Utc>,
    /// What they may do.
    pub grants: &'a [Grant],
    /// The conference at which it is held.
    pub conference: &'a Conference,
    /// Who came through the waiting page, and when.
    pub passages: &'a [Passage],
}
