//! Protocol numbers: of the body's own series, one a year, without a gap and never given twice, or of another system.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};
use thiserror::Error;

use crate::ProtocolSource;

/// A number of the other system is so many characters at most: longer is no number, and a receipt has to hold it.
const OUTSIDE_MAX: usize = 40;

/// From which of the body's two series a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesKind {
    /// Official numbers of the body's own protocol.
    Official,
    /// Numbers that stand on receipts until the other system has given the official one.
    Provisional,
}

impl SeriesKind {
    /// Its name in what is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Provisional => "provisional",
        }
    }
}

/// A series: its newest year, and the last number of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolSeries {
    /// Which series it is.
    pub kind: SeriesKind,
    /// The newest year of which it gave a number; 0 if it gave none.
    pub year: i32,
    /// The last number of that year; 0 if it gave none.
    pub last: u32,
}

/// A number of a series of the body's own, written `1234/2026`; a provisional one `P-12/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnNumber {
    /// The series that it was drawn from.
    pub series: SeriesKind,
    /// The calendar year in which it was given.
    pub year: i32,
    /// 1, 2, 3… in that year.
    pub number: u32,
}

impl fmt::Display for OwnNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.series {
            SeriesKind::Official => write!(f, "{}/{}", self.number, self.year),
            SeriesKind::Provisional => write!(f, "P-{}/{}", self.number, self.year),
        }
    }
}

impl ProtocolSeries {
    /// A series that gave no number yet.
    #[must_use]
    pub const fn new(kind: SeriesKind) -> Self {
        Self { kind, year: 0, last: 0 }
    }

    /// The number that it gives next, in this year. A clock that went back into last year starts no old series anew.
    #[must_use]
    pub const fn next(&self, year: i32) -> OwnNumber {
        if year > self.year {
            OwnNumber { series: self.kind, year, number: 1 }
        } else {
            OwnNumber { series: self.kind, year: self.year, number: self.last.saturating_add(1) }
        }
    }

    /// Whether it gave a number already, or one after it.
    #[must_use]
    pub fn has_given(&self, number: OwnNumber) -> bool {
        (number.year, number.number) <= (self.year, self.last)
    }

    /// Notes that a number was given.
    pub fn note(&mut self, given: OwnNumber) {
        if given.series == self.kind && !self.has_given(given) {
            (self.year, self.last) = (given.year, given.number);
        }
    }
}

/// A number of the body's protocol, as it was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProtocolNumber {
    /// By its own series.
    Own(OwnNumber),
    /// By its protocol system.
    Outside(OutsideNumber),
}

impl fmt::Display for ProtocolNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(number) => number.fmt(f),
            Self::Outside(number) => number.fmt(f),
        }
    }
}

/// A number as another system gave it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OutsideNumber(String);

/// What is no number of a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "a protocol number has a digit, and nothing but letters, digits, hyphens, dots, strokes and blanks, 40 at most"
)]
pub struct NoOutsideNumber;

impl fmt::Display for OutsideNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for OutsideNumber {
    type Err = NoOutsideNumber;

    fn from_str(text: &str) -> Result<Self, NoOutsideNumber> {
        let text = text.trim();
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | ' ');
        let is_number = text.chars().count() <= OUTSIDE_MAX
            && text.chars().all(is_plain)
            && text.chars().any(|c| c.is_ascii_digit());
        is_number.then(|| Self(text.to_owned())).ok_or(NoOutsideNumber)
    }
}

impl<'de> Deserialize<'de> for OutsideNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl ProtocolSource {
    /// The series that the body's own numbers are of: another system gives the official ones.
    #[must_use]
    pub const fn series(&self) -> SeriesKind {
        match self {
            Self::Own => SeriesKind::Official,
            Self::Adapter { .. } => SeriesKind::Provisional,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pet_02_numbers_have_no_gap_and_each_year_begins_with_one() {
        let mut series = ProtocolSeries::new(SeriesKind::Official);
        let mut take = |year| {
            let given = series.next(year);
            series.note(given);
            given.to_string()
        };
        assert_eq!([take(2026), take(2026), take(2026)], ["1/2026", "2/2026", "3/2026"]);
        assert_eq!([take(2027), take(2027)], ["1/2027", "2/2027"]);
        // The clock went back over midnight.
        assert_eq!([take(2026), take(2027)], ["3/2027", "4/2027"]);
    }

    #[test]
    fn pet_02_a_number_that_is_noted_again_changes_nothing() {
        let mut series = ProtocolSeries::new(SeriesKind::Provisional);
        let first = series.next(2026);
        series.note(first);
        let second = series.next(2026);
        series.note(second);
        series.note(first);
        series.note(OwnNumber { series: SeriesKind::Official, year: 2030, number: 9 });
        assert_eq!(series.next(2026).to_string(), "P-3/2026");
    }

    #[test]
    fn pet_02_a_number_of_another_system_is_one() {
        for right in ["12345", "ΑΠ 12/2026", "2026-11-30.7", " 9 "] {
            assert!(right.parse::<OutsideNumber>().is_ok(), "{right}");
        }
        for wrong in ["", "null", "<b>1</b>", "1\n2", "1\u{202e}2", &"1".repeat(41), "{\"number\":1}"] {
            assert_eq!(wrong.parse::<OutsideNumber>(), Err(NoOutsideNumber), "{wrong}");
        }
    }
}
