//! Dots, and how they go to a printer in bands without looking like one of its real-time commands.

use firmware_config::{PrinterProfile, Raster};

/// A black and white picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotPicture {
    width: usize,
    rows: usize,
    dots: Vec<bool>,
}

impl DotPicture {
    /// A white picture.
    #[must_use]
    pub fn new(width: usize, rows: usize) -> Self {
        Self { width, rows, dots: vec![false; width * rows] }
    }

    /// Dots in a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Half as wide and high: a dot is black where at least two of its four were.
    pub(crate) fn halved(&self) -> Self {
        let mut half = Self::new(self.width.div_ceil(2), self.rows.div_ceil(2));
        let (width, rows) = (half.width, half.rows);
        for (x, y) in (0..rows).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| (2 * x + dx, 2 * y + dy));
            let is_black = |(x, y): &(usize, usize)| *x < self.width && *y < self.rows && self.dots[y * self.width + x];
            if four.iter().filter(|at| is_black(at)).count() >= 2 {
                half.blacken(x, y);
            }
        }
        half
    }

    /// Blackens a dot; outside nothing happens.
    pub fn blacken(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.rows {
            self.dots[y * self.width + x] = true;
        }
    }

    /// Turns black into white and white into black.
    pub(crate) fn invert(&mut self) {
        self.dots.iter_mut().for_each(|dot| *dot = !*dot);
    }

    /// Cuts off what is white at the right, so that it is not sent.
    pub(crate) fn cropped_right(self) -> Self {
        let inked = |x: &usize| (0..self.rows).any(|y| self.dots[y * self.width + x]);
        let width = (0..self.width).rev().find(inked).map_or(1, |x| x + 1);
        let dots = (0..self.rows).flat_map(|y| self.dots[y * self.width..][..width].to_vec()).collect();
        Self { width, rows: self.rows, dots }
    }

    /// The commands that print it, each dot once or twice as large. White above and below the ink is fed, not sent.
    pub(crate) fn commands(&self, scale: Scale, printer: &PrinterProfile) -> Vec<u8> {
        let across = self.width.div_ceil(8);
        let rows_max = usize::from(printer.max_band_rows).min(BAND_BYTES_MAX / across.max(1)).max(1);
        let inked = |y: &usize| self.dots[y * self.width..][..self.width].contains(&true);
        let first = (0..self.rows).find(inked).unwrap_or(self.rows);
        let end = (0..self.rows).rev().find(inked).map_or(self.rows, |last| last + 1);
        let mut out = feed(first, scale);
        for top in (first..end).step_by(rows_max) {
            let rows = rows_max.min(end - top);
            let mut data = Vec::with_capacity(across * rows);
            for y in top..top + rows {
                data.extend((0..across).map(|byte| self.byte(byte * 8, y)));
            }
            let mut band = band(printer.raster, scale, across, rows, &data);
            avoid_real_time(&mut band);
            out.extend(band);
        }
        out.extend(feed(self.rows - end, scale));
        out
    }

    /// Eight dots of a row, the left one in the highest bit.
    fn byte(&self, left: usize, y: usize) -> u8 {
        (left..left + 8).fold(0, |byte, x| byte << 1 | u8::from(x < self.width && self.dots[y * self.width + x]))
    }
}

/// A band fits into the smallest receive buffer of these printers, 4 KiB, with room for a question among it: one that
/// takes in a command whole before it prints would wait for ever for the end of a longer one.
const BAND_BYTES_MAX: usize = 3584;

/// How large a dot of a picture is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// As one dot.
    Once,
    /// As two by two, for a quarter of the bytes.
    Twice,
}

/// Feeds so many white rows of a picture.
fn feed(rows: usize, scale: Scale) -> Vec<u8> {
    let dots = match scale {
        Scale::Once => rows,
        Scale::Twice => rows * 2,
    };
    let whole = std::iter::repeat_n(255, dots / 255);
    let feeds = whole.chain(std::iter::once(dots % 255)).filter(|dots| *dots > 0);
    feeds.flat_map(|dots| [0x1B, 0x4A, u8::try_from(dots).unwrap_or(u8::MAX)]).collect()
}

fn band(raster: Raster, scale: Scale, across: usize, rows: usize, data: &[u8]) -> Vec<u8> {
    let [xl, xh] = low_high(across);
    let [yl, yh] = low_high(rows);
    let mut band = match raster {
        Raster::GsV0 => {
            let m = match scale {
                Scale::Once => 0,
                Scale::Twice => 3,
            };
            vec![0x1D, 0x76, 0x30, m, xl, xh, yl, yh]
        }
        Raster::GsParenL => {
            let times = match scale {
                Scale::Once => 1,
                Scale::Twice => 2,
            };
            let [pl, ph] = low_high(data.len() + 10);
            let [xl, xh] = low_high(across * 8);
            vec![0x1D, 0x28, 0x4C, pl, ph, 0x30, 0x70, 0x30, times, times, 0x31, xl, xh, yl, yh]
        }
    };
    band.extend(data);
    if raster == Raster::GsParenL {
        band.extend([0x1D, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32]);
    }
    band
}

