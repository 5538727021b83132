//! The code on the receipt of a request (PLA-03): held before a kiosk's scanner it gives a number for collecting the result.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::booking_code::latin_key;

/// The code of a receipt, `R1:NUMBER`. Its number was drawn and says nothing; it has digits alone, so that a scanner that types
/// says the same on every keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReceiptCode(pub Uuid);

/// The text is no code of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptCodeError;

impl fmt::Display for ReceiptCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the code of a receipt")
    }
}

impl std::error::Error for ReceiptCodeError {}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R1:{}", self.0.as_u128())
    }
}

impl FromStr for ReceiptCode {
    type Err = ReceiptCodeError;

    fn from_str(text: &str) -> Result<Self, ReceiptCodeError> {
        const LENGTH_MAX: usize = 64;
        if text.len() > LENGTH_MAX {
            return Err(ReceiptCodeError);
        }
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(latin_key).collect();
        let number = text.strip_prefix("R1:").or_else(|| text.strip_prefix("r1:")).ok_or(ReceiptCodeError)?;
        let is_plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse::<u128>().ok().filter(|_| is_plain).ok_or(ReceiptCodeError)?;
        Ok(Self(Uuid::from_u128(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pla_03_a_receipt_is_read_as_it_was_printed_whatever_the_keyboard() {
        for number in [0, 7, u128::MAX, 0x4d3c_2b1a_0000_4000_8000_0123_4567_89ab] {
            let code = ReceiptCode(Uuid::from_u128(number));
            assert_eq!(code.to_string().parse(), Ok(code));
            assert_eq!(code.to_string().replace('R', "Ρ").parse(), Ok(code), "a keyboard left in Greek");
        }
        let long = format!("R1:{}", "9".repeat(62));
        for wrong in ["", "R1:", "R2:7", "R1:+7", "R1:x", "Q1:1:261124:C2D3F4G5:C2D3F4G5", "C2D3F4G5", &long] {
            assert_eq!(wrong.parse::<ReceiptCode>(), Err(ReceiptCodeError), "{wrong}");
        }
        assert!(ReceiptCode(Uuid::nil()).to_string().parse::<crate::BookingCode>().is_err(), "it is no booking's");
    }
}
