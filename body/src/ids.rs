//! Names of things: each kind of number is a type of its own, so that a unit is never taken for an office.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The number of the first unit that was made: those of the configuration have smaller ones, so that a body that adds units to
/// its file never meets one that somebody made.
pub const UNIT_MADE_FIRST: u16 = 10_001;

vocabulary::numbered! {
    /// One person's account, by its number in the hub.
    AccountId(u32);
    /// A request, numbered 1, 2, 3… within the hub; people know it by its protocol number.
    CaseId(u64);
    /// A unit of the body, numbered by its configuration, or beyond that by the hub for one that a coordinator made.
    UnitId(u16);
    /// A category of requests, numbered by the body's configuration.
    CategoryId(u16);
    /// An office of the body, by the number of its row in the hub.
    OfficeId(u32);
    /// A list of people whom somebody looks after; none stands yet.
    ListId(u32);
    /// A request to be a coordinator, numbered 1, 2, 3… within the hub.
    RoleRequestId(u64);
    /// A conference, numbered 1, 2, 3… within the hub.
    ConferenceId(u64);
    /// A window of maintenance, numbered 1, 2, 3… in the order in which they were announced.
    MaintenanceId(u32);
    /// Conferences that were planned together.
    ConferenceSeriesId(Uuid);
    /// Somebody who is invited to a conference, numbered 1, 2, 3… within it.
    ParticipantId(u16);
    /// Words that somebody wrote, kept in a table beside the journal and erasable there.
    WordsId(Uuid);
}

/// Where in an office's journal something stands: what the body decides because of it names it, so that a command that is
/// sent again is known, and two journals never need one transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeMoment {
    /// The office in whose journal it stands.
    pub office: OfficeId,
    /// The number of the event there.
    pub seq: u64,
}
