//! What a room knows of who is there: a pass, a line, a seat; none of them says who somebody is.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A room, named by whoever owns it: nobody reads anything in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomId(pub Uuid);

/// As what somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomRole {
    /// For whom the room was made.
    Guest,
    /// Who receives them: comes in earlier, and may show people out.
    Host,
    /// Who was asked in to help both: an interpreter, a relay.
    Helper,
}

/// By what somebody comes in: one seat at a time, however many pages they open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomPass {
    /// A guest, a host or a helper.
    pub role: RoomRole,
    /// Which of those of this role; the room's owner knows whose it is.
    pub number: u32,
}

/// A page that is open before the room, drawn by the page itself: a reload is another, a line that dropped and came back is
/// the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineId(pub Uuid);

/// A seat of a room, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeatNumber(pub u8);
