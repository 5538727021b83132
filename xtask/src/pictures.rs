//! The pictures of `docs/screens/`: each is kept as a small PNG, and written only if its screen changed.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use image::RgbImage;
use oxipng::{BitDepth, ColorType, Options, RawImage, StripChunks};

/// A palette holds so many colours.
const COLOURS_MAX: usize = 256;

/// Two points that differ by more than this, of 255, in red, green or blue look different to whoever looks closely.
const VISIBLE: u8 = 16;

/// So many points may look different without a picture being another one: a cursor, the edge of a digit.
const HANDFUL: usize = 16;

/// One point in so many may lie on flat ground of another shade that nobody sees.
const FAINT: usize = 100;

/// How hard the PNG library tries: 5 takes seven times as long and saves two per cent.
const EFFORT: u8 = 2;

/// What became of a folder of pictures.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many there were.
    pub pictures: usize,
    /// How many of them were written.
    pub written: usize,
    /// What the album's files of these names weighed before, in bytes.
    pub before: usize,
    /// What they weigh now.
    pub after: usize,
}

impl Sum {
    /// The sum as one line for a person.
    pub fn sentence(&self) -> String {
        let [before, after] = [self.before, self.after].map(megabytes);
        format!("{} pictures, {} of them written; {before} MB before, {after} MB now", self.pictures, self.written)
    }
}

fn megabytes(bytes: usize) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Takes every picture of a folder over into the album, if its screen changed.
pub fn keep_all(taken: &Path, album: &Path) -> Result<Sum> {
    fs::create_dir_all(album)?;
    let mut sum = Sum::default();
    for name in names(taken)? {
        let file = album.join(&name);
        let before = fs::read(&file).ok();
        let png = fs::read(taken.join(&name))?;
        let after = kept(&png, before.as_deref()).with_context(|| file.display().to_string())?;
        sum.add(&file, before.as_deref(), after)?;
    }
    Ok(sum)
}

/// Writes every picture of the album anew that gets smaller by it.
pub fn shrink(album: &Path) -> Result<Sum> {
    let mut sum = Sum::default();
    for name in names(album)? {
        let file = album.join(&name);
        let before = fs::read(&file)?;
        let small = Sketch::of(pixels(&before).with_context(|| file.display().to_string())?)?.png()?;
        let after = (small.len() < before.len()).then_some(small);
        sum.add(&file, Some(&before), after)?;
    }
    Ok(sum)
}

/// The names of pictures that the album holds and the folder does not.
pub fn not_taken(taken: &Path, album: &Path) -> Result<Vec<String>> {
    let taken = names(taken)?;
    let left = names(album)?.into_iter().filter(|name| !taken.contains(name));
    Ok(left.map(|name| name.to_string_lossy().into_owned()).collect())
}

impl Sum {
    fn add(&mut self, file: &Path, before: Option<&[u8]>, after: Option<Vec<u8>>) -> Result<()> {
        let weight = before.map_or(0, <[u8]>::len);
        self.pictures += 1;
        self.before += weight;
        self.after += after.as_ref().map_or(weight, Vec::len);
        if let Some(png) = after {
            self.written += 1;
            // As a whole, so that a run that is broken off leaves no half of a picture.
            let half = file.with_extension("half");
            fs::write(&half, png)?;
            fs::rename(half, file)?;
        }
        Ok(())
    }
}

fn names(folder: &Path) -> Result<BTreeSet<OsString>> {
    let files = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let paths = files.map(|file| Ok(file?.path())).collect::<Result<Vec<PathBuf>>>()?;
    let pictures = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "png"));
    Ok(pictures.filter_map(|path| Some(path.file_name()?.to_owned())).collect())
}

/// The small PNG of a picture, unless the one before shows the same.
fn kept(png: &[u8], before: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
    let taken = pixels(png)?;
    let earlier = before.and_then(|before| pixels(before).ok());
    let is_same = earlier.and_then(|earlier| Difference::between(&taken, &earlier)).is_some_and(|it| it.is_within(1));
    if is_same { Ok(None) } else { Sketch::of(taken)?.png().map(Some) }
}

fn pixels(png: &[u8]) -> Result<RgbImage> {
    Ok(image::load_from_memory(png)?.to_rgb8())
}

/// How a picture differs from another of the same size.
struct Difference {
    points: usize,
    /// Points that look different.
    visible: usize,
    /// Points that differ by less, on flat ground, where a palette is exact. On the edges of letters it need not be.
    faint: usize,
}

