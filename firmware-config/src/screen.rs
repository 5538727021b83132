//! What has to be known about a screen.

use serde::{Deserialize, Serialize};

/// A kind of screen and how it hangs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenProfile {
    /// The name by which a machine's file asks for it.
    pub id: String,
    /// Dots across, as the viewer sees it.
    pub width: u16,
    /// Dots down, as the viewer sees it.
    pub height: u16,
    /// The diagonal in inches.
    pub panel_inches: f32,
    /// How it is turned against its factory position.
    pub turned: ScreenTurn,
    /// Whether it is touched.
    pub touch: bool,
}

/// A turn clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScreenTurn {
    /// As the factory meant it.
    #[serde(rename = "0")]
    None,
    /// Turned by 90 degrees.
    #[serde(rename = "90")]
    Quarter,
    /// Turned by 180 degrees.
    #[serde(rename = "180")]
    Half,
    /// Turned by 270 degrees.
    #[serde(rename = "270")]
    ThreeQuarters,
}
