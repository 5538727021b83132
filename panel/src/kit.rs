//! What every widget is cut from: the panel's measure, the letters, the language, and sizes that follow from them.

use bevy::prelude::*;
use bevy::text::LineHeight;
use wire::Language;

use crate::{
    fonts::Fonts,
    measure::{Measure, READABLE_DEGREES, TARGET_MM},
    theme::{ScreenPalette, Token},
};

/// How far somebody who uses a touchscreen stands from it, in metres.
const ARM_METRES: f32 = 0.5;

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For what is read.
    Regular,
    /// For what is read first.
    Bold,
}

/// What widgets are cut from.
#[derive(Resource, Debug, Clone)]
pub struct Kit {
    /// The panel.
    pub measure: Measure,
    /// The fonts.
    pub letters: Fonts,
    /// The language shown.
    pub language: Language,
    /// How it is dressed for whoever stands before it.
    pub dress: Dress,
}

/// How a screen is dressed for whoever stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dress {
    /// Larger letters.
    pub large: bool,
    /// Which colours.
    pub palette: ScreenPalette,
}

/// How far somebody who uses large letters may be from the screen, in metres: they sit, or lean back.
const SEAT_METRES: f32 = 0.7;

impl Kit {
    /// A kit as everybody finds it.
    #[must_use]
    pub const fn new(measure: Measure, letters: Fonts, language: Language) -> Self {
        Self { measure, letters, language, dress: Dress { large: false, palette: ScreenPalette::Usual } }
    }

    /// A colour by its meaning.
    #[must_use]
    pub const fn colour(&self, token: Token) -> Color {
        token.colour_in(self.dress.palette)
    }

    /// The smallest letters on a touchscreen: readable by everybody at arm's length.
    #[must_use]
    pub fn small(&self) -> f32 {
        let metres = if self.dress.large { SEAT_METRES } else { ARM_METRES };
        let usual = self.measure.unit(if self.dress.large { 44.0 } else { 32.0 });
        self.measure.font_seen_from(metres, READABLE_DEGREES).max(usual)
    }

    /// Fonts of sentences.
    #[must_use]
    pub fn body(&self) -> f32 {
        self.small() * 1.14
    }

    /// Fonts of buttons and of what matters in a sentence.
    #[must_use]
    pub fn strong(&self) -> f32 {
        self.small() * 1.3
    }

    /// Fonts of a screen's heading.
    #[must_use]
    pub fn title(&self) -> f32 {
        (self.small() * if self.dress.large { 1.45 } else { 1.9 }).min(self.measure.unit(76.0)).max(self.small())
    }

    /// Fonts of a number that is to be kept.
    #[must_use]
    pub fn number(&self) -> f32 {
        self.measure.unit(220.0)
    }

    /// The height of a button.
    #[must_use]
    pub fn target(&self) -> f32 {
        self.measure.px(TARGET_MM * 1.25).max(self.strong() * 2.2)
    }

    /// The usual space between things; never less than what fingers need.
    #[must_use]
    pub fn gap(&self) -> f32 {
        self.measure.px(crate::measure::GAP_MM).max(self.measure.unit(24.0))
    }

    /// The space around a screen's content.
    #[must_use]
    pub fn margin(&self) -> f32 {
        self.measure.unit(64.0)
    }

    /// How round corners are.
    #[must_use]
    pub fn corner(&self) -> BorderRadius {
        BorderRadius::all(Val::Px(self.measure.unit(14.0)))
    }

    /// Words on the screen.
    pub fn words(&self, size: f32, weight: Weight, token: Token, words: &str) -> impl Bundle + use<> {
        self.words_set(size, weight, token, Justify::Left, words)
    }

    /// Words whose lines are centred.
    pub fn centred(&self, size: f32, weight: Weight, token: Token, words: &str) -> impl Bundle + use<> {
        self.words_set(size, weight, token, Justify::Center, words)
    }

