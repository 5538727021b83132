//! What came of a vote: each by name, or a result that the secretary enters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ParticipantId;

/// What somebody voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ballot {
    /// They agree.
    For,
    /// They do not.
    Against,
    /// They keep out of it.
    Blank,
}

/// How many voted what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteCount {
    /// So many agree.
    pub agree: u16,
    /// So many do not.
    pub against: u16,
    /// So many keep out of it.
    pub blank: u16,
}

/// A vote as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoteRecord {
    /// The ballot of each member who voted, by their number in the conference.
    ByName(BTreeMap<ParticipantId, Ballot>),
    /// The numbers alone, as the secretary entered them.
    Result(VoteCount),
}

impl VoteCount {
    /// All of them.
    #[must_use]
    pub const fn in_all(&self) -> u32 {
        self.agree as u32 + self.against as u32 + self.blank as u32
    }
}

impl VoteRecord {
    /// How many voted what.
    #[must_use]
    pub fn count(&self) -> VoteCount {
        match self {
            Self::Result(count) => *count,
            Self::ByName(names) => {
                let of = |ballot| {
                    let those = names.values().filter(|one| **one == ballot).count();
                    u16::try_from(those).unwrap_or(u16::MAX)
                };
                VoteCount { agree: of(Ballot::For), against: of(Ballot::Against), blank: of(Ballot::Blank) }
            }
        }
    }
}
