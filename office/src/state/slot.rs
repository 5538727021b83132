//! A time as it is offered, and as it is kept for somebody.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A time that can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FreeTime {
    /// The moment at which it begins.
    pub start: DateTime<Utc>,
    /// Planned length, persons and cases counted in.
    pub minutes: u16,
}