impl Difference {
    fn between(taken: &RgbImage, other: &RgbImage) -> Option<Self> {
        if taken.dimensions() != other.dimensions() {
            return None;
        }
        let mut difference = Self { points: taken.pixels().len(), visible: 0, faint: 0 };
        for ((x, y, one), theirs) in taken.enumerate_pixels().zip(other.pixels()) {
            let apart =
                one.0.into_iter().zip(theirs.0).map(|(one, other)| one.abs_diff(other)).max().unwrap_or_default();
            let beside = [(x + 1, y), (x, y + 1)].map(|(x, y)| taken.get_pixel_checked(x, y));
            let flat = beside.iter().all(|beside| beside.is_none_or(|beside| beside == one));
            difference.visible += usize::from(apart > VISIBLE);
            difference.faint += usize::from(flat && (1..=VISIBLE).contains(&apart));
        }
        Some(difference)
    }

    /// Whether nobody would tell the pictures from each other; or, for a smaller part of what that allows, not even so.
    const fn is_within(&self, part: usize) -> bool {
        self.visible <= HANDFUL / part && self.faint <= self.points / FAINT / part
    }
}

/// A picture as it will be kept: with its own colours, or with a palette that stands for them.
struct Sketch {
    pixels: RgbImage,
    palette: Option<Palette>,
}

/// Colours, and for each point which of them it has.
struct Palette {
    colours: Vec<[u8; 3]>,
    points: Vec<u8>,
}

impl Sketch {
    /// With a palette, if the picture has more colours than one holds, and nobody would see it.
    fn of(pixels: RgbImage) -> Result<Self> {
        if has_few_colours(&pixels) {
            // The PNG library makes an exact palette of these by itself.
            return Ok(Self { pixels, palette: None });
        }
        let palette = Palette::of(&pixels)?;
        // Half of what two pictures may differ by is left to the screen itself, when it is taken again.
        let is_good = Difference::between(&pixels, &palette.drawn(&pixels)).is_some_and(|it| it.is_within(2));
        Ok(Self { pixels, palette: is_good.then_some(palette) })
    }

    fn png(self) -> Result<Vec<u8>> {
        let (width, height) = self.pixels.dimensions();
        let (colour_type, data) = match self.palette {
            None => (ColorType::RGB { transparent_color: None }, self.pixels.into_raw()),
            Some(palette) => {
                let colours =
                    palette.colours.iter().map(|[red, green, blue]| oxipng::RGBA8::new(*red, *green, *blue, 255));
                (ColorType::Indexed { palette: colours.collect() }, palette.points)
            }
        };
        let raw = RawImage::new(width, height, colour_type, BitDepth::Eight, data)?;
        let options = Options { strip: StripChunks::All, ..Options::from_preset(EFFORT) };
        Ok(raw.create_optimized_png(&options)?)
    }
}

impl Palette {
    fn of(pixels: &RgbImage) -> Result<Self> {
        let (width, height) = (usize::try_from(pixels.width())?, usize::try_from(pixels.height())?);
        let opaque: Vec<u8> = pixels.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2], 255]).collect();
        let fault = |error| anyhow::anyhow!("quantizr: {error:?}");
        let picture = quantizr::Image::new(&opaque, width, height).map_err(fault)?;
        // Its default is a palette of 256; dithering would put noise on flat ground, which compresses badly.
        let mut result = quantizr::QuantizeResult::quantize(&picture, &quantizr::Options::default());
        result.set_dithering_level(0.0).map_err(fault)?;
        let mut points = vec![0; width * height];
        result.remap_image(&picture, &mut points).map_err(fault)?;
        let entries = result.get_palette().entries.iter().take(COLOURS_MAX);
        Ok(Self { colours: entries.map(|entry| [entry.r, entry.g, entry.b]).collect(), points })
    }

    /// What a picture of this size looks like in these colours.
    fn drawn(&self, like: &RgbImage) -> RgbImage {
        let mut drawn = like.clone();
        for (pixel, point) in drawn.pixels_mut().zip(&self.points) {
            pixel.0 = self.colours[usize::from(*point)];
        }
        drawn
    }
}

