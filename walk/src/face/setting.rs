//! What a face needs to know besides the walk: the time, and how the machine is built.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

/// Where a part of the machine is, as seen by whoever stands before its screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DevicePlace {
    /// Under the screen.
    #[default]
    Below,
    /// To its left.
    Left,
    /// To its right.
    Right,
    /// Over the screen.
    Above,
}

/// What a face needs to know besides the walk.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceSetting {
    /// The hub's time.
    pub now: DateTime<Utc>,
    /// The zone of the office.
    pub zone: Tz,
    /// The time that is shown; nothing until the hub has told it.
    pub time: String,
    /// Where the scanner is, if there is one.
    pub scanner: Option<DevicePlace>,
    /// Where tickets come out.
    pub slot: DevicePlace,
    /// The page on which one books, for telephones.
    pub booking_page: String,
    /// Whether the machine can speak.
    pub speaks: bool,
    /// The page that lets a telephone drive this machine, and the digits that prove that one stands before it.
    pub remote: Option<RemoteDoor>,
}

/// How somebody's own telephone comes to drive this machine (NEW-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteDoor {
    /// The address, as a QR code holds it.
    pub page: String,
    /// Three digits, for a minute.
    pub digits: String,
}