/// A number in two bytes, the low one first. A line has at most 90 bytes and a band 2303 rows, so nothing is lost.
fn low_high(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

/// Printers act on `DLE EOT`, `DLE ENQ` and `DLE DC4` wherever they occur, in a picture too. One dot more to the right of
/// the one that makes a DLE is not seen, and is no command.
fn avoid_real_time(band: &mut [u8]) {
    for at in 0..band.len().saturating_sub(2) {
        if is_real_time(&band[at..]) {
            band[at] |= 0x08;
        }
    }
}

/// Whether bytes begin with a real-time command.
pub fn is_real_time(bytes: &[u8]) -> bool {
    matches!(bytes, [0x10, 0x04, 0x01..=0x08, ..] | [0x10, 0x05, 0x00..=0x02, ..] | [0x10, 0x14, 0x01..=0x08, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(id: &str) -> PrinterProfile {
        firmware_config::printer(id).unwrap()
    }

    #[test]
    fn a_picture_is_sent_in_bands() {
        let mut picture = DotPicture::new(10, 3);
        for (x, y) in [(0, 0), (9, 0), (1, 1), (8, 2), (10, 0), (0, 3)] {
            picture.blacken(x, y);
        }
        let two_rows = PrinterProfile { max_band_rows: 2, ..printer("generic-cp737") };
        let expect = [
            &[0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 0b1000_0000, 0b0100_0000, 0b0100_0000, 0][..],
            &[0x1D, 0x76, 0x30, 0, 2, 0, 1, 0, 0, 0b1000_0000][..],
        ];
        assert_eq!(picture.commands(Scale::Once, &two_rows), expect.concat());
    }

    #[test]
    fn white_above_and_below_is_fed() {
        let mut picture = DotPicture::new(8, 300);
        picture.blacken(0, 270);
        let sent = picture.commands(Scale::Once, &printer("generic-cp737"));
        assert_eq!(sent, [0x1B, 0x4A, 255, 0x1B, 0x4A, 15, 0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0x80, 0x1B, 0x4A, 29]);
        let white = DotPicture::new(8, 10).commands(Scale::Twice, &printer("generic-cp737"));
        assert_eq!(white, [0x1B, 0x4A, 20]);
    }

    #[test]
    fn the_newer_command_counts_in_dots() {
        let newer = PrinterProfile { raster: Raster::GsParenL, ..printer("generic-cp737") };
        let mut picture = DotPicture::new(8, 1);
        picture.blacken(0, 0);
        let expect = [
            &[0x1D, 0x28, 0x4C, 11, 0, 0x30, 0x70, 0x30, 2, 2, 0x31, 8, 0, 1, 0, 0x80][..],
            &[0x1D, 0x28, 0x4C, 2, 0, 0x30, 0x32][..],
        ];
        assert_eq!(picture.commands(Scale::Twice, &newer), expect.concat());
    }

    #[test]
    fn dots_that_look_like_a_real_time_command_are_changed() {
        for bytes in [[0x10, 0x04, 0x01], [0x10, 0x04, 0x04], [0x10, 0x05, 0x02], [0x10, 0x14, 0x08]] {
            let mut picture = DotPicture::new(24, 1);
            for (index, byte) in bytes.iter().enumerate() {
                (0..8).filter(|bit| byte & (0x80 >> bit) != 0).for_each(|bit| picture.blacken(index * 8 + bit, 0));
            }
            let sent = picture.commands(Scale::Once, &printer("generic-cp737"));
            assert!(!sent.windows(3).any(is_real_time), "{bytes:02x?} became {sent:02x?}");
            assert_eq!(sent[8..], [0x18, bytes[1], bytes[2]]);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_picture_holds_a_real_time_command(dots in proptest::collection::vec(proptest::sample::select(vec![0x10u8, 0x04, 0x05, 0x14, 0x01, 0x02, 0x08, 0x00]), 12..240)) {
            let mut picture = DotPicture::new(16, dots.len() / 2);
            for (index, byte) in dots.iter().enumerate() {
                (0..8).filter(|bit| byte & (0x80 >> bit) != 0).for_each(|bit| picture.blacken(index % 2 * 8 + bit, index / 2));
            }
            let sent = picture.commands(Scale::Once, &printer("generic-cp737"));
            proptest::prop_assert!(!sent.windows(3).any(is_real_time));
        }
    }
}
