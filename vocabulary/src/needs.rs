//! What somebody needs who comes.

use serde::{Deserialize, Serialize};

/// What somebody needs (FLD-34). Seen by the clerk before the call; never public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Needs {
    /// A sign language interpreter, or brings one.
    pub sign_language: bool,
    /// Another language.
    pub other_language: bool,
    /// Somebody who fetches them from the seat.
    pub escort: bool,
    /// They take longer than planned.
    pub more_time: bool,
}

impl Needs {
    /// Whether nothing is needed.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }
}
