//! What the hub draws at random, and the booking codes that it makes and reads.

use chrono::NaiveDate;
use handshake::{code_mark, is_code_mark};
use office::{PublicId, Reference};
use rand::RngExt;
use uuid::Uuid;
use wire::{BookingCode, CODE_ALPHABET, Octets, REFERENCE_CHARACTERS};

use crate::keys::ServerKey;

/// An opaque id, 122 random bits.
pub fn draw_id() -> Uuid {
    uuid::Builder::from_random_bytes(rand::random()).into_uuid()
}

/// An opaque id for a visit.
pub fn draw_public() -> PublicId {
    PublicId(draw_id())
}

/// A reference for a booking.
pub fn draw_reference() -> Reference {
    Reference(draw_word(REFERENCE_CHARACTERS))
}

/// A word of letters that nobody confuses.
pub fn draw_word(characters: usize) -> String {
    let mut rng = rand::rng();
    (0..characters).map(|_| char::from(CODE_ALPHABET[rng.random_range(0..CODE_ALPHABET.len())])).collect()
}

/// A secret that a program keeps: 256 random bits.
pub fn draw_token() -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// A number that nobody can guess.
pub fn draw_octets() -> Octets<32> {
    Octets(rand::random())
}

/// A reference as people read it out and type it: in two halves.
pub fn readable(reference: &Reference) -> String {
    match reference.0.split_at_checked(REFERENCE_CHARACTERS / 2) {
        Some((one, other)) if !other.is_empty() => format!("{one} {other}"),
        _ => reference.0.clone(),
    }
}

/// The code of a booking, for its QR code.
pub fn booking_code(key: &ServerKey, office: u32, date: NaiveDate, reference: &Reference) -> BookingCode {
    let mac = code_mark(&key.day_key(office, date), &reference.0);
    BookingCode::Scanned { office, date, reference: reference.0.clone(), mac }
}

/// Whether this hub made the code.
pub fn is_ours(key: &ServerKey, office: u32, date: NaiveDate, reference: &str, given: &str) -> bool {
    key.each().any(|key| is_code_mark(&key.day_key(office, date), reference, given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_in_two_halves() {
        assert_eq!(readable(&Reference("6D7FU47S".into())), "6D7F U47S");
        assert_eq!(readable(&Reference("6D7F".into())), "6D7F");
    }

    #[test]
    fn prom_07_the_mark_is_the_one_that_codes_in_mails_have_had_all_along() {
        let key = ServerKey::new([7; 32]);
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let hash = crate::keys::mac(&key.day_key(1, date), &[b"booking-code", b"C2D3F4G5"]);
        let mut number = u64::from_be_bytes(hash[..8].try_into().unwrap());
        let mut letter = || {
            let letter = CODE_ALPHABET[(number % 20) as usize];
            number /= 20;
            char::from(letter)
        };
        let before: String = (0..8).map(|_| letter()).collect();
        assert_eq!(code_mark(&key.day_key(1, date), "C2D3F4G5"), before);
    }

    #[test]
    fn a_code_is_read_back_and_a_forged_one_is_not() {
        let key = ServerKey::new([7; 32]);
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let code = booking_code(&key, 1, date, &Reference("C2D3F4G5".into()));
        let read: BookingCode = code.to_string().parse().unwrap();
        assert_eq!(read, code);
        let BookingCode::Scanned { office, date, reference, mac } = read else { panic!("scanned") };
        assert!(is_ours(&key, office, date, &reference, &mac));
        assert!(!is_ours(&key, 2, date, &reference, &mac));
        let rotated = ServerKey::ring([9; 32], &[[8; 32], [7; 32]]);
        assert!(is_ours(&rotated, office, date, &reference, &mac), "made two keys ago");
        assert!(!is_ours(&key, office, date.succ_opt().unwrap(), &reference, &mac));
        assert!(!is_ours(&ServerKey::new([8; 32]), office, date, &reference, &mac));
    }
}