fn has_few_colours(pixels: &RgbImage) -> bool {
    let mut seen = BTreeSet::new();
    pixels.pixels().all(|pixel| {
        seen.insert(pixel.0);
        seen.len() <= COLOURS_MAX
    })
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    const WIDTH: u32 = 200;
    const HEIGHT: u32 = 160;

    fn png(pixels: &RgbImage) -> Vec<u8> {
        let mut png = Vec::new();
        pixels.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
        png
    }

    /// Flat ground with a band of very many colours close to each other, as the edges of letters have.
    fn screen(ground: [u8; 3]) -> RgbImage {
        RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
            let step = |of: u32, times: u32| u8::try_from(of * times % 256).unwrap();
            if y < 20 { Rgb([step(x, 1), step(x, 1).saturating_add(step(y, 1)), step(x, 1)]) } else { Rgb(ground) }
        })
    }

    /// A picture in which every point has a colour of its own.
    fn noise() -> RgbImage {
        RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
            let mixed = (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761);
            let [red, green, blue, _] = mixed.to_be_bytes();
            Rgb([red, green, blue])
        })
    }

    fn with_dots(mut pixels: RgbImage, dots: u32) -> RgbImage {
        for x in 0..dots {
            pixels.put_pixel(x, HEIGHT - 1, Rgb([255, 0, 0]));
        }
        pixels
    }

    /// What is written when `after` is taken where `before` lies, small.
    fn written(before: &RgbImage, after: &RgbImage) -> Option<RgbImage> {
        let first = kept(&png(before), None).unwrap().expect("a new picture is written");
        kept(&png(after), Some(&first)).unwrap().map(|png| pixels(&png).unwrap())
    }

    #[test]
    fn many_colours_become_a_palette_that_nobody_sees() {
        let taken = screen([235, 241, 250]);
        assert!(!has_few_colours(&taken));
        let small = kept(&png(&taken), None).unwrap().unwrap();
        assert!(small.len() < png(&taken).len());
        let drawn = pixels(&small).unwrap();
        assert!(has_few_colours(&drawn));
        assert!(Difference::between(&taken, &drawn).unwrap().is_within(2));
        // Flat ground stays what it was, to the last bit.
        assert_eq!(drawn.get_pixel(100, 100), taken.get_pixel(100, 100));
    }

    #[test]
    fn few_colours_stay_exact() {
        let taken = RgbImage::from_fn(WIDTH, HEIGHT, |x, _| Rgb([u8::try_from(x).unwrap(), 1, 2]));
        let small = kept(&png(&taken), None).unwrap().unwrap();
        assert!(pixels(&small).unwrap() == taken);
    }

    #[test]
    fn what_a_palette_would_spoil_stays_exact() {
        let taken = noise();
        let small = kept(&png(&taken), None).unwrap().unwrap();
        assert!(pixels(&small).unwrap() == taken);
    }

    #[test]
    fn a_screen_that_did_not_change_is_not_written_again() {
        let taken = screen([235, 241, 250]);
        assert!(written(&taken, &taken).is_none());
        assert!(written(&taken, &with_dots(taken.clone(), 5)).is_none());
        // Nor over a file that still has all its colours.
        assert!(kept(&png(&taken), Some(&png(&taken))).unwrap().is_none());
    }

    #[test]
    fn a_screen_that_changed_is_written() {
        let taken = screen([235, 241, 250]);
        let changed = with_dots(taken.clone(), 60);
        let written_anew = written(&taken, &changed).unwrap();
        assert!(Difference::between(&changed, &written_anew).unwrap().is_within(1));
        // A ground that is a shade darker is no visible step at any one point, and yet another screen.
        assert!(written(&taken, &screen([232, 241, 250])).is_some());
        let higher = RgbImage::from_pixel(WIDTH, HEIGHT + 1, Rgb([1, 2, 3]));
        assert!(written(&taken, &higher).is_some());
    }

    #[test]
    fn a_folder_is_taken_over_and_shrunk_once() {
        let folder = tempfile::TempDir::new().unwrap();
        let (taken, album) = (folder.path().join("taken"), folder.path().join("album"));
        fs::create_dir_all(&taken).unwrap();
        fs::write(taken.join("a.png"), png(&screen([1, 2, 3]))).unwrap();
        fs::write(taken.join("notes.txt"), "no picture").unwrap();
        assert_eq!(keep_all(&taken, &album).unwrap().written, 1);
        assert_eq!(keep_all(&taken, &album).unwrap().written, 0);
        fs::write(album.join("b.png"), png(&screen([9, 9, 9]))).unwrap();
        assert_eq!(not_taken(&taken, &album).unwrap(), ["b.png"]);
        let sum = shrink(&album).unwrap();
        assert_eq!((sum.pictures, sum.written), (2, 1));
        assert!(sum.after < sum.before);
        assert_eq!(shrink(&album).unwrap().written, 0);
    }
}
