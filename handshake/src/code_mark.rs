//! The mark in a booking's QR code, which shows that the hub made it: hub and kiosk compute it alike, under the key of one
//! office's day.

use ring::hmac;
use subtle::ConstantTimeEq;
use wire::{CODE_ALPHABET, REFERENCE_CHARACTERS};

/// Eight letters of the code's own alphabet, under the day's key.
#[must_use]
pub fn code_mark(day_key: &[u8; 32], reference: &str) -> String {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, day_key));
    for part in [b"booking-code".as_slice(), reference.as_bytes()] {
        // Each part with its length, so that no two lists of parts are the same text.
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let tag = context.sign();
    let mut number = tag.as_ref().iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    let letters = CODE_ALPHABET.len() as u64;
    let mut mark = String::with_capacity(REFERENCE_CHARACTERS);
    for _ in 0..REFERENCE_CHARACTERS {
        mark.push(char::from(CODE_ALPHABET[(number % letters) as usize]));
        number /= letters;
    }
    mark
}

/// Whether somebody who knows the day's key made this mark. How long that takes tells nothing of where it differs.
#[must_use]
pub fn is_code_mark(day_key: &[u8; 32], reference: &str, given: &str) -> bool {
    code_mark(day_key, reference).as_bytes().ct_eq(given.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_07_a_mark_is_of_its_key_and_reference_alone_and_stays_what_it_was() {
        let key = [7; 32];
        let mark = code_mark(&key, "C2D3F4G5");
        assert!(is_code_mark(&key, "C2D3F4G5", &mark));
        for (key, reference, given) in
            [([8; 32], "C2D3F4G5", mark.as_str()), (key, "C2D3F4G6", &mark), (key, "C2D3F4G5", &mark[1..])]
        {
            assert!(!is_code_mark(&key, reference, given), "{reference} {given}");
        }
        assert!(mark.bytes().all(|letter| CODE_ALPHABET.contains(&letter)) && mark.len() == REFERENCE_CHARACTERS);
    }
}
