//! The sections of a device's configuration that kiosk and display have in common.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, de::DeserializeOwned};
use wire::Language;

/// `[screen]`: the panel on which the window lies. Sizes in millimetres are worked out from it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenConfig {
    /// Width in physical pixels.
    pub width: u32,
    /// Height in physical pixels.
    pub height: u32,
    /// Where the window's left edge lies; only where several windows share a screen.
    #[serde(default)]
    pub x: i32,
    /// Where the window's upper edge lies.
    #[serde(default)]
    pub y: i32,
    /// The panel's diagonal, in inches.
    pub panel_inches: f32,
    /// How far the farthest seat is from a display, in metres.
    #[serde(default = "farthest_seat_m")]
    pub farthest_seat_m: f32,
    /// The language shown first.
    #[serde(default)]
    pub language: Language,
    /// Whether to hide the pointer, as one does on a touchscreen.
    #[serde(default)]
    pub hide_pointer: bool,
    /// Whether to fill the screen without a border. Never an exclusive full screen.
    #[serde(default)]
    pub fill: bool,
}

const fn farthest_seat_m() -> f32 {
    5.0
}

impl ScreenConfig {
    /// Refuses a panel that cannot be, in words that name the key.
    ///
    /// # Errors
    /// A width, height, diagonal or distance outside what exists.
    pub fn check(&self) -> Result<()> {
        let pixels = 320..=16_384;
        if !pixels.contains(&self.width) {
            bail!("screen.width is {}: write the panel's width in pixels, from 320 to 16384", self.width);
        }
        if !pixels.contains(&self.height) {
            bail!("screen.height is {}: write the panel's height in pixels, from 320 to 16384", self.height);
        }
        if !(5.0..=200.0).contains(&self.panel_inches) {
            bail!("screen.panel_inches is {}: write the panel's diagonal, from 5 to 200", self.panel_inches);
        }
        if !(0.3..=50.0).contains(&self.farthest_seat_m) {
            bail!("screen.farthest_seat_m is {}: write metres, from 0.3 to 50", self.farthest_seat_m);
        }
        Ok(())
    }

    /// Whether the panel stands upright.
    #[must_use]
    pub const fn is_portrait(&self) -> bool {
        self.height > self.width
    }
}

/// Reads a configuration file; the error names the file, the line and the key.
///
/// # Errors
/// The file cannot be read, is not TOML, or has a key that is unknown, missing or of another type.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("in {}", path.display()))
}

/// A path of a configuration file, taken from the folder in which that file lies.
#[must_use]
pub fn beside(config: &Path, path: &Path) -> PathBuf {
    config.parent().unwrap_or(Path::new(".")).join(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_is_named() {
        let error = toml::from_str::<ScreenConfig>("width = 1080\nheight = 1920\npanel_inch = 21.5").unwrap_err();
        assert!(error.to_string().contains("panel_inch"), "{error}");
    }

    #[test]
    fn an_impossible_panel_is_refused_by_its_key() {
        let text = "width = 1080\nheight = 1920\npanel_inches = 2150";
        let error = toml::from_str::<ScreenConfig>(text).unwrap().check().unwrap_err();
        assert!(error.to_string().contains("screen.panel_inches"), "{error}");
    }
}
