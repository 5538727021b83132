//! The colours, by what they mean. Every pair that is used together has a contrast of at least 7:1.

use bevy::color::Color;

/// Which colours mean what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ScreenPalette {
    /// The state's blue on white.
    #[default]
    Usual,
    /// Yellow and white on black, for those who see little.
    Strong,
    /// Light letters on a dark ground, for a room in which little light burns.
    Night,
}

/// A colour by its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// The state's blue: bars, what is pressed, numbers.
    Blue,
    /// The same, while a finger is on it.
    BluePressed,
    /// A blue so light that it only groups.
    Mist,
    /// What everything stands on.
    Page,
    /// What is read.
    Ink,
    /// What is read second.
    Slate,
    /// Lines between things; never the only sign of anything.
    Line,
    /// Fonts on blue.
    OnBlue,
    /// Fonts on blue that are read second.
    OnBlueSecond,
    /// Something went wrong, and what to do stands beside it.
    Alarm,
    /// Behind letters in [`Token::Alarm`].
    AlarmPage,
    /// Something went well.
    Well,
    /// A call that has just come.
    Call,
    /// Take care, and what to do stands beside it.
    Amber,
    /// Behind letters in [`Token::Amber`].
    AmberPage,
    /// What can be pressed some other time.
    Dim,
    /// Around the choice on which somebody stands who moves by keys.
    Focus,
}

impl Token {
    /// The colour as the engine takes it.
    #[must_use]
    pub const fn colour(self) -> Color {
        let [r, g, b] = self.bytes();
        Color::srgb_u8(r, g, b)
    }

    /// Its three bytes, sRGB.
    #[must_use]
    pub const fn bytes(self) -> [u8; 3] {
        match self {
            Self::Blue => [0x00, 0x33, 0x75],
            Self::BluePressed => [0x00, 0x1F, 0x4D],
            Self::Mist => [0xEB, 0xF1, 0xFA],
            Self::Page | Self::OnBlue => [0xFF, 0xFF, 0xFF],
            Self::Ink => [0x0B, 0x0C, 0x0C],
            Self::Slate => [0x38, 0x42, 0x52],
            Self::Line => [0xB6, 0xC3, 0xD6],
            Self::OnBlueSecond => [0xCF, 0xDE, 0xF5],
            Self::Alarm => [0x92, 0x14, 0x14],
            Self::AlarmPage => [0xFD, 0xF0, 0xEF],
            Self::Well => [0x00, 0x52, 0x2C],
            Self::Call => [0xFF, 0xE6, 0x8A],
            Self::Amber => [0x6B, 0x3A, 0x00],
            Self::AmberPage => [0xFF, 0xF1, 0xD6],
            Self::Dim => [0x55, 0x5E, 0x6B],
            Self::Focus => [0xC2, 0x41, 0x0C],
        }
    }

    /// The colour in a palette.
    #[must_use]
    pub const fn colour_in(self, palette: ScreenPalette) -> Color {
        let [r, g, b] = self.bytes_in(palette);
        Color::srgb_u8(r, g, b)
    }

    /// Its three bytes in a palette, sRGB.
    #[must_use]
    pub const fn bytes_in(self, palette: ScreenPalette) -> [u8; 3] {
        const BLACK: [u8; 3] = [0x00, 0x00, 0x00];
        const WHITE: [u8; 3] = [0xFF, 0xFF, 0xFF];
        const YELLOW: [u8; 3] = [0xFF, 0xE6, 0x00];
        match palette {
            ScreenPalette::Usual => self.bytes(),
            ScreenPalette::Strong => match self {
                // What was blue is yellow, and what stood on blue is black on yellow.
                Self::Blue | Self::Amber => YELLOW,
                Self::BluePressed | Self::Slate | Self::Ink | Self::Line | Self::Well => WHITE,
                Self::OnBlue
                | Self::OnBlueSecond
                | Self::Page
                | Self::Mist
                | Self::AlarmPage
                | Self::AmberPage
                | Self::Call => BLACK,
                Self::Alarm => [0xFF, 0xA8, 0xA8],
                Self::Dim => [0xB8, 0xB8, 0xB8],
                Self::Focus => [0x00, 0xE5, 0xFF],
            },
            ScreenPalette::Night => match self {
                Self::Blue => [0x8F, 0xB4, 0xE8],
                Self::BluePressed => [0xB5, 0xD0, 0xF5],
                Self::Mist => [0x12, 0x1B, 0x2B],
                Self::Page => [0x0B, 0x12, 0x20],
                Self::Ink => [0xDD, 0xE6, 0xF2],
                Self::Slate => [0xB9, 0xC6, 0xD8],
                Self::Line => [0x4A, 0x5A, 0x72],
                Self::OnBlue => [0x06, 0x10, 0x1F],
                Self::OnBlueSecond => [0x0E, 0x1C, 0x36],
                Self::Alarm => [0xFF, 0xB0, 0xA8],
                Self::AlarmPage => [0x2A, 0x0F, 0x0F],
                Self::Well => [0x9B, 0xE0, 0xB5],
                Self::Call => [0x24, 0x1E, 0x00],
                Self::Amber => [0xFF, 0xD0, 0x8A],
                Self::AmberPage => [0x2B, 0x1D, 0x05],
                Self::Dim => [0xA5, 0xAF, 0xBD],
                Self::Focus => [0xFF, 0xB2, 0x7A],
            },
        }
    }
}

/// The pairs (letters, behind them) that the programs use.
pub const PAIRS: &[(Token, Token)] = &[
    (Token::Ink, Token::Page),
    (Token::Ink, Token::Mist),
    (Token::Slate, Token::Page),
    (Token::Slate, Token::Mist),
    (Token::Blue, Token::Page),
    (Token::Blue, Token::Mist),
    (Token::Blue, Token::Call),
    (Token::OnBlue, Token::Blue),
    (Token::OnBlue, Token::BluePressed),
    (Token::OnBlueSecond, Token::Blue),
    (Token::Alarm, Token::AlarmPage),
    (Token::Alarm, Token::Page),
    (Token::Alarm, Token::Mist),
    (Token::OnBlue, Token::Alarm),
    (Token::Ink, Token::AlarmPage),
    (Token::Well, Token::Page),
    (Token::OnBlue, Token::Well),
    (Token::Amber, Token::AmberPage),
    (Token::Ink, Token::AmberPage),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(token: Token, palette: ScreenPalette) -> f64 {
        let part = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = token.bytes_in(palette).map(part);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    #[test]
    fn every_pair_has_a_contrast_of_seven() {
        for palette in [ScreenPalette::Usual, ScreenPalette::Strong, ScreenPalette::Night] {
            for &(letters, behind) in PAIRS {
                let (a, b) = (luminance(letters, palette), luminance(behind, palette));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 7.0, "{palette:?}: {letters:?} on {behind:?}: {contrast:.1}");
            }
        }
    }
}
