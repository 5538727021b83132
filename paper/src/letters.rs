//! The letters in the played printer's memory: 12 by 24 dots each, like a real one's font A.

use std::collections::HashMap;
use std::sync::LazyLock;

use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont as _, point};

static REGULAR: LazyLock<FontRef<'static>> = LazyLock::new(|| face(include_bytes!("../fonts/DejaVuSansMono.ttf")));
static BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| face(include_bytes!("../fonts/DejaVuSansMono-Bold.ttf")));

fn face(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the font is compiled in, and the tests draw with it")
}

/// Dots of a letter's cell.
pub const WIDTH: usize = 12;
/// Dots of a letter's cell.
pub const HEIGHT: usize = 24;

/// A letter's dots, row by row.
pub type Cell = [[bool; WIDTH]; HEIGHT];

/// Draws letters once, and keeps them.
#[derive(Debug, Default)]
pub struct LetterMemory {
    drawn: HashMap<(char, bool), Cell>,
}

impl LetterMemory {
    /// The dots of a letter; an empty box for what the printer does not have.
    pub fn cell(&mut self, letter: char, bold: bool) -> &Cell {
        self.drawn.entry((letter, bold)).or_insert_with(|| draw(letter, bold))
    }
}

fn draw(letter: char, bold: bool) -> Cell {
    let font: &FontRef<'_> = if bold { &BOLD } else { &REGULAR };
    let mut cell = [[false; WIDTH]; HEIGHT];
    let id = font.glyph_id(letter);
    if letter == '\u{fffd}' || id.0 == 0 {
        for (y, row) in cell.iter_mut().enumerate().skip(3).take(17) {
            row[1] = true;
            row[WIDTH - 2] = true;
            if y == 3 || y == 19 {
                row[1..WIDTH - 1].fill(true);
            }
        }
        return cell;
    }
    // The font's letters are 0.602 em wide; its lines 1.164 em high: a scale of 24 rows makes letters of 12 dots.
    let scale = PxScale { x: HEIGHT as f32 * 0.97, y: HEIGHT as f32 };
    let ascent = font.as_scaled(scale).ascent();
    if let Some(outline) = font.outline_glyph(id.with_scale_and_position(scale, point(0.0, ascent))) {
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, coverage| {
            let (x, y) = (corner.x + x as f32, corner.y + y as f32);
            if coverage > 0.45 && x >= 0.0 && y >= 0.0 && (x as usize) < WIDTH && (y as usize) < HEIGHT {
                cell[y as usize][x as usize] = true;
            }
        });
    }
    cell
}
