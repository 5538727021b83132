//! Telephone numbers as people write them, kept as E.164: `+306940000000`.

use phonenumber::{Mode, Type, country::Id, metadata::DATABASE};

/// Longest text that is looked at.
const TYPED_CHARACTERS_MAX: usize = 40;

/// A number out of what somebody typed, Greek unless it begins with a country's code; `None` if nobody has such a number.
pub fn phone_number(typed: &str) -> Option<String> {
    if typed.chars().count() > TYPED_CHARACTERS_MAX {
        return None;
    }
    let number = phonenumber::parse(Some(Id::GR), typed).ok()?;
    // An extension is nothing that a mobile has, and no part of E.164.
    (number.is_valid() && number.extension().is_none()).then(|| number.format().mode(Mode::E164).to_string())
}

/// A kept number as it is read out: `+30 694 000 0000`.
pub fn readable(kept: &str) -> String {
    phonenumber::parse(None, kept)
        .map_or_else(|_| kept.to_owned(), |number| number.format().mode(Mode::International).to_string())
}

/// A kept number, as E.164, if it can take an SMS and is of one of some countries, by their codes.
pub fn mobile(kept: &str, countries: &[u16]) -> Option<String> {
    let number = phone_number(kept)?;
    let parsed = phonenumber::parse(None, &number).ok()?;
    let is_mobile = matches!(parsed.number_type(&DATABASE), Type::Mobile | Type::FixedLineOrMobile);
    (is_mobile && countries.contains(&parsed.country().code())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_09_a_number_is_kept_in_one_way() {
        for typed in ["6940000000", "694 000 0000", "+30 694 000 0000", "0030 6940000000", "(694) 000-0000"] {
            assert_eq!(phone_number(typed).as_deref(), Some("+306940000000"), "{typed}");
        }
        assert_eq!(phone_number("+44 7400 123456").as_deref(), Some("+447400123456"));
        assert_eq!(phone_number("2841000000").as_deref(), Some("+302841000000"));
        assert_eq!(readable("+306940000000"), "+30 694 000 0000");
        for (kept, number) in [("+306940000000", "+306940000000"), ("694 000 0000", "+306940000000")] {
            assert_eq!(mobile(kept, &[30]).as_deref(), Some(number));
        }
        assert_eq!(mobile("+447400123456", &[30, 44]).as_deref(), Some("+447400123456"));
        assert_eq!(mobile("+447400123456", &[30]), None);
        assert!(mobile("+302841000000", &[30]).is_none() && mobile("", &[30]).is_none());
    }

    #[test]
    fn what_nobody_can_be_called_at_is_none() {
        let long = "6".repeat(10_000);
        for wrong in ["", "12", "όχι", "999", "6940000000 ext 5", "=6940000000+1", long.as_str()] {
            assert_eq!(phone_number(wrong), None, "{wrong}");
        }
    }
}
