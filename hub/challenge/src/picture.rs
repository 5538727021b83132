//! Letters drawn so that programs have trouble to read them: turned, bent, crossed by lines.

use std::{io::Cursor, sync::LazyLock};

use ab_glyph::{Font, FontRef, Glyph, PxScale, point};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// Dots from left to right.
const WIDTH: usize = 300;
/// Dots from top to bottom.
const HEIGHT: usize = 100;
/// Height of a letter in dots.
const LETTER_DOTS: f32 = 64.0;
/// Lines across.
const LINES: usize = 6;

static FONT: LazyLock<Option<FontRef<'static>>> =
    LazyLock::new(|| FontRef::try_from_slice(include_bytes!("../../../panel/fonts/NotoSans-Bold.ttf")).ok());

/// The picture, in greys; the same seed draws the same.
pub fn png(word: &str, seed: u64) -> Option<Vec<u8>> {
    let font = FONT.as_ref()?;
    let mut dice = StdRng::seed_from_u64(seed);
    let mut flat = vec![0.0_f32; WIDTH * HEIGHT];
    let step = WIDTH as f32 / (word.chars().count() as f32 + 1.0);
    for (place, letter) in word.chars().enumerate() {
        let centre = (step * (place as f32 + 1.0), HEIGHT as f32 / 2.0 + dice.random_range(-8.0..8.0));
        turned(font, letter, centre, dice.random_range(-0.45..0.45), &mut flat);
    }
    for _ in 0..LINES {
        line(&mut dice, &mut flat);
    }
    let bent = bend(&flat, &mut dice);
    let noise = |ink: &f32, dice: &mut StdRng| {
        let paper = 255.0 - dice.random_range(0.0..40.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
        let dot = (paper * (1.0 - ink.min(1.0) * 0.85)).clamp(0.0, 255.0) as u8;
        dot
    };
    let dots: Vec<u8> = bent.iter().map(|ink| noise(ink, &mut dice)).collect();
    let (width, height) = (u32::try_from(WIDTH).ok()?, u32::try_from(HEIGHT).ok()?);
    let mut file = Cursor::new(Vec::new());
    PngEncoder::new(&mut file).write_image(&dots, width, height, ExtendedColorType::L8).ok()?;
    Some(file.into_inner())
}

/// Puts ink at a place.
fn ink(flat: &mut [f32], x: f32, y: f32, amount: f32) {
    if x < 0.0 || y < 0.0 {
        return;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "neither is negative")]
    let (x, y) = (x as usize, y as usize);
    if x < WIDTH && y < HEIGHT {
        let dot = &mut flat[y * WIDTH + x];
        *dot = dot.max(amount);
    }
}

/// A letter, turned about its middle. Its own dots are finer than the picture's, so that turning leaves no holes.
fn turned(font: &FontRef<'_>, letter: char, centre: (f32, f32), angle: f32, flat: &mut [f32]) {
    const FINER: f32 = 2.0;
    let scale = PxScale::from(LETTER_DOTS * FINER);
    let glyph: Glyph = font.glyph_id(letter).with_scale_and_position(scale, point(0.0, 0.0));
    let Some(outline) = font.outline_glyph(glyph) else { return };
    let bounds = outline.px_bounds();
    let (middle_x, middle_y) = (bounds.width() / 2.0, bounds.height() / 2.0);
    let (sin, cos) = angle.sin_cos();
    outline.draw(|x, y, amount| {
        let (x, y) = ((x as f32 - middle_x) / FINER, (y as f32 - middle_y) / FINER);
        ink(flat, centre.0 + x * cos - y * sin, centre.1 + x * sin + y * cos, amount);
    });
}

/// A line from the left to the right.
fn line(dice: &mut StdRng, flat: &mut [f32]) {
    let (from, to) = (dice.random_range(0.0..HEIGHT as f32), dice.random_range(0.0..HEIGHT as f32));
    let wave: f32 = dice.random_range(4.0..12.0);
    for x in 0..WIDTH {
        let part = x as f32 / WIDTH as f32;
        let y = from + (to - from) * part + (part * wave).sin() * 6.0;
        ink(flat, x as f32, y, 0.9);
        ink(flat, x as f32, y + 1.0, 0.9);
    }
}

/// Bends the whole.
fn bend(flat: &[f32], dice: &mut StdRng) -> Vec<f32> {
    let (high, long, shift): (f32, f32, f32) =
        (dice.random_range(3.0..6.0), dice.random_range(30.0..60.0), dice.random_range(0.0..6.0));
    let mut bent = vec![0.0; flat.len()];
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let from = y as f32 + (x as f32 / long + shift).sin() * high;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
            let from = from.clamp(0.0, HEIGHT as f32 - 1.0) as usize;
            bent[y * WIDTH + x] = flat[from * WIDTH + x];
        }
    }
    bent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_03_a_picture_of_letters() {
        let picture = image::load_from_memory(&png("AEK34", 7).unwrap()).unwrap().to_luma8();
        assert_eq!((picture.width(), picture.height()), (300, 100));
        let dark = picture.pixels().filter(|dot| dot.0[0] < 100).count();
        assert!((1_500..12_000).contains(&dark), "{dark} dark dots");
        assert_eq!(png("AEK34", 7), png("AEK34", 7));
        assert_ne!(png("AEK34", 7), png("AEK34", 8));
    }
}
