//! The folder of the pictures: each is kept under its name, as small as a PNG can be without losing a pixel.

use std::{
    collections::BTreeMap,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::Result;
use image::{
    ExtendedColorType, ImageEncoder as _, RgbImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use tests::picture::Picture;

/// Where the pictures go.
#[derive(Debug, Clone)]
pub struct Album {
    folder: PathBuf,
}

impl Album {
    /// An empty folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Keeps a picture.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, name: &str, picture: &Picture) -> Result<()> {
        eprintln!("{name}");
        let pixels = picture.pixels()?;
        let file = self.folder.join(format!("{name}.png"));
        // Letters on flat ground compress best unfiltered; a picture with shades does better with a filter.
        let filter = if colours(&pixels) <= FEW_COLOURS { FilterType::NoFilter } else { FilterType::Adaptive };
        let out = BufWriter::new(std::fs::File::create(file)?);
        let encoder = PngEncoder::new_with_quality(out, CompressionType::Best, filter);
        Ok(encoder.write_image(&pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)?)
    }
}

const FEW_COLOURS: usize = 4096;

fn colours(pixels: &RgbImage) -> usize {
    let mut seen = BTreeMap::new();
    for pixel in pixels.pixels() {
        seen.insert(pixel.0, ());
        if seen.len() > FEW_COLOURS {
            break;
        }
    }
    seen.len()
}
