//! Why a file is not taken as an emblem, in words for whoever sets up an office.

use thiserror::Error;

use crate::bounds::{DEPTH_MAX, FILE_BYTES_MAX, LONGER_MAX, PIECES_MAX, PIXELS_MAX, WIDTH_MIN};

/// Letters of a name that a sentence repeats; the file's author chose it.
const NAME_LETTERS_MAX: usize = 40;

/// Why a file is not taken, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EmblemFlaw {
    /// Too many bytes.
    #[error("the file is longer than {} KiB; save a simpler drawing, or a smaller picture", FILE_BYTES_MAX / 1024)]
    Long,
    /// Neither SVG nor PNG.
    #[error("the file is neither SVG nor PNG; save the emblem as one of them (a photograph or a PDF is neither)")]
    Kind,
    /// Packed SVG.
    #[error("the file is a packed SVG (.svgz); save it as plain SVG")]
    Packed,
    /// It cannot be read to its end.
    #[error("the file is broken, or not written as its kind is; save it anew from the drawing program")]
    Broken,
    /// More points than are read.
    #[error("the picture has more than {} million points; save it smaller", PIXELS_MAX / 1_000_000)]
    Points,
    /// Too few for a ticket.
    #[error("the picture is too small to be sharp; it needs at least {WIDTH_MIN} points in its longer side, or an SVG")]
    Small,
    /// Too long or too high.
    #[error("the emblem is more than {LONGER_MAX} times as long as it is wide; leave out what stands beside it")]
    Shape,
    /// Nothing to be seen.
    #[error("nothing of the emblem is to be seen on white paper; give it in dark colours")]
    Pale,
    /// XML's own words.
    #[error("the SVG declares words of its own (<!ENTITY>); save it as plain SVG (Inkscape: \"Plain SVG\")")]
    Entities,
    /// Text that would be drawn with letters.
    #[error(
        "the SVG has text, and each machine has other letters; turn text into paths (Inkscape: Path > Object to Path)"
    )]
    Text,
    /// A picture within.
    #[error("the SVG holds or names another picture; trace it, or save the whole as PNG")]
    Nested,
    /// Something outside.
    #[error("the SVG names something outside of itself; an emblem is one file")]
    Outside,
    /// Something that is not drawn.
    #[error("the SVG uses <{0}>, which is not drawn here; save it as plain paths, or the whole as PNG")]
    Element(String),
    /// Something that is not drawn and has no name of its own.
    #[error("the SVG uses {0}, which are not drawn here; save it as plain paths, or the whole as PNG")]
    Effect(&'static str),
    /// Beyond all measure.
    #[error("the SVG has something far outside of its own page; delete what stands there, or save it as PNG")]
    Far,
    /// More pieces than are drawn.
    #[error(
        "the SVG draws more than {} pieces (what is repeated counts each time); save a simpler drawing, or a PNG",
        PIECES_MAX
    )]
    Pieces,
    /// Nested too deep.
    #[error("the SVG is nested more than {} deep; ungroup it, or save it as PNG", DEPTH_MAX)]
    Deep,
    /// It is part of itself.
    #[error("a part of the SVG repeats itself without end; save it anew, or as PNG")]
    Circle,
    /// Drawing it takes for ever.
    #[error("the emblem could not be drawn in time; save a simpler drawing, or a PNG")]
    Late,
}

impl EmblemFlaw {
    /// An element that is not drawn.
    pub(crate) fn element(name: &str) -> Self {
        match name {
            "text" | "tspan" | "tref" | "textPath" => Self::Text,
            "image" | "feImage" => Self::Nested,
            _ => {
                let letters = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-');
                Self::Element(letters.take(NAME_LETTERS_MAX).collect())
            }
        }
    }
}
