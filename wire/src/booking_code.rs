//! The code of a booking, as it stands in the QR code and as a person types it.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use vocabulary::CivilDate;

/// Digits and letters that nobody confuses, in Greek or in Latin: no 0/O, 1/I, and no letter with a Greek twin.
pub const CODE_ALPHABET: &[u8; 20] = b"23456789CDFGJLQRSUVW";

/// Length of the reference that a person types.
pub const REFERENCE_CHARACTERS: usize = 8;

/// A scanned code `Q1:OFFICE:YYMMDD:REFERENCE:MAC`, or a typed `REFERENCE` alone.
///
/// The date has two digits for the year, read as 1970 to 2069. All its characters are in the alphanumeric set of QR codes, so that it fits version 2 to 3. The MAC is checked by the
/// hub, and by kiosks that hold the day's key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BookingCode {
    /// From the QR code.
    Scanned {
        /// The office's number within its hub.
        office: u32,
        /// The booked day, in the office's zone.
        date: NaiveDate,
        /// What names the booking.
        reference: String,
        /// Shows that the hub made this code for this office and day.
        mac: String,
    },
    /// Typed by hand.
    Typed {
        /// What names the booking.
        reference: String,
    },
}

impl BookingCode {
    /// What names the booking within its office.
    #[must_use]
    pub fn reference(&self) -> &str {
        match self {
            Self::Scanned { reference, .. } | Self::Typed { reference } => reference,
        }
    }
}

impl fmt::Display for BookingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scanned { office, date, reference, mac } => {
                write!(f, "Q1:{office}:{}:{reference}:{mac}", date.format("%y%m%d"))
            }
            Self::Typed { reference } => f.write_str(reference),
        }
    }
}

/// The text is no booking code of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookingCodeError;

impl fmt::Display for BookingCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a booking code")
    }
}

impl std::error::Error for BookingCodeError {}

impl FromStr for BookingCode {
    type Err = BookingCodeError;

    /// Reads what a scanner sent or a person typed: case, blanks and hyphens do not matter, nor whether the keyboard was left in
    /// Greek.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const LENGTH_MAX: usize = 64;
        if text.len() > LENGTH_MAX {
            return Err(BookingCodeError);
        }
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(latin_key)
            .flat_map(char::to_uppercase)
            .collect();
        let parts: Vec<&str> = text.split(':').collect();
        match parts.as_slice() {
            [reference] => Ok(Self::Typed { reference: checked(reference)? }),
            ["Q1", office, date, reference, mac] => Ok(Self::Scanned {
                office: office.parse().map_err(|_| BookingCodeError)?,
                date: day_of(date).ok_or(BookingCodeError)?,
                reference: checked(reference)?,
                mac: checked(mac)?,
            }),
            _ => Err(BookingCodeError),
        }
    }
}

/// The Latin letter on the key that types this one on a Greek keyboard. No letter of a code has a Greek twin, so that the key is
/// what was meant.
pub(crate) const fn latin_key(typed: char) -> char {
    match typed {
        'ψ' | 'Ψ' => 'C',
        'δ' | 'Δ' => 'D',
        'φ' | 'Φ' => 'F',
        'γ' | 'Γ' => 'G',
        'ξ' | 'Ξ' => 'J',
        'λ' | 'Λ' => 'L',
        ';' => 'Q',
        'ρ' | 'Ρ' => 'R',
        'σ' | 'Σ' => 'S',
        'θ' | 'Θ' => 'U',
        'ω' | 'Ω' => 'V',
        'ς' => 'W',
        other => other,
    }
}

/// `YYMMDD` as a day.
fn day_of(digits: &str) -> Option<NaiveDate> {
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let century = if digits < "70" { "20" } else { "19" };
    let day = format!("{century}{}-{}-{}", &digits[..2], &digits[2..4], &digits[4..]);
    day.parse().ok().map(CivilDate::date)
}

fn checked(part: &str) -> Result<String, BookingCodeError> {
    let fits = part.len() == REFERENCE_CHARACTERS && part.bytes().all(|byte| CODE_ALPHABET.contains(&byte));
    if fits { Ok(part.to_owned()) } else { Err(BookingCodeError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_although_the_keyboard_is_greek() {
        for (typed, meant) in [("ψδφγ ξλ;ρ", "CDFGJLQR"), ("ΨΔΦΓΞΛ;Ρ", "CDFGJLQR"), ("2θ3-ωσς99", "2U3VSW99")]
        {
            assert_eq!(typed.parse(), Ok(BookingCode::Typed { reference: meant.to_owned() }), "{typed}");
        }
    }
}
