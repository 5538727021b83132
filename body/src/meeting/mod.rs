//! The meeting of a collective body (PRE-10), held at a conference: who its members are, whether they were invited in time,
//! who was present from when to when, whether there was a quorum, what was voted, and the minutes that chair and secretary sign.
//!
//! Members are the conference's participants, by their numbers there. There are no secret ballots: whoever must vote in secret
//! does so elsewhere, and the secretary enters the result.

mod apply;
mod command;
mod decide;
mod digest;
mod event;
mod presence;
mod refusal;
mod vote;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use command::{MeetingCommand, MeetingContext, MeetingPlan};
pub use decide::decide;
pub use digest::{NoTextDigest, TextDigest};
pub use event::{MeetingEvent, MeetingStep};
pub use presence::{Passage, PresenceSpan, Quorum};
pub use refusal::MeetingRefusal;
pub use vote::{Ballot, VoteCount, VoteRecord};

use crate::{Conference, ConferenceId, ParticipantId, WordsId};

/// Members are invited so many hours before, unless the body's own rules say otherwise (Law 2690/1999, article 14).
pub const NOTICE_HOURS: u16 = 48;
/// No body asks for more: half a year.
pub const NOTICE_HOURS_MAX: u16 = 4_400;
/// A meeting has so many members and substitutes.
pub const MEMBERS_MAX: usize = 100;
/// Fewer regular members with a vote make no collective body.
pub const VOTING_MIN: usize = 3;
/// So many items stand on an agenda.
pub const ITEMS_MAX: u8 = 60;
/// It takes so many steps, but for the signatures: each is kept for ever.
pub const MEETING_STEPS_MAX: u16 = 3_000;

/// Members read the minutes, and sign them, by their own links for so many days after the end, or after the newest step: about as
/// long as their addresses are kept. Afterwards the body alone has them.
pub const MINUTES_LINK_DAYS: i64 = 30;

/// The room says so often of a meeting who sits in it; what it says beyond that is not kept, and the secretary calls the roll.
pub const SEATS_MAX: usize = 1_000;
/// Whoever is back in the room within so many seconds was not away: a page was loaded anew, or a line dropped.
pub const SEAT_GAP_SECONDS: i64 = 120;

/// A meeting, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// The conference at which it is held.
    pub conference: ConferenceId,
    /// The body's name, place, agenda and ways, beside the journal.
    pub words: WordsId,
    /// Who belongs to it, by their numbers in the conference.
    pub members: BTreeMap<ParticipantId, MeetingMember>,
    /// So many items stand on its agenda.
    pub items: u8,
    /// Members are invited so many hours before.
    pub notice_hours: u16,
    /// When they were invited, and whether it was urgent.
    pub invited: Option<MeetingCall>,
    /// What the secretary called out, in order.
    pub roll: Vec<RollEntry>,
    /// Who took a seat in the room and who gave theirs up, in order, where the room says so.
    #[serde(default)]
    pub seats: Vec<RollEntry>,
    /// What was voted, by the number of the item, from 1.
    pub votes: BTreeMap<u8, VoteRecord>,
    /// The minutes, once they are made.
    pub minutes: Option<MeetingMinutes>,
    /// The time of its newest event; it never runs backwards.
    pub last_at: DateTime<Utc>,
    /// How many steps it took.
    pub steps: u16,
}

/// Somebody who belongs to a collective body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMember {
    /// What they are in it.
    pub post: MemberPost,
    /// Whether they have a vote.
    pub votes: bool,
    /// For whom they stand in, when that one is absent.
    pub substitutes: Option<ParticipantId>,
}

/// What somebody is in a collective body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberPost {
    /// Who leads it, and signs the minutes.
    Chair,
    /// Who keeps the minutes, and signs them.
    Secretary,
    /// Everybody else.
    Ordinary,
}

/// The secretary, or the room, found somebody present or absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollEntry {
    /// By their number in the conference.
    pub member: ParticipantId,
    /// The moment at which they did.
    pub at: DateTime<Utc>,
    /// Whether they were there.
    pub is_present: bool,
}

/// The invitation of the members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingCall {
    /// The moment at which they were invited.
    pub at: DateTime<Utc>,
    /// It was later than the notice period, and somebody said that it was urgent.
    pub is_urgent: bool,
}

/// The minutes as they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMinutes {
    /// Their text, kept beside the journal as it was made.
    pub words: WordsId,
    /// What it was then, letter by letter; nothing of minutes that were made before hubs kept it.
    #[serde(default)]
    pub digest: Option<TextDigest>,
    /// When the chair signed them.
    pub chair: Option<DateTime<Utc>>,
    /// When the secretary did.
    pub secretary: Option<DateTime<Utc>>,
}

impl MeetingMinutes {
    /// Whether both have signed: then nothing changes any more.
    #[must_use]
    pub const fn is_signed(&self) -> bool {
        self.chair.is_some() && self.secretary.is_some()
    }
}

impl Meeting {
    /// Who holds a post.
    #[must_use]
    pub fn holder(&self, post: MemberPost) -> Option<ParticipantId> {
        self.members.iter().find(|(_, member)| member.post == post).map(|(id, _)| *id)
    }

    /// Whether a link is its secretary's, who keeps its minutes beside whoever manages the conference.
    #[must_use]
    pub fn is_kept_by(&self, link: ParticipantId, conference: &Conference) -> bool {
        let is_invited = conference.participants.get(&link).is_some_and(|one| !one.is_removed);
        is_invited && self.holder(MemberPost::Secretary) == Some(link)
    }

    /// When the links of its members to the minutes end.
    #[must_use]
    pub fn links_end(&self, conference: &Conference) -> DateTime<Utc> {
        let newest = self.last_at.max(conference.span.until);
        newest.checked_add_signed(TimeDelta::days(MINUTES_LINK_DAYS)).unwrap_or(newest)
    }

    /// Whether its minutes are signed.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.minutes.is_some_and(|minutes| minutes.is_signed())
    }
}
