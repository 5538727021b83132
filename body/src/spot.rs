//! A spot on the map that a browser told: in Greece, with how exactly it is known.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// Degrees are kept with five digits behind the point: a metre.
const PARTS_OF_DEGREE: f64 = 100_000.0;
/// From Gavdos to the Evros, with the sea around them, in parts of a degree.
const LATITUDES: std::ops::RangeInclusive<i32> = 3_450_000..=4_200_000;
/// From Othoni to Kastellorizo.
const LONGITUDES: std::ops::RangeInclusive<i32> = 1_900_000..=3_000_000;
/// What is known less exactly says no spot.
const METRES_MAX: u32 = 5_000;
/// Longer is no spot.
const CHARACTERS_MAX: usize = 80;

/// A spot in Greece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    latitude: i32,
    longitude: i32,
    metres: u32,
}

/// Why something is no spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SpotFlaw {
    /// Not written as a spot is.
    #[error("is no spot: write latitude, longitude and metres")]
    Unread,
    /// It lies elsewhere.
    #[error("is not in Greece")]
    NotInGreece,
    /// Nobody finds it with so little exactness.
    #[error("is known to {METRES_MAX} metres at best")]
    Vague,
}

impl FromStr for Spot {
    type Err = SpotFlaw;

    /// Reads `35.19061,25.71642,12`: degrees north, degrees east, and within how many metres.
    fn from_str(text: &str) -> Result<Self, SpotFlaw> {
        if text.len() > CHARACTERS_MAX {
            return Err(SpotFlaw::Unread);
        }
        let numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok().filter(|number| number.is_finite()));
        let numbers = numbers.collect::<Option<Vec<_>>>().ok_or(SpotFlaw::Unread)?;
        let [latitude, longitude, metres] = numbers.as_slice() else { return Err(SpotFlaw::Unread) };
        if *metres < 0.0 {
            return Err(SpotFlaw::Unread);
        }
        let (latitude, longitude) = (parts(*latitude), parts(*longitude));
        if !LATITUDES.contains(&latitude) || !LONGITUDES.contains(&longitude) {
            return Err(SpotFlaw::NotInGreece);
        }
        if *metres > f64::from(METRES_MAX) {
            return Err(SpotFlaw::Vague);
        }
        // Nobody's telephone knows it to less than a metre.
        let metres = (1..=METRES_MAX).find(|whole| f64::from(*whole) >= *metres).unwrap_or(METRES_MAX);
        Ok(Self { latitude, longitude, metres })
    }
}

/// Degrees as whole parts of a degree; what is no degree lies outside.
#[expect(clippy::cast_possible_truncation, reason = "held to the degrees of a globe before")]
fn parts(degrees: f64) -> i32 {
    (degrees.clamp(-360.0, 360.0) * PARTS_OF_DEGREE).round() as i32
}

/// Degrees as they are written.
fn degrees(parts: i32) -> String {
    format!("{}.{:05}", parts / 100_000, parts % 100_000)
}

impl fmt::Display for Spot {
    /// As it is kept, and read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", degrees(self.latitude), degrees(self.longitude), self.metres)
    }
}

impl Spot {
    /// Within how many metres it is known.
    #[must_use]
    pub const fn metres(self) -> u32 {
        self.metres
    }

    /// As people read it.
    #[must_use]
    pub fn readable(self) -> String {
        format!("{}, {}", degrees(self.latitude), degrees(self.longitude))
    }

    /// As maps open it (RFC 5870).
    #[must_use]
    pub fn link(self) -> String {
        format!("geo:{},{};u={}", degrees(self.latitude), degrees(self.longitude), self.metres)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pet_04_a_spot_is_in_greece_or_says_why_not() {
        let spot: Spot = "35.190612, 25.716421, 11.3".parse().unwrap();
        assert_eq!(spot.to_string(), "35.19061,25.71642,12");
        assert_eq!((spot.readable().as_str(), spot.metres()), ("35.19061, 25.71642", 12));
        assert_eq!(spot.link(), "geo:35.19061,25.71642;u=12");
        for edge in ["34.8,24.12,0", "36.15,29.59,5", "41.75,26.3,5", "39.85,19.4,5"] {
            assert!(edge.parse::<Spot>().is_ok(), "{edge}");
        }
        for elsewhere in ["25.71642,35.19061,12", "48.2,16.4,5", "0,0,0", "-35.1,25.7,5", "1e300,25.7,5"] {
            assert_eq!(elsewhere.parse::<Spot>(), Err(SpotFlaw::NotInGreece), "{elsewhere}");
        }
        assert_eq!("35.1,25.7,5001".parse::<Spot>(), Err(SpotFlaw::Vague));
        let long = "1".repeat(81);
        for wrong in ["", "35.1", "35.1,25.7", "35.1,25.7,-1", "a,b,c", "35.1,25.7,NaN", "35.1,inf,5", "1,2,3,4", &long]
        {
            assert_eq!(wrong.parse::<Spot>(), Err(SpotFlaw::Unread), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_again(latitude in 34.6f64..41.9, longitude in 19.1f64..29.9, metres in 0f64..5_000.0) {
            let spot: Spot = format!("{latitude},{longitude},{metres}").parse().unwrap();
            prop_assert_eq!(spot.to_string().parse::<Spot>().unwrap(), spot);
        }

        #[test]
        fn nothing_that_is_typed_breaks_it(text in "\\PC{0,100}") {
            let _ = text.parse::<Spot>();
        }
    }
}
