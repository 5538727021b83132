//! What an emblem may cost and how large it is, each with its reason.

use wire::{EMBLEM_DOTS_ROWS_MAX, EMBLEM_DOTS_WIDTH_MAX};

/// A file is no longer. Drawn emblems have some 20 KiB, those that trace a painting up to 600.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;

/// An emblem is judged and drawn in a moment; one that takes so long was made to take long. It is a thread's end that is
/// waited for, so that a reader nobody thought of does not keep the hub from saying what is wrong.
pub const SECONDS_MAX: u64 = 20;

/// The stack of the thread that draws: what is nested as deep as may be takes a tenth of it.
pub const STACK_BYTES: usize = 16 * 1024 * 1024;

/// So many points of a PNG are unpacked: 2,000 x 2,000, ten times what is shown in each direction.
pub const PIXELS_MAX: u64 = 4_000_000;

/// Nodes of XML that are read; texts and comments count.
pub const NODES_MAX: u32 = 50_000;

/// So many pieces are drawn at most; coats of arms with every leaf have two or three thousand.
pub const PIECES_MAX: u32 = 10_000;

/// So deep may pieces be nested, through everything that they name: drawing programs reach a dozen.
pub const DEPTH_MAX: u16 = 64;

/// So many letters may the pieces have, each counted as often as it is drawn: four times the longest file.
pub const LETTERS_MAX: usize = 4 * FILE_BYTES_MAX;

/// So many rules may its style sheets have: each is held against each piece.
pub const RULES_MAX: usize = 1_000;

/// Nothing stands further outside of the drawing's own page than so many times its size. Drawing programs leave things beside
/// the page; coordinates beyond all measure are where the library that draws counts wrong.
pub const FAR_MAX: f32 = 100.0;

/// No emblem is longer in one direction than so many times the other: beside a name it would be a line.
pub const LONGER_MAX: u32 = 6;

/// The longer side of an emblem has at least so many dots, 8 mm on paper; less is a blot.
pub const WIDTH_MIN: u16 = 64;

/// What is drawn fits into a box four times as wide and high as the dots on a ticket, so that a dot is the mean of sixteen
/// points, and twice as large as the picture on a page.
pub const BOX_WIDTH: u32 = 4 * EMBLEM_DOTS_WIDTH_MAX as u32;
/// As high as four times the rows of dots on a ticket, for the same reason.
pub const BOX_HEIGHT: u32 = 4 * EMBLEM_DOTS_ROWS_MAX as u32;
