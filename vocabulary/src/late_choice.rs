//! What becomes of somebody who is late.

use serde::{Deserialize, Serialize};

/// What somebody chooses whose booked time has passed (TRN-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LateChoice {
    /// To be served today, after the booked citizens and before closing.
    EndOfDay,
    /// To give the booking up and book anew.
    BookAnew,
}
