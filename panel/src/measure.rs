//! Millimetres on a real panel: how many pixels a finger needs, and how large a letter must be to be read from a seat.

use bevy::prelude::Resource;

/// Height of a capital letter of Noto Sans, in parts of the font size (OS/2 `sCapHeight` 714 of 1000).
const CAP_HEIGHT_EM: f32 = 0.714;

/// EN 301 549, 5.1.4: a capital letter subtends at least this much where the text is to be read by everybody.
pub const READABLE_DEGREES: f32 = 0.7;

/// 20 minutes of arc: the least for what is only consulted, such as earlier calls.
pub const CONSULTED_DEGREES: f32 = 20.0 / 60.0;

/// The least side of anything that is pressed with a finger.
pub const TARGET_MM: f32 = 20.0;

/// The least gap between two such things.
pub const GAP_MM: f32 = 3.0;

/// A panel, in pixels and in millimetres.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Width in pixels.
    pub width: f32,
    /// Height in pixels.
    pub height: f32,
    /// Size of one pixel.
    pub mm_per_px: f32,
}

impl Measure {
    /// A panel of `width` × `height` pixels whose diagonal is `panel_inches`.
    #[must_use]
    pub fn new(width: u32, height: u32, panel_inches: f32) -> Self {
        let (width, height) = (width as f32, height as f32);
        Self { width, height, mm_per_px: panel_inches * 25.4 / width.hypot(height) }
    }

    /// Pixels for a length in millimetres.
    #[must_use]
    pub fn px(&self, mm: f32) -> f32 {
        mm / self.mm_per_px
    }

    /// The font size, in pixels, whose capitals subtend `degrees` at `metres`.
    #[must_use]
    pub fn font_seen_from(&self, metres: f32, degrees: f32) -> f32 {
        let cap_mm = metres * 1000.0 * degrees.to_radians();
        self.px(cap_mm) / CAP_HEIGHT_EM
    }

    /// Whether the panel stands upright.
    #[must_use]
    pub fn is_portrait(&self) -> bool {
        self.height > self.width
    }

    /// The shorter side, by which everything grows on a larger panel.
    #[must_use]
    pub const fn short(&self) -> f32 {
        self.width.min(self.height)
    }

    /// A length that is `px` on a panel of 1080 pixels, and grows with it.
    #[must_use]
    pub fn unit(&self, px: f32) -> f32 {
        px * self.short() / 1080.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k13_letters_on_known_panels_have_the_size_of_the_table() {
        // Panel, distance in metres, font size in pixels; worked out apart from the code, for a cap height of 0.729 em
        // (DejaVu) and held here within the difference to Noto's 0.714.
        let table = [(15.6, 0.5, 47.0), (15.6, 0.7, 65.0), (21.5, 0.5, 34.0), (21.5, 0.6, 41.0), (21.5, 0.7, 47.0)];
        for (inches, metres, expected) in table {
            let font = Measure::new(1920, 1080, inches).font_seen_from(metres, READABLE_DEGREES);
            assert!((font / expected - 1.0).abs() < 0.04, "{inches} in at {metres} m: {font} px, expected {expected}");
        }
    }

    #[test]
    fn a_finger_needs_the_same_millimetres_upright_and_lying() {
        let (upright, lying) = (Measure::new(1080, 1920, 21.5), Measure::new(1920, 1080, 21.5));
        assert_eq!(upright.px(TARGET_MM), lying.px(TARGET_MM));
        assert_eq!(upright.px(TARGET_MM).round(), 81.0);
    }
}
