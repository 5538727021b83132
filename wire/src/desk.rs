//! A desk as the room knows it, and where it lies.

use serde::{Deserialize, Serialize};

use vocabulary::Words;

/// A desk as the room knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskLabel {
    /// The number over the desk.
    pub number: u16,
    /// What it is called, e.g. `Θυρίδα` / `Desk`.
    pub word: Words,
    /// Where it lies, seen from the board.
    pub arrow: Option<Arrow>,
}

/// A direction, seen from the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Arrow {
    /// To the left, ←.
    Left,
    /// To the right, →.
    Right,
    /// Straight on, ↑.
    Ahead,
    /// Behind whoever reads it, ↓.
    Back,
}
