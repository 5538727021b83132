//! A booking's code survives scanners, keyboards and people.

use chrono::NaiveDate;
use proptest::prelude::*;
use wire::{BookingCode, BookingCodeError, CODE_ALPHABET, REFERENCE_CHARACTERS};

#[test]
fn card_02_a_scanned_code_is_read_whatever_the_case() {
    let code: BookingCode = "q1:1:261124:7f3gcdqr:quw22345".parse().expect("a code");
    assert_eq!(code.to_string(), "Q1:1:261124:7F3GCDQR:QUW22345");
    assert_eq!(code.reference(), "7F3GCDQR");
}

#[test]
fn card_02_a_typed_code_may_have_blanks_and_hyphens() {
    for typed in ["7F3GCDQR", " 7f3g cdqr ", "7F3G-CDQR"] {
        assert_eq!(typed.parse(), Ok(BookingCode::Typed { reference: "7F3GCDQR".to_owned() }), "{typed}");
    }
}

#[test]
fn foreign_codes_are_no_codes_of_ours() {
    for foreign in
        ["", "https://example.org/x", "5201234567890", "Q1:1:261124:7F3GCDQR", "Q1:1:261399:7F3GCDQR:QUW22345", "Ω1:α"]
    {
        assert_eq!(foreign.parse::<BookingCode>(), Err(BookingCodeError), "{foreign}");
    }
    assert_eq!("7".repeat(1_000_000).parse::<BookingCode>(), Err(BookingCodeError));
}

#[test]
fn no_character_of_a_code_has_a_greek_twin_or_looks_like_another() {
    for confusing in b"01OIABEZHKMNTYXP" {
        assert!(!CODE_ALPHABET.contains(confusing), "{}", char::from(*confusing));
    }
}

fn part() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(CODE_ALPHABET.to_vec()), REFERENCE_CHARACTERS)
        .prop_map(|bytes| bytes.into_iter().map(char::from).collect())
}

proptest! {
    #[test]
    fn codes_read_back(office in 0_u32..100_000, days in 0_u64..15_000, reference in part(), mac in part()) {
        let date = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + chrono::Days::new(days);
        let code = BookingCode::Scanned { office, date, reference, mac };
        prop_assert_eq!(code.to_string().parse(), Ok(code));
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".*") {
        let _ = text.parse::<BookingCode>();
    }
}
