//! What a board tells of a call that it has shown, so that the clerk knows whether to call aloud (FLD-31).

use serde::{Deserialize, Serialize};

/// `POST /api/v1/devices/self/echoes`: a board has shown a call; once more, when it has said it to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShownCall {
    /// The call's number among calls and recalls.
    pub call: u64,
    /// Whether its words were heard.
    pub is_spoken: bool,
}

/// What the boards of an office did with the call that a desk waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BoardEcho {
    /// None has told that it shows the call.
    Awaited,
    /// It is shown.
    Shown,
    /// It is shown, and was said aloud.
    Spoken,
}
