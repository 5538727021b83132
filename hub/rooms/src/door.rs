//! The door of a room: a room opens at its time and not before (PRE-08), for hosts a little earlier, and some time after its
//! end it leads nowhere. Who was shown out does not come back, and what was ended for all is over for all.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::pass::{RoomPass, RoomRole};

/// So much earlier a room opens for hosts.
pub const HOSTS_EARLIER_MINUTES: i64 = 10;
/// So long after its end it is still open: what takes longer is brought to an end there.
pub const KEPT_OPEN_MINUTES: i64 = 30;

/// Of what is kept about the door of a booking's room, this bit says that it goes on by telephone.
pub const BY_TELEPHONE: u32 = 16;

/// Whether what was to be a teleconference goes on by telephone, by what is kept about its door.
#[must_use]
pub const fn is_by_telephone(shut: u32) -> bool {
    shut & BY_TELEPHONE != 0
}

/// From when to when a room is meant to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomHours {
    /// It opens then for whom it was made.
    pub opens: DateTime<Utc>,
    /// It was promised until then.
    pub ends: DateTime<Utc>,
}

impl RoomHours {
    /// When it opens for somebody.
    pub fn opens_for(&self, role: RoomRole) -> DateTime<Utc> {
        match role {
            RoomRole::Host => self.opens - TimeDelta::minutes(HOSTS_EARLIER_MINUTES),
            RoomRole::Guest | RoomRole::Helper => self.opens,
        }
    }

    /// From then on it leads nowhere.
    pub fn shuts(&self) -> DateTime<Utc> {
        self.ends.max(self.opens) + TimeDelta::minutes(KEPT_OPEN_MINUTES)
    }
}

/// Why a room leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomEnd {
    /// Its time is over.
    Time,
    /// Who has this pass was shown out.
    Removed,
    /// A host ended it for all.
    ForAll,
    /// It goes on by telephone.
    ByTelephone,
    /// What it was for is done, or was given up.
    Done,
    /// It will not be.
    Cancelled,
}

/// How the door stands for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomDoor {
    /// It opens by itself then.
    Waiting {
        /// The moment at which it opens for them.
        opens: DateTime<Utc>,
    },
    /// They may come in.
    Open {
        /// Until then.
        until: DateTime<Utc>,
    },
    /// It is open for who was let in at its waiting page, and they were not, or not yet.
    Outside {
        /// Until then somebody may still let them in.
        until: DateTime<Utc>,
    },
    /// It leads nowhere any more.
    Over(RoomEnd),
}

/// What is known of a room besides who sits in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomState {
    /// Its time.
    pub hours: RoomHours,
    /// Who was shown out.
    pub removed: BTreeSet<RoomPass>,
    /// Where guests come in through a waiting page: those who have.
    pub admitted: Option<BTreeSet<RoomPass>>,
    /// It was ended before its time.
    pub ended: Option<RoomEnd>,
}

impl RoomState {
    /// How the door stands for a pass.
    pub fn door(&self, pass: RoomPass, now: DateTime<Utc>) -> RoomDoor {
        let (opens, shuts) = (self.hours.opens_for(pass.role), self.hours.shuts());
        match self.ended {
            Some(end) => RoomDoor::Over(end),
            None if self.removed.contains(&pass) => RoomDoor::Over(RoomEnd::Removed),
            None if now >= shuts => RoomDoor::Over(RoomEnd::Time),
            None if now < opens => RoomDoor::Waiting { opens },
            None if !self.admits(pass) => RoomDoor::Outside { until: shuts },
            None => RoomDoor::Open { until: shuts },
        }
    }

    /// The one moment at which time itself changes how the door stands; none where it does nothing more.
    pub fn next_change(&self, pass: RoomPass, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.door(pass, now) {
            RoomDoor::Waiting { opens } => Some(opens),
            RoomDoor::Open { until } | RoomDoor::Outside { until } => Some(until),
            RoomDoor::Over(_) => None,
        }
    }

    fn admits(&self, pass: RoomPass) -> bool {
        match pass.role {
            RoomRole::Host => true,
            RoomRole::Guest | RoomRole::Helper => {
                self.admitted.as_ref().is_none_or(|admitted| admitted.contains(&pass))
            }
        }
    }
}
