//! Pictures drawn by the program itself: QR codes, arrows to desks, and the tick of a thing well done.

use bevy::{
    asset::RenderAssetUsages,
    image::{ImageSampler, ImageSamplerDescriptor},
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use qrcode::{EcLevel, QrCode};
use wire::{Arrow, EmblemDots};

use crate::theme::Token;

/// The light border that a QR code needs, in modules.
const QUIET_MODULES: usize = 4;

/// Each edge pixel is sampled so often across and down.
const SAMPLES: u32 = 4;

/// Why a picture could not be drawn.
#[derive(Debug)]
pub struct QrTooLong;

/// A QR code of `text`, one pixel a module, with its quiet border. Drawn a whole number of pixels a module, it stays sharp:
/// see [`sharp_side`].
///
/// # Errors
/// The text does not fit into any QR code.
pub fn qr(text: &str) -> Result<Image, QrTooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| QrTooLong)?;
    let modules = code.width();
    let side = modules + 2 * QUIET_MODULES;
    let mut pixels = vec![0xFF_u8; side * side * 4];
    for y in 0..modules {
        for x in 0..modules {
            if code[(x, y)] == qrcode::Color::Dark {
                let at = ((y + QUIET_MODULES) * side + x + QUIET_MODULES) * 4;
                pixels[at..at + 3].fill(0);
            }
        }
    }
    let mut image = image(side as u32, pixels);
    image.sampler = ImageSampler::Descriptor(ImageSamplerDescriptor::nearest());
    Ok(image)
}

/// An office's emblem in its dots, drawn in one colour on nothing: what was black is of that colour.
#[must_use]
pub fn emblem(dots: &EmblemDots, [r, g, b]: [u8; 3]) -> Image {
    let rows = (0..dots.rows()).flat_map(|y| (0..dots.width()).map(move |x| (x, y)));
    let pixels = rows.flat_map(|(x, y)| [r, g, b, if dots.is_black(x, y) { 0xFF } else { 0 }]).collect();
    image_of(u32::from(dots.width()), u32::from(dots.rows()), pixels)
}

/// The largest side not above `wish` on which each pixel of `image` covers a whole number of the screen's.
#[must_use]
pub fn sharp_side(image: &Image, wish: f32) -> f32 {
    let modules = image.width() as f32;
    (wish / modules).floor().max(1.0) * modules
}

/// An arrow of `side` pixels, in this colour.
#[must_use]
pub fn arrow(direction: Arrow, side: u32, colour: [u8; 3]) -> Image {
    // A shaft and a head, pointing right, in a square from -1 to 1.
    let right = |x: f32, y: f32| {
        let shaft = (-0.92..=0.2).contains(&x) && y.abs() <= 0.2;
        let head = (0.0..=0.95).contains(&x) && y.abs() <= (0.95 - x) * 0.82;
        shaft || head
    };
    drawn(side, colour, |x, y| match direction {
        Arrow::Right => right(x, y),
        Arrow::Left => right(-x, y),
        Arrow::Ahead => right(-y, x),
        Arrow::Back => right(y, x),
    })
}

/// A tick of `side` pixels.
#[must_use]
pub fn tick(side: u32, token: Token) -> Image {
    drawn(side, token.bytes(), |x, y| {
        near((x, y), (-0.75, 0.05), (-0.25, 0.55)) || near((x, y), (-0.25, 0.55), (0.78, -0.52))
    })
}

/// Whether a point lies within a stroke from `a` to `b`.
fn near((x, y): (f32, f32), a: (f32, f32), b: (f32, f32)) -> bool {
    const HALF_STROKE: f32 = 0.13;
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let along = (((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - a.0 - along * dx).hypot(y - a.1 - along * dy) <= HALF_STROKE
}

/// A shape in the square from -1 to 1, y downwards, with smooth edges.
fn drawn(side: u32, [r, g, b]: [u8; 3], inside: impl Fn(f32, f32) -> bool) -> Image {
    let mut pixels = Vec::with_capacity((side * side * 4) as usize);
    let at = |pixel: u32, sample: u32| ((pixel * SAMPLES + sample) as f32 + 0.5) / (side * SAMPLES) as f32 * 2.0 - 1.0;
    for y in 0..side {
        for x in 0..side {
            let hits = (0..SAMPLES * SAMPLES).filter(|n| inside(at(x, n % SAMPLES), at(y, n / SAMPLES))).count() as u32;
            pixels.extend([r, g, b, (hits * 255 / (SAMPLES * SAMPLES)) as u8]);
        }
    }
    image(side, pixels)
}

fn image(side: u32, pixels: Vec<u8>) -> Image {
    image_of(side, side, pixels)
}

fn image_of(width: u32, height: u32, pixels: Vec<u8>) -> Image {
    Image::new(
        Extent3d { width, height, depth_or_array_layers: 1 },
        TextureDimension::D2,
        pixels,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The picture's middle row and column as text: `#` where it is drawn.
    fn lines(image: &Image) -> Vec<String> {
        let side = image.width() as usize;
        let data = image.data.as_ref().unwrap();
        (0..side)
            .map(|y| (0..side).map(|x| if data[(y * side + x) * 4 + 3] > 127 { '#' } else { '.' }).collect())
            .collect()
    }

    #[test]
    fn an_emblem_is_drawn_where_its_dots_are_black_and_nowhere_else() {
        let mut dots = EmblemDots::white(5, 2).unwrap();
        dots.blacken(0, 0);
        dots.blacken(4, 1);
        let image = emblem(&dots, Token::OnBlue.bytes());
        assert_eq!((image.width(), image.height()), (5, 2));
        let alpha: Vec<u8> = image.data.unwrap().chunks(4).map(|pixel| pixel[3]).collect();
        assert_eq!(alpha, [255, 0, 0, 0, 0, 0, 0, 0, 0, 255]);
    }

    #[test]
    fn arrows_point_where_they_say() {
        let right = lines(&arrow(Arrow::Right, 9, Token::Blue.bytes()));
        let left = lines(&arrow(Arrow::Left, 9, Token::Blue.bytes()));
        let ahead = lines(&arrow(Arrow::Ahead, 9, Token::Blue.bytes()));
        let back = lines(&arrow(Arrow::Back, 9, Token::Blue.bytes()));
        let mirrored: Vec<String> = right.iter().map(|line| line.chars().rev().collect()).collect();
        assert_eq!(left, mirrored);
        assert_eq!(back, ahead.iter().rev().cloned().collect::<Vec<_>>());
        // The head is broad: the widest column of the right arrow lies in its right half.
        let column = |lines: &[String], x: usize| lines.iter().filter(|line| line.as_bytes()[x] == b'#').count();
        let widest = (0..9).max_by_key(|x| column(&right, *x)).unwrap();
        assert!((4..9).contains(&widest), "{right:#?}");
        // The head of the arrow ahead lies in its upper half.
        let widest_row = (0..9).max_by_key(|y| ahead[*y].matches('#').count()).unwrap();
        assert!(widest_row < 5, "{ahead:#?}");
    }

    #[test]
    fn a_qr_code_has_its_quiet_border() {
        let image = qr("https://example.org/v/1").unwrap();
        let (side, data) = (image.width() as usize, image.data.as_ref().unwrap());
        for n in 0..side * QUIET_MODULES {
            assert_eq!(data[n * 4], 0xFF);
        }
        // The finder's corner is dark.
        assert_eq!(data[(QUIET_MODULES * side + QUIET_MODULES) * 4], 0);
    }
}
