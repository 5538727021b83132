//! An office's emblem as devices are told of it: where its picture is, and its dots for tickets.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::octets::{NoOctets, read_digits, write_digits};

/// No emblem in dots is wider: 32 mm, which the narrowest paper (58 mm) has room for, and a multiple of 8.
pub const EMBLEM_DOTS_WIDTH_MAX: u16 = 256;

/// Nor higher: 12 mm. The number stays the largest thing on a ticket, and the paper is the office's.
pub const EMBLEM_DOTS_ROWS_MAX: u16 = 96;

/// `event: emblem`, sent once when a kiosk or board connects, before its first view; `null` where the office has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeEmblem {
    /// The path of its picture at the hub (PNG), which changes with what is in it.
    pub picture: String,
    /// The picture's width in points.
    pub width: u16,
    /// The picture's height in points.
    pub height: u16,
    /// What is printed on tickets.
    pub dots: EmblemDots,
}

/// An emblem in black dots, row by row; never larger than a ticket has room for.
#[derive(Clone, PartialEq, Eq)]
pub struct EmblemDots {
    width: u16,
    rows: u16,
    /// Eight dots a byte, the left one in the highest bit; each row begins a byte.
    bytes: Vec<u8>,
}

/// What an emblem's dots were said to be is none: too large, or of another length than its size says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDots;

impl fmt::Display for NoDots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the dots of an emblem of this size")
    }
}

impl EmblemDots {
    /// White dots.
    ///
    /// # Errors
    /// It is empty, or larger than a ticket has room for.
    pub fn white(width: u16, rows: u16) -> Result<Self, NoDots> {
        let bytes = vec![0; usize::from(width.div_ceil(8)) * usize::from(rows)];
        Self::of_bytes(width, rows, bytes)
    }

    /// The dots in these bytes.
    ///
    /// # Errors
    /// They are more or fewer than the size says, or the size is none that a ticket has room for.
    pub fn of_bytes(width: u16, rows: u16, mut bytes: Vec<u8>) -> Result<Self, NoDots> {
        let (across, is_sized) = (
            usize::from(width.div_ceil(8)),
            (1..=EMBLEM_DOTS_WIDTH_MAX).contains(&width) && (1..=EMBLEM_DOTS_ROWS_MAX).contains(&rows),
        );
        if !is_sized || bytes.len() != across * usize::from(rows) {
            return Err(NoDots);
        }
        // Behind the last dot of a row there is none.
        let beyond = (across * 8 - usize::from(width)) as u32;
        for last in bytes.iter_mut().skip(across - 1).step_by(across) {
            *last &= u8::MAX << beyond;
        }
        Ok(Self { width, rows, bytes })
    }

    /// Dots in a row.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// So many rows of dots.
    #[must_use]
    pub const fn rows(&self) -> u16 {
        self.rows
    }

    /// Blackens a dot; outside nothing happens.
    pub fn blacken(&mut self, x: u16, y: u16) {
        if x < self.width && y < self.rows {
            self.bytes[usize::from(y) * usize::from(self.width.div_ceil(8)) + usize::from(x / 8)] |= 0x80 >> (x % 8);
        }
    }

    /// Whether a dot is black; outside none is.
    #[must_use]
    pub fn is_black(&self, x: u16, y: u16) -> bool {
        let at = usize::from(y) * usize::from(self.width.div_ceil(8)) + usize::from(x / 8);
        x < self.width && y < self.rows && self.bytes[at] & (0x80 >> (x % 8)) != 0
    }

    /// How many dots are black.
    #[must_use]
    pub fn black(&self) -> u32 {
        self.bytes.iter().map(|byte| byte.count_ones()).sum()
    }
}

impl fmt::Debug for EmblemDots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {} dots, {} black", self.width, self.rows, self.black())
    }
}

/// As they are written.
#[derive(Serialize, Deserialize)]
struct WrittenDots {
    width: u16,
    rows: u16,
    /// In hexadecimal digits.
    dots: String,
}

/// Bytes as hexadecimal digits.
struct Digits<'a>(&'a [u8]);

impl fmt::Display for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(self.0, f)
    }
}

impl Serialize for EmblemDots {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let dots = Digits(&self.bytes).to_string();
        WrittenDots { width: self.width, rows: self.rows, dots }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EmblemDots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const BYTES_MAX: usize = (EMBLEM_DOTS_WIDTH_MAX / 8) as usize * EMBLEM_DOTS_ROWS_MAX as usize;
        let written = WrittenDots::deserialize(deserializer)?;
        let bytes = read_digits(&written.dots, BYTES_MAX).map_err(|NoOctets| de::Error::custom(NoDots))?;
        Self::of_bytes(written.width, written.rows, bytes).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_14_dots_are_read_strictly() {
        let mut dots = EmblemDots::white(10, 2).unwrap();
        for (x, y) in [(0, 0), (9, 1), (10, 0), (0, 2)] {
            dots.blacken(x, y);
        }
        assert_eq!(
            (dots.black(), dots.is_black(0, 0), dots.is_black(9, 1), dots.is_black(10, 0)),
            (2, true, true, false)
        );
        let written = serde_json::to_string(&dots).unwrap();
        assert_eq!(written, r#"{"width":10,"rows":2,"dots":"80000040"}"#);
        assert_eq!(serde_json::from_str::<EmblemDots>(&written).unwrap(), dots);
        for wrong in [
            r#"{"width":0,"rows":2,"dots":""}"#,
            r#"{"width":10,"rows":0,"dots":""}"#,
            r#"{"width":10,"rows":2,"dots":"800000"}"#,
            r#"{"width":10,"rows":2,"dots":"8000004000"}"#,
            r#"{"width":10,"rows":2,"dots":"8000004g"}"#,
            r#"{"width":257,"rows":1,"dots":"00"}"#,
            r#"{"width":8,"rows":97,"dots":"00"}"#,
        ] {
            assert!(serde_json::from_str::<EmblemDots>(wrong).is_err(), "{wrong}");
        }
        let beyond: EmblemDots = serde_json::from_str(r#"{"width":3,"rows":1,"dots":"ff"}"#).unwrap();
        assert_eq!(beyond.black(), 3, "what stands behind a row is no dot");
    }
}
