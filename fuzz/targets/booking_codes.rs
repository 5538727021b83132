//! Booking codes, from a scanner or a keyboard: what is read is written back as the same, in each way in which people type,
//! and nobody makes one but the hub.

#![no_main]

use chrono::{Days, NaiveDate};
use fuzz::Crumbs;
use libfuzzer_sys::fuzz_target;
use office::Reference;
use secrets::{ServerKey, booking_code, is_ours};
use wire::{BookingCode, CODE_ALPHABET, REFERENCE_CHARACTERS};

fn fits(part: &str) -> bool {
    part.len() == REFERENCE_CHARACTERS && part.bytes().all(|byte| CODE_ALPHABET.contains(&byte))
}

fuzz_target!(|input: &[u8]| {
    let key = ServerKey::new([7; 32]);
    if let Ok(text) = std::str::from_utf8(input)
        && let Ok(code) = text.parse::<BookingCode>()
    {
        let written = code.to_string();
        assert_eq!(written.parse(), Ok(code.clone()), "{written}");
        assert_eq!(written.to_lowercase().parse(), Ok(code.clone()), "in small letters");
        assert_eq!(format!(" {}-{} ", &written[..4], &written[4..]).parse(), Ok(code.clone()), "in halves");
        assert!(fits(code.reference()), "{code:?}");
        if let BookingCode::Scanned { office, date, reference, mac } = code {
            // One chance in 25,600,000,000, and the key is not known to the fuzzer's luck.
            assert!(!is_ours(&key, office, date, &reference, &mac), "a stranger's code is taken for ours");
        }
    }
    // One that the hub made, and then somebody changed.
    let mut crumbs = Crumbs::of(input);
    let office = crumbs.number(4) as u32;
    // A century from 1970 on: what two digits of a year can say.
    let date = NaiveDate::default() + Days::new(crumbs.number(2) % 36_500);
    let letters =
        (0..REFERENCE_CHARACTERS).map(|_| char::from(CODE_ALPHABET[usize::from(crumbs.byte()) % CODE_ALPHABET.len()]));
    let made = booking_code(&key, office, date, &Reference(letters.collect()));
    let written = made.to_string();
    assert_eq!(written.parse(), Ok(made.clone()));
    let (at, byte) = (usize::from(crumbs.byte()) % written.len(), crumbs.byte());
    let mut changed = written.into_bytes();
    changed[at] = byte;
    let Ok(changed) = String::from_utf8(changed) else { return };
    if let Ok(read) = changed.parse::<BookingCode>()
        && read != made
        && let BookingCode::Scanned { office, date, reference, mac } = read
    {
        assert!(!is_ours(&key, office, date, &reference, &mac), "{changed} was not made by the hub");
    }
});
