//! Letters as dots, for lines that no code page of the printer holds and for the number.

use std::sync::LazyLock;

use ab_glyph::{Font as _, FontRef, Glyph, PxScale, ScaleFont as _, point};

use crate::picture::DotPicture;

static REGULAR: LazyLock<FontRef<'static>> =
    LazyLock::new(|| face(include_bytes!("../../panel/fonts/NotoSans-Regular.ttf")));
static BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| face(include_bytes!("../../panel/fonts/NotoSans-Bold.ttf")));

fn face(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the font is compiled in, and the tests draw with it")
}

/// A little narrower than the font is meant, as the printer's own letters are.
const NARROWED: f32 = 0.92;

/// The width in dots of a text drawn in lines of so many rows.
pub fn width(text: &str, bold: bool, rows: u16) -> usize {
    place(text, bold, rows).1.ceil() as usize
}

/// Draws a text into a picture of its own width, or of `room` dots if it is wider than that.
pub fn draw(text: &str, bold: bool, rows: u16) -> DotPicture {
    let mut picture = DotPicture::new(width(text, bold, rows).max(1), usize::from(rows));
    draw_into(&mut picture, 0, text, bold, rows);
    picture
}

/// Draws a text into a picture, from `left` on.
pub fn draw_into(picture: &mut DotPicture, left: usize, text: &str, bold: bool, rows: u16) {
    let font = font(bold);
    for glyph in place(text, bold, rows).0 {
        ink(font, glyph, |x, y| picture.blacken(left + x, y));
    }
}

/// Draws a short text as large as fits, cropped to its ink: for the number.
pub fn draw_large(text: &str, width_max: usize, capitals: f32) -> DotPicture {
    let font = font(true);
    let em_of = |scale: f32| font.as_scaled(PxScale::from(scale));
    // The height of "A" says how a scale and the height of capitals go together.
    let cap_at_100 =
        font.outline_glyph(font.glyph_id('A').with_scale(100.0)).map_or(70.0, |glyph| glyph.px_bounds().height());
    let mut scale = capitals * 100.0 / cap_at_100;
    let advance: f32 = text.chars().map(|letter| em_of(scale).h_advance(font.glyph_id(letter))).sum();
    if advance > width_max as f32 {
        scale *= width_max as f32 / advance;
    }
    let rows = (scale * cap_at_100 / 100.0).ceil() as usize + 2;
    let mut picture = DotPicture::new(width_max, rows);
    let mut x = 0.0;
    for letter in text.chars() {
        let id = font.glyph_id(letter);
        ink(font, id.with_scale_and_position(scale, point(x, rows as f32 - 1.0)), |x, y| picture.blacken(x, y));
        x += em_of(scale).h_advance(id);
    }
    picture.cropped_right()
}

fn font(bold: bool) -> &'static FontRef<'static> {
    if bold { &BOLD } else { &REGULAR }
}

/// Where each letter stands in a line of so many rows, and where the line ends.
fn place(text: &str, bold: bool, rows: u16) -> (Vec<Glyph>, f32) {
    let height = f32::from(rows);
    let scale = PxScale { x: height * NARROWED, y: height };
    let font = font(bold).as_scaled(scale);
    let mut x = 0.0;
    let mut before = None;
    let mut glyphs = Vec::new();
    for letter in text.chars() {
        let id = font.glyph_id(letter);
        if let Some(before) = before {
            x += font.kern(before, id);
        }
        glyphs.push(id.with_scale_and_position(scale, point(x, font.ascent())));
        x += font.h_advance(id);
        before = Some(id);
    }
    (glyphs, x)
}

/// Says which dots a letter blackens: those that its outline covers for half or more.
fn ink(font: &FontRef<'_>, glyph: Glyph, mut blacken: impl FnMut(usize, usize)) {
    let Some(outline) = font.outline_glyph(glyph) else { return };
    let corner = outline.px_bounds().min;
    outline.draw(|x, y, coverage| {
        let (x, y) = (corner.x + x as f32, corner.y + y as f32);
        if coverage >= 0.5 && x >= 0.0 && y >= 0.0 {
            blacken(x as usize, y as usize);
        }
    });
}
