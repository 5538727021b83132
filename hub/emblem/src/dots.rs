//! The emblem in black dots, for a printer that knows no other colour.
//!
//! What is dark is black and what is bright stays paper, with clean edges, so that drawn lines look drawn. Only a ground that
//! is of a middle tone becomes a pattern of dots, a coarse one: single dots of a thermal printer run into each other.

use wire::{EMBLEM_DOTS_ROWS_MAX, EMBLEM_DOTS_WIDTH_MAX, EmblemDots};

use crate::{
    picture::{Drawing, within},
    unfit::EmblemFlaw,
};

/// As dark as this is black.
const DARK: u8 = 110;

/// As bright as this is paper.
const BRIGHT: u8 = 205;

/// Of so many dots at least one has to be black, or nobody sees an emblem.
const DOTS_FOR_ONE: u32 = 100;

/// The pattern of middle tones: how many sixteenths of black a dot of each place stands for (Bayer's matrix of four).
const PATTERN: [[u32; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

/// The dots of a drawing.
///
/// # Errors
/// Nearly none would be black.
pub fn of(drawing: &Drawing) -> Result<EmblemDots, EmblemFlaw> {
    let most = (u32::from(EMBLEM_DOTS_WIDTH_MAX), u32::from(EMBLEM_DOTS_ROWS_MAX));
    let (width, rows) = within(drawing.width(), drawing.height(), most.0, most.1);
    let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let mut dots = EmblemDots::white(side(width), side(rows)).map_err(|_| EmblemFlaw::Shape)?;
    for y in 0..rows {
        for x in 0..width {
            if is_black(drawing, (x, y), (width, rows)) {
                dots.blacken(side(x), side(y));
            }
        }
    }
    if dots.black() * DOTS_FOR_ONE < width * rows { Err(EmblemFlaw::Pale) } else { Ok(dots) }
}

/// Whether most of what a dot stands for is dark; where most of it is of a middle tone, the pattern says it.
fn is_black(drawing: &Drawing, (x, y): (u32, u32), (width, rows): (u32, u32)) -> bool {
    let (mut dark, mut middle, mut count, mut tone) = (0, 0, 0, 0);
    for from_y in part(y, rows, drawing.height()) {
        for from_x in part(x, width, drawing.width()) {
            let bright = drawing.brightness(from_x, from_y);
            count += 1;
            if bright <= DARK {
                dark += 1;
            } else if bright < BRIGHT {
                middle += 1;
                tone += u32::from(BRIGHT - bright);
            }
        }
    }
    if middle * 4 < count * 3 {
        // An edge: what is of a middle tone in it is half ink, half paper.
        return 2 * dark + middle > count;
    }
    let sixteenths = 16 * tone / (middle.max(1) * u32::from(BRIGHT - DARK));
    sixteenths > PATTERN[(y % 4) as usize][(x % 4) as usize]
}

/// Which of the points in a direction a dot stands for; one at least.
fn part(dot: u32, dots: u32, points: u32) -> std::ops::Range<u32> {
    let (first, end) = (dot * points / dots, (dot + 1) * points / dots);
    first..end.max(first + 1)
}