    /// Words on one line, however long.
    pub fn line(&self, size: f32, weight: Weight, token: Token, words: &str) -> impl Bundle + use<> {
        let mut style = self.style(size, weight, token);
        style.3 = TextLayout::no_wrap();
        (Text::new(words), style)
    }

    /// A large number on one line, without the room that letters below the line would need.
    pub fn digits(&self, size: f32, token: Token, number: &str) -> impl Bundle + use<> {
        let mut style = self.style(size, Weight::Bold, token);
        (style.2, style.3) = (LineHeight::RelativeToFont(0.88), TextLayout::no_wrap());
        (Text::new(number), style)
    }

    fn words_set(&self, size: f32, weight: Weight, token: Token, justify: Justify, words: &str) -> impl Bundle + use<> {
        let mut style = self.style(size, weight, token);
        style.3 = TextLayout { justify, linebreak: LineBreak::WordOrCharacter };
        (Text::new(held_together(words)), style)
    }

    fn style(&self, size: f32, weight: Weight, token: Token) -> (TextFont, TextColor, LineHeight, TextLayout) {
        let font = match weight {
            Weight::Regular => &self.letters.regular,
            Weight::Bold => &self.letters.bold,
        };
        (
            TextFont { font: font.into(), font_size: FontSize::Px(size.round()), ..default() },
            TextColor(self.colour(token)),
            LineHeight::RelativeToFont(1.22),
            TextLayout::default(),
        )
    }
}

/// A number and what it counts are not parted by the end of a line: «17 δευτερόλεπτα», «25 Νοεμβρίου».
fn held_together(words: &str) -> String {
    const NO_BREAK_SPACE: char = '\u{a0}';
    let mut after_digit = false;
    let hold = |letter: char| {
        let held = if after_digit && letter == ' ' { NO_BREAK_SPACE } else { letter };
        after_digit = letter.is_ascii_digit();
        held
    };
    words.chars().map(hold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(held_together("σε 17 δευτερόλεπτα."), "σε 17\u{a0}δευτερόλεπτα.");
        assert_eq!(held_together("Ραντεβού 10:15, θυρίδα 3."), "Ραντεβού 10:15, θυρίδα 3.");
    }

    /// A kit for a panel, without fonts.
    fn kit(width: u32, height: u32, inches: f32) -> Kit {
        let letters = Fonts { regular: Handle::default(), bold: Handle::default() };
        Kit::new(Measure::new(width, height, inches), letters, Language::El)
    }

    #[test]
    fn k13_no_letters_of_a_kiosk_are_smaller_than_seven_tenths_of_a_degree() {
        for (width, height, inches) in [(1080, 1920, 21.5), (1920, 1080, 21.5), (1920, 1080, 15.6), (1080, 1920, 32.0)]
        {
            let kit = kit(width, height, inches);
            let least = kit.measure.font_seen_from(ARM_METRES, READABLE_DEGREES);
            for size in [kit.small(), kit.body(), kit.strong(), kit.title(), kit.number()] {
                assert!(size >= least, "{width}x{height} {inches}: {size} < {least}");
            }
            let large = Kit { dress: Dress { large: true, ..Dress::default() }, ..kit };
            let least = large.measure.font_seen_from(SEAT_METRES, READABLE_DEGREES);
            for size in [large.small(), large.body(), large.strong(), large.title(), large.number()] {
                assert!(size >= least, "large, {width}x{height} {inches}: {size} < {least}");
            }
        }
    }

    #[test]
    fn targets_are_at_least_twenty_millimetres_and_three_apart() {
        for (width, height, inches) in [(1080, 1920, 21.5), (1920, 1080, 21.5), (1920, 1080, 15.6), (1080, 1920, 32.0)]
        {
            let kit = kit(width, height, inches);
            assert!(kit.target() * kit.measure.mm_per_px >= TARGET_MM);
            assert!(kit.gap() * kit.measure.mm_per_px >= crate::measure::GAP_MM);
        }
    }
}
