//! Somebody at a kiosk rings for help.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `POST …/help`: somebody stands at the kiosk and wants a person to come. `DELETE …/help/{ring}` takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HelpRing {
    /// Drawn by the kiosk; the view says by it whether somebody comes.
    pub ring: Uuid,
}

/// A ring, as the kiosk hears of it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpNote {
    /// The id that the kiosk drew when somebody rang.
    pub ring: Uuid,
    /// Whether a member of staff has said that they come.
    pub coming: bool,
}
