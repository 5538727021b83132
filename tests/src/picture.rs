//! A picture, read as a person and a scanner would: letters by tesseract, QR codes by zbar.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use image::RgbImage;

/// From this brightness on, of 255, a point counts as light.
const LIGHT: u8 = 64;

/// How much smaller a picture is made to read large letters.
const SMALLER: u32 = 3;

/// A place on a picture, in pixels from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelPlace {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// A picture, as PNG.
#[derive(Clone)]
pub struct Picture {
    png: Vec<u8>,
}

/// A word that was read, with its box.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    left: i32,
    top: i32,
    width: i32,
    height: i32,
}

impl Word {
    /// Where it stands on the picture that was made smaller.
    fn larger(self) -> Self {
        let times = SMALLER.cast_signed();
        let (left, top) = (self.left * times, self.top * times);
        Self { left, top, width: self.width * times, height: self.height * times, ..self }
    }
}

impl Picture {
    /// From the bytes of a PNG file.
    ///
    /// # Errors
    /// When they are none.
    pub fn from_png(png: Vec<u8>) -> Result<Self> {
        ensure!(png.starts_with(b"\x89PNG"), "not a PNG");
        Ok(Self { png })
    }

    /// Its points.
    ///
    /// # Errors
    /// When the file is broken.
    pub fn pixels(&self) -> Result<RgbImage> {
        Ok(image::load_from_memory(&self.png)?.to_rgb8())
    }

    /// Whether every point is the same.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        self.png == other.png || matches!((self.pixels(), other.pixels()), (Ok(own), Ok(theirs)) if own == theirs)
    }

    /// The bytes of the PNG file.
    #[must_use]
    pub fn png(&self) -> &[u8] {
        &self.png
    }

    /// Writes it to a file.
    ///
    /// # Errors
    /// When that fails.
    pub fn save(&self, path: &Path) -> Result<()> {
        Ok(std::fs::write(path, &self.png)?)
    }

    /// Every word that can be read in one of the ways, each way in its order.
    ///
    /// # Errors
    /// When tesseract fails.
    pub fn text(&self) -> Result<String> {
        let words = [self.words("11")?, self.words("6")?, self.negative()?.words("11")?, self.smaller()?.words("11")?];
        let words = words.concat();
        Ok(words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
    }

    /// The middle of the first word of a text, if the text stands on the picture.
    ///
    /// Accents and case do not matter, and one letter in six may be misread.
    ///
    /// # Errors
    /// When tesseract fails.
    pub fn find(&self, text: &str) -> Result<Option<PixelPlace>> {
        let wanted: Vec<String> = text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
        // As scattered words first; as one block, which finds words in frames; then light letters on dark buttons, and
        // those in a frame, which a smaller picture shows best, the light ones turned round.
        let small = |picture: &Self| Ok(picture.smaller()?.words("11")?.into_iter().map(Word::larger).collect());
        let readings: [&dyn Fn() -> Result<Vec<Word>>; 5] =
            [&|| self.words("11"), &|| self.words("6"), &|| self.negative()?.words("11"), &|| small(self), &|| {
                small(&self.negative()?)
            }];
        for reading in readings {
            if let Some(place) = place_of(&reading()?, &wanted) {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// A third of the size, at which the largest letters are read best.
    fn smaller(&self) -> Result<Self> {
        let pixels = self.pixels()?;
        let (width, height) = (pixels.width() / SMALLER, pixels.height() / SMALLER);
        let pixels = image::imageops::resize(&pixels, width, height, image::imageops::FilterType::Triangle);
        let mut png = Vec::new();
        pixels.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)?;
        Self::from_png(png)
    }

    /// In black and white, and turned round: letters on a dark button become black on white.
    fn negative(&self) -> Result<Self> {
        let mut pixels = image::load_from_memory(&self.png)?.to_luma8();
        for pixel in pixels.pixels_mut() {
            pixel.0 = [if pixel.0[0] < LIGHT { u8::MAX } else { 0 }];
        }
        let mut png = Vec::new();
        pixels.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)?;
        Self::from_png(png)
    }

    /// The QR code on the picture.
    ///
    /// # Errors
    /// When zbarimg cannot be started.
    pub fn qr(&self) -> Result<Option<String>> {
        let arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "png:-"];
        let output = fed("zbarimg", &arguments, &self.png)?;
        let text = String::from_utf8_lossy(&output).trim_end().to_owned();
        Ok((!text.is_empty()).then_some(text))
    }

    /// The words by one of tesseract's ways of looking at a page.
    fn words(&self, segmentation: &str) -> Result<Vec<Word>> {
        let arguments = ["stdin", "stdout", "-l", "ell+eng", "--psm", segmentation, "tsv"];
        let output = fed("tesseract", &arguments, &self.png)?;
        let table = String::from_utf8_lossy(&output).into_owned();
        Ok(table.lines().skip(1).filter_map(word).collect())
    }
}

