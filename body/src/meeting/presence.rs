//! Who is present: whoever came through the waiting page is, from then on, until the secretary finds them absent, or the room says
//! that they left it; and whoever the secretary finds present is, however they came.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Meeting, SEAT_GAP_SECONDS};
use crate::ParticipantId;

/// Somebody came through the waiting page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// By their number in the conference.
    pub participant: ParticipantId,
    /// The moment at which they did.
    pub at: DateTime<Utc>,
}

/// From when until when somebody was present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresenceSpan {
    /// From then.
    pub from: DateTime<Utc>,
    /// Until then; to the end, if unset.
    pub until: Option<DateTime<Utc>>,
}

/// Whether enough are present to decide (Law 2690/1999, article 14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// Regular members with a vote.
    pub seats: u16,
    /// More than half of them, and three at least.
    pub needed: u16,
    /// So many are there, themselves or by a substitute.
    pub present: u16,
}

impl Quorum {
    /// Whether so many are present that the body can decide.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        self.present >= self.needed
    }
}

impl Meeting {
    /// From when until when a member was present, in order.
    #[must_use]
    pub fn presence(&self, member: ParticipantId, passages: &[Passage]) -> Vec<PresenceSpan> {
        let came = passages.iter().filter(|one| one.participant == member).map(|one| (one.at, true));
        let called = self.roll.iter().filter(|one| one.member == member).map(|one| (one.at, one.is_present));
        let mut turns: Vec<(DateTime<Utc>, bool)> = came.chain(self.seated(member)).chain(called).collect();
        // What the secretary found at the same moment counts.
        turns.sort_by_key(|(at, _)| *at);
        let mut spans: Vec<PresenceSpan> = Vec::new();
        for (at, is_present) in turns {
            let open = spans.last_mut().filter(|span| span.until.is_none());
            match (open, is_present) {
                (None, true) => spans.push(PresenceSpan { from: at, until: None }),
                (Some(span), false) => span.until = Some(at),
                (Some(_), true) | (None, false) => {}
            }
        }
        spans
    }

    /// What the room said of a member, without the gaps of a page that was loaded anew or a line that dropped.
    fn seated(&self, member: ParticipantId) -> Vec<(DateTime<Utc>, bool)> {
        let mut turns: Vec<(DateTime<Utc>, bool)> = Vec::new();
        for one in self.seats.iter().filter(|one| one.member == member) {
            let is_gap = |(left, sat): &(DateTime<Utc>, bool)| {
                !sat && one.at.signed_duration_since(*left) <= TimeDelta::seconds(SEAT_GAP_SECONDS)
            };
            if one.is_present && turns.last().is_some_and(is_gap) {
                turns.pop();
            } else {
                turns.push((one.at, one.is_present));
            }
        }
        turns
    }

    /// Whether a member is present at a moment.
    #[must_use]
    pub fn is_present(&self, member: ParticipantId, passages: &[Passage], at: DateTime<Utc>) -> bool {
        let spans = self.presence(member, passages);
        spans.iter().any(|span| span.from <= at && span.until.is_none_or(|until| at < until))
    }

    /// Who can vote at a moment: regular members with a vote who are present, and for each who is absent the first substitute
    /// who is there.
    #[must_use]
    pub fn voters(&self, passages: &[Passage], at: DateTime<Utc>) -> BTreeSet<ParticipantId> {
        let is_there = |id: ParticipantId| self.is_present(id, passages, at);
        let voter = |id: ParticipantId| {
            if is_there(id) {
                return Some(id);
            }
            let substitutes = self.members.iter().filter(|(_, member)| member.substitutes == Some(id));
            substitutes.map(|(id, _)| *id).find(|id| is_there(*id))
        };
        self.regular().filter_map(voter).collect()
    }

    /// Whether enough are present at a moment.
    #[must_use]
    pub fn quorum(&self, passages: &[Passage], at: DateTime<Utc>) -> Quorum {
        let seats = u16::try_from(self.regular().count()).unwrap_or(u16::MAX);
        let present = u16::try_from(self.voters(passages, at).len()).unwrap_or(u16::MAX);
        Quorum { seats, needed: (seats / 2 + 1).max(3), present }
    }

    /// Since when enough were present for the first time, and how many then.
    #[must_use]
    pub fn quorum_since(&self, passages: &[Passage]) -> Option<(DateTime<Utc>, Quorum)> {
        let came = passages.iter().map(|one| one.at);
        let said = self.roll.iter().chain(&self.seats).map(|one| one.at);
        let mut turns: Vec<DateTime<Utc>> = came.chain(said).collect();
        turns.sort_unstable();
        turns.into_iter().map(|at| (at, self.quorum(passages, at))).find(|(_, quorum)| quorum.is_there())
    }

    /// Regular members with a vote.
    pub(super) fn regular(&self) -> impl Iterator<Item = ParticipantId> {
        self.members.iter().filter(|(_, member)| member.votes && member.substitutes.is_none()).map(|(id, _)| *id)
    }
}
