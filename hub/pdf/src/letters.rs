//! The letters of a document: how wide each is, and which of them go into the file.

use std::collections::BTreeMap;

use ab_glyph::{Font, FontRef};
use subsetter::GlyphRemapper;
use thiserror::Error;

/// The same letters that the windows of devices have.
const REGULAR: &[u8] = include_bytes!("../../../panel/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../panel/fonts/NotoSans-Bold.ttf");

/// The house's letters are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the letters of documents cannot be read")]
pub struct NoLetters;

/// How strong letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FontWeight {
    /// Running text.
    Regular,
    /// Titles, headings, and the names of columns.
    Bold,
}

impl FontWeight {
    /// Every weight, in the order in which a document keeps its fonts.
    pub const ALL: [Self; 2] = [Self::Regular, Self::Bold];

    /// Its name in a page's resources.
    pub const fn resource(self) -> &'static [u8] {
        match self {
            Self::Regular => b"F1",
            Self::Bold => b"F2",
        }
    }

    /// Its name in the file, with the mark of a part.
    pub const fn name(self) -> &'static [u8] {
        match self {
            Self::Regular => b"SEIRAA+NotoSans-Regular",
            Self::Bold => b"SEIRAB+NotoSans-Bold",
        }
    }
}

/// The font of one weight while a document is set: which of its letters go into the file.
pub struct EmbeddedFont {
    font: FontRef<'static>,
    data: &'static [u8],
    used: GlyphRemapper,
    /// Of each letter that is used: what it says, and how wide it is in thousandths.
    pub written: BTreeMap<u16, (char, f32)>,
}

impl EmbeddedFont {
    /// The font of a weight, of which nothing is used yet.
    pub fn of(weight: FontWeight) -> Result<Self, NoLetters> {
        let data = match weight {
            FontWeight::Regular => REGULAR,
            FontWeight::Bold => BOLD,
        };
        let font = FontRef::try_from_slice(data).map_err(|_| NoLetters)?;
        Ok(Self { font, data, used: GlyphRemapper::new(), written: BTreeMap::new() })
    }

    fn units(&self) -> f32 {
        self.font.units_per_em().unwrap_or(1_000.0)
    }

    /// How wide a text is at a size, in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let units: f32 = text.chars().map(|one| self.font.h_advance_unscaled(self.font.glyph_id(one))).sum();
        units / self.units() * size
    }

    /// A text as its letters' numbers in the file, two bytes each.
    pub fn encoded(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for one in text.chars() {
            let glyph = self.font.glyph_id(one);
            let number = self.used.remap(glyph.0);
            let width = self.font.h_advance_unscaled(glyph) / self.units() * 1_000.0;
            self.written.entry(number).or_insert((one, width));
            bytes.extend(number.to_be_bytes());
        }
        bytes
    }

    /// The letters that are used, as a font of their own.
    pub fn part(&self) -> Result<Vec<u8>, NoLetters> {
        subsetter::subset(self.data, 0, &self.used).map_err(|_| NoLetters)
    }

    /// How far they go above and below the line, in thousandths.
    pub fn heights(&self) -> (f32, f32) {
        let scale = 1_000.0 / self.units();
        (self.font.ascent_unscaled() * scale, self.font.descent_unscaled() * scale)
    }
}
