//! An emblem as PNG: its size is known before a point of it is unpacked.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, Limits, codecs::png::PngDecoder};

use crate::{bounds::PIXELS_MAX, picture::Drawing, unfit::EmblemFlaw};

/// How a PNG begins.
pub const MARK: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A point has at most four values of two bytes; what the library needs besides is as much again.
const UNPACKED_BYTES_MAX: u64 = PIXELS_MAX * 8 * 2;

/// Reads it.
///
/// # Errors
/// Why it is not taken.
pub fn read(bytes: &[u8]) -> Result<Drawing, EmblemFlaw> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(UNPACKED_BYTES_MAX);
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(|_| EmblemFlaw::Broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(EmblemFlaw::Points);
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| EmblemFlaw::Broken)?.into_rgba8();
    let mut values = picture.into_raw();
    for point in values.chunks_exact_mut(4) {
        let alpha = u16::from(point[3]);
        // An eight-bit value times an eight-bit share, so the quotient fits.
        point[..3].iter_mut().for_each(|value| *value = (u16::from(*value) * alpha).div_ceil(255).min(alpha) as u8);
    }
    Drawing::of_premultiplied(width, height, values)
}
