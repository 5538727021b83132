//! How long something is expected to take.

use serde::{Deserialize, Serialize};

/// A range of minutes, ends included, rounded to what a person can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MinuteRange {
    /// At least.
    pub from: u16,
    /// At most.
    pub to: u16,
}