/// The middle of the first of the wanted words, where all of them stand one after another.
fn place_of(words: &[Word], wanted: &[String]) -> Option<PixelPlace> {
    let words: Vec<&Word> = words.iter().filter(|word| !plain(&word.text).is_empty()).collect();
    let whole = wanted.concat();
    // A reader joins two words now and then, or breaks one in two.
    let counts = [wanted.len(), wanted.len().saturating_sub(1), wanted.len() + 1];
    let found = counts.into_iter().filter(|count| *count > 0).find_map(|count| {
        words.windows(count).find(|window| {
            let in_order = window.windows(2).all(|pair| follows(pair[0], pair[1]));
            let read: String = window.iter().map(|word| plain(&word.text)).collect();
            in_order && alike(&read, &whole)
        })
    });
    let middle = |word: &&Word| PixelPlace { x: word.left + word.width / 2, y: word.top + word.height / 2 };
    found.and_then(|window| window.first().map(middle))
}

/// Whether a word stands after another, in the same line or, where the text wraps, at the start of the next.
const fn follows(word: &Word, next: &Word) -> bool {
    let tallest = if word.height > next.height { word.height } else { next.height };
    let down = next.top + next.height / 2 - word.top - word.height / 2;
    let same_line = down.abs() < tallest / 2 && next.left > word.left;
    // Centred lines begin further in than the line before, but never behind its last word.
    let next_line = down > 0 && down < 2 * tallest && next.left < word.left + word.width;
    same_line || next_line
}

/// One line of tesseract's table.
fn word(line: &str) -> Option<Word> {
    let fields: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| fields.get(at)?.parse::<i32>().ok();
    let text = (*fields.get(11)?).to_owned();
    (!text.trim().is_empty()).then_some(Word {
        text,
        left: number(6)?,
        top: number(7)?,
        width: number(8)?,
        height: number(9)?,
    })
}

/// Runs a reader on bytes. What it says of a picture without anything to read is no error.
fn fed(program: &str, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>> {
    let mut child = Command::new(program)
        .args(arguments)
        // One picture is not worth two cores, and another story wants one.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    let mut stdin = child.stdin.take().context("standard input was piped")?;
    let bytes = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output()?;
    // A reader may close its input early; what it printed counts.
    let _ = writer.join();
    Ok(output.stdout)
}

/// A word as it is compared: lower case, no accents, letters and digits only, Latin twins as Greek.
fn plain(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.filter(|c| c.is_alphanumeric()).map(without_accent).collect()
}

const fn without_accent(letter: char) -> char {
    match letter {
        'ά' | 'a' => 'α',
        'έ' | 'e' => 'ε',
        'ή' | 'n' => 'η',
        'ί' | 'ϊ' | 'ΐ' | 'i' => 'ι',
        'ό' | 'o' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' | 'u' => 'υ',
        'ώ' | 'w' => 'ω',
        'ς' => 'σ',
        'v' => 'ν',
        'k' => 'κ',
        'p' => 'ρ',
        't' => 'τ',
        'x' => 'χ',
        'y' => 'γ',
        'b' => 'β',
        'm' | 'µ' => 'μ',
        'z' => 'ζ',
        'h' => 'η',
        other => other,
    }
}

/// Whether two texts differ by no more than one letter in six.
fn alike(a: &str, b: &str) -> bool {
    distance(a, b) * 6 <= b.chars().count()
}

/// How many letters must be changed, added or dropped to make one text the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_again_without_accents_and_with_a_misread_letter() {
        assert!(alike(&plain("ΚΑΛΩΣ"), &plain("Καλώς")));
        assert!(alike(&plain("ραντεβοO"), &plain("ραντεβού")));
        assert!(!alike(&plain("Α042"), &plain("Α043")));
    }
}
