//! The emblem in points, from whichever file: without its margins, and no larger than is needed; and the picture that pages
//! show.

use image::{
    ExtendedColorType, ImageEncoder, RgbaImage,
    codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder},
    imageops::{self, FilterType},
};

use crate::{
    bounds::{BOX_HEIGHT, BOX_WIDTH, LONGER_MAX, WIDTH_MIN},
    unfit::EmblemFlaw,
};

/// A page's picture is half of that: 192 points high, for 64 on a page and three to one of good telephones.
const PICTURE_SHARE: u32 = 2;

/// A point of paper is white if each of its colours is at least so bright.
const WHITE: u8 = 250;

/// An emblem in points, whose colours are multiplied with their share of cover.
#[derive(Debug)]
pub struct Drawing(RgbaImage);

/// Where there is ink, the right and lower edge not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    /// First column.
    pub left: u32,
    /// First row.
    pub top: u32,
    right: u32,
    bottom: u32,
}

impl Ink {
    /// The ink in points of four values on white; none where all is white.
    pub fn of(values: &[u8], width: u32) -> Option<Self> {
        let mut found: Option<Self> = None;
        for (at, point) in (0_u32..).zip(values.chunks_exact(4)) {
            let ground = 255 - point[3];
            if point[..3].iter().any(|value| value.saturating_add(ground) < WHITE) {
                let (x, y) = (at % width, at / width);
                let ink = found.get_or_insert(Self { left: x, top: y, right: x + 1, bottom: y + 1 });
                ink.left = ink.left.min(x);
                ink.right = ink.right.max(x + 1);
                ink.bottom = y + 1;
            }
        }
        found
    }

    /// So many columns of points.
    pub const fn width(self) -> u32 {
        self.right - self.left
    }

    /// So many rows of points.
    pub const fn height(self) -> u32 {
        self.bottom - self.top
    }
}

impl Drawing {
    /// The ink of these points, no larger than the box.
    pub fn of_premultiplied(width: u32, height: u32, values: Vec<u8>) -> Result<Self, EmblemFlaw> {
        let points = RgbaImage::from_raw(width, height, values).ok_or(EmblemFlaw::Broken)?;
        let ink = Ink::of(points.as_raw(), width).ok_or(EmblemFlaw::Pale)?;
        let (wide, high) = (ink.width(), ink.height());
        if wide.max(high) < u32::from(WIDTH_MIN) {
            return Err(EmblemFlaw::Small);
        }
        if wide > high * LONGER_MAX || high > wide * LONGER_MAX {
            return Err(EmblemFlaw::Shape);
        }
        let inked = imageops::crop_imm(&points, ink.left, ink.top, wide, high).to_image();
        let (within_width, within_height) = within(wide, high, BOX_WIDTH, BOX_HEIGHT);
        Ok(Self(shrunk(&inked, within_width, within_height)))
    }

    /// Points in a row.
    pub fn width(&self) -> u32 {
        self.0.width()
    }

    /// So many rows of points.
    pub fn height(&self) -> u32 {
        self.0.height()
    }

    /// How bright a point is on white paper, from 0 to 255 (ITU-R BT.709).
    pub fn brightness(&self, x: u32, y: u32) -> u8 {
        let [red, green, blue, alpha] = self.0.get_pixel(x, y).0.map(u32::from);
        let bright = (2126 * red + 7152 * green + 722 * blue) / 10_000 + (255 - alpha);
        u8::try_from(bright).unwrap_or(u8::MAX)
    }

    /// The picture for pages (PNG), its width and its height.
    pub fn picture(&self) -> Result<(Vec<u8>, u16, u16), EmblemFlaw> {
        let (width, height) =
            within(self.width(), self.height(), BOX_WIDTH / PICTURE_SHARE, BOX_HEIGHT / PICTURE_SHARE);
        let mut points = shrunk(&self.0, width, height);
        for point in points.pixels_mut() {
            let [.., alpha] = point.0;
            let alpha = u16::from(alpha);
            if alpha > 0 {
                point.0[..3].iter_mut().for_each(|value| {
                    *value = u8::try_from(u16::from(*value) * 255 / alpha).unwrap_or(u8::MAX);
                });
            }
        }
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Best, PngFilter::Adaptive)
            .write_image(points.as_raw(), width, height, ExtendedColorType::Rgba8)
            .map_err(|_| EmblemFlaw::Broken)?;
        let side = |length: u32| u16::try_from(length).map_err(|_| EmblemFlaw::Points);
        Ok((png, side(width)?, side(height)?))
    }
}

/// The largest size of the same shape that fits, and is not larger than it was.
pub fn within(width: u32, height: u32, most_width: u32, most_height: u32) -> (u32, u32) {
    if width <= most_width && height <= most_height {
        return (width, height);
    }
    // Which of the two is the narrower one: `width / height` against `most_width / most_height`.
    if width * most_height > most_width * height {
        (most_width, (height * most_width / width).max(1))
    } else {
        ((width * most_height / height).max(1), most_height)
    }
}

/// Each point is the mean of those that it stands for: never brighter than they were, so that no colour exceeds its cover.
fn shrunk(points: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    if points.dimensions() == (width, height) {
        return points.clone();
    }
    imageops::resize(points, width, height, FilterType::Triangle)
}
