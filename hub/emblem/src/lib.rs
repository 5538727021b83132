//! An office's emblem: one file, SVG or PNG, judged before anything is drawn of it; then a picture of our own for pages, and
//! the same in black dots for tickets. Nobody is ever handed the file itself.

mod bounds;
mod dots;
mod drawn_once;
mod emblems;
mod picture;
mod png;
mod references;
mod svg;
mod unfit;

use std::{panic, sync::mpsc, thread, time::Duration};

use bytes::Bytes;
use paths::EMBLEMS;
use sha2::{Digest, Sha256};
use wire::{EmblemDots, OfficeEmblem};

pub use bounds::FILE_BYTES_MAX;
pub use drawn_once::DrawingTable;
pub use emblems::Emblems;
pub use unfit::EmblemFlaw;

use crate::{
    bounds::{SECONDS_MAX, STACK_BYTES},
    picture::Drawing,
};

/// Hexadecimal digits of what names a picture.
const FINGERPRINT_BYTES: usize = 8;

/// An emblem, ready to be shown and printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emblem {
    /// Our own picture of it, a PNG.
    pub picture: Bytes,
    /// Its width in points: twice as many as a page shows it wide.
    pub width: u16,
    /// Its height in the same points.
    pub height: u16,
    /// The same on a ticket.
    pub dots: EmblemDots,
    /// By which the picture is named, and which changes with it.
    fingerprint: String,
}

impl Emblem {
    /// The emblem in a file's bytes.
    ///
    /// # Errors
    /// Why it is not taken, and what would be right.
    pub fn of_file(bytes: &[u8]) -> Result<Self, EmblemFlaw> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(EmblemFlaw::Long);
        }
        let (answer, answered) = mpsc::channel();
        let bytes = bytes.to_vec();
        let draw = move || {
            // What a library did not expect is told as what it is: a file that cannot be drawn.
            let drawn = panic::catch_unwind(|| Self::drawn(&bytes)).unwrap_or(Err(EmblemFlaw::Broken));
            drop(answer.send(drawn));
        };
        let thread = thread::Builder::new().name("emblem".to_owned()).stack_size(STACK_BYTES).spawn(draw);
        thread.map_err(|_| EmblemFlaw::Late)?;
        answered.recv_timeout(Duration::from_secs(SECONDS_MAX)).unwrap_or(Err(EmblemFlaw::Late))
    }

    fn drawn(bytes: &[u8]) -> Result<Self, EmblemFlaw> {
        let drawing = if bytes.starts_with(png::MARK) { png::read(bytes)? } else { svg::draw(bytes)? };
        Self::of_drawing(&drawing)
    }

    fn of_drawing(drawing: &Drawing) -> Result<Self, EmblemFlaw> {
        let dots = dots::of(drawing)?;
        let (picture, width, height) = drawing.picture()?;
        let hash = Sha256::digest(&picture);
        let fingerprint = hash[..FINGERPRINT_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { picture: picture.into(), width, height, dots, fingerprint })
    }

    /// Where its picture is.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{EMBLEMS}{}.png", self.fingerprint)
    }

    /// What devices are told of it.
    #[must_use]
    pub fn told(&self) -> OfficeEmblem {
        OfficeEmblem { picture: self.address(), width: self.width, height: self.height, dots: self.dots.clone() }
    }
}

#[cfg(test)]
mod tests;
