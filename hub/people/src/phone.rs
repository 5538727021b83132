//! Telephone numbers as people write them, kept as E.164: `+306940000000`.

use phonenumber::{Mode, ParseError, PhoneNumber, Type, country::Id, metadata::DATABASE};

use vocabulary::is_unseen;

/// Longest text that is looked at.
const TYPED_CHARACTERS_MAX: usize = 40;

/// Why nobody can be called at what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFlaw {
    /// It holds letters, or marks that no number has.
    NoNumber,
    /// No country has the code that it begins with.
    UnknownCountry,
    /// Digits are missing.
    TooShort,
    /// It has more digits than a number of its country.
    TooLong,
    /// As long as a number, and given to nobody.
    GivenToNobody,
}

impl PhoneFlaw {
    /// The sentence that says what to write instead.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoNumber => "phone-no-number",
            Self::UnknownCountry => "phone-unknown-country",
            Self::TooShort => "phone-too-short",
            Self::TooLong => "phone-too-long",
            Self::GivenToNobody => "phone-given-to-nobody",
        }
    }
}

/// A number out of what somebody typed, Greek unless it begins with a country's code; `None` if nobody has such a number.
pub fn phone_number(typed: &str) -> Option<String> {
    judged(typed).ok()
}

/// What is wrong with a number that nobody can be called at.
pub fn phone_flaw(typed: &str) -> Option<PhoneFlaw> {
    judged(typed).err()
}

fn judged(typed: &str) -> Result<String, PhoneFlaw> {
    if typed.chars().count() > TYPED_CHARACTERS_MAX {
        return Err(PhoneFlaw::TooLong);
    }
    let plain = dialled_from_abroad(typed);
    let number = phonenumber::parse(Some(Id::GR), &plain).map_err(|error| match error {
        ParseError::NoNumber | ParseError::MalformedInteger(_) => PhoneFlaw::NoNumber,
        ParseError::InvalidCountryCode => PhoneFlaw::UnknownCountry,
        ParseError::TooShortNsn | ParseError::TooShortAfterIdd => PhoneFlaw::TooShort,
        ParseError::TooLong => PhoneFlaw::TooLong,
    })?;
    // An extension is nothing that a mobile has, and no part of E.164.
    if number.extension().is_some() {
        return Err(PhoneFlaw::NoNumber);
    }
    if number.is_valid() {
        return Ok(number.format().mode(Mode::E164).to_string());
    }
    let digits = number.national().value().to_string().len() + number.national().zeros() as usize;
    let (shortest, longest) = lengths(&number);
    Err(if digits < shortest {
        PhoneFlaw::TooShort
    } else if digits > longest {
        PhoneFlaw::TooLong
    } else {
        PhoneFlaw::GivenToNobody
    })
}

/// The number as it is dialled from abroad: without the zero in brackets that is dialled only within a country («+33 (0)6 …»), and
/// without the 1 that stood before Mexican mobiles until 2019.
fn dialled_from_abroad(typed: &str) -> String {
    let plain: String = typed.chars().filter(|c| !is_unseen(*c)).collect();
    let is_international = plain.trim_start().starts_with(['+', '＋']) || plain.trim_start().starts_with("00");
    if !is_international {
        return plain;
    }
    let mut plain = plain;
    for zero in ["(0)", "[0]"] {
        plain = plain.replacen(zero, " ", 1);
    }
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    match digits.strip_prefix("521") {
        Some(rest) if rest.len() == 10 => format!("+52{rest}"),
        Some(_) | None => plain,
    }
}

/// How many digits the numbers of its country have after the country's code: the shortest and the longest.
fn lengths(number: &PhoneNumber) -> (usize, usize) {
    let metas = DATABASE.by_code(&number.country().code()).unwrap_or_default();
    // What a person has; short codes and services have other lengths.
    let kinds = metas.into_iter().map(|meta| meta.descriptors()).flat_map(|kinds| [kinds.fixed_line(), kinds.mobile()]);
    let lengths = kinds.flatten().flat_map(|kind| kind.possible_length());
    let known: Vec<usize> = lengths.map(|length| usize::from(*length)).collect();
    (known.iter().copied().min().unwrap_or(0), known.iter().copied().max().unwrap_or(usize::MAX))
}

/// A kept number as it is read out: `+30 694 000 0000`.
pub fn readable(kept: &str) -> String {
    phonenumber::parse(None, kept)
        .map_or_else(|_| kept.to_owned(), |number| number.format().mode(Mode::International).to_string())
}

/// A number as a link has it that dials it (RFC 3966): in international form, without blanks. One that is none of the world's,
/// e.g. a short one, keeps its digits.
pub fn dialled(written: &str) -> String {
    phone_number(written).unwrap_or_else(|| written.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect())
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
        for (written, link) in
            [("28410 00000", "+302841000000"), ("+30 694 000 0000", "+306940000000"), ("1 5 0 0", "1500"), ("", "")]
        {
            assert_eq!(dialled(written), link, "{written}");
        }
        for (kept, number) in [("+306940000000", "+306940000000"), ("694 000 0000", "+306940000000")] {
            assert_eq!(mobile(kept, &[30]).as_deref(), Some(number));
        }
        assert_eq!(mobile("+447400123456", &[30, 44]).as_deref(), Some("+447400123456"));
        assert_eq!(mobile("+447400123456", &[30]), None);
        assert!(mobile("+302841000000", &[30]).is_none() && mobile("", &[30]).is_none());
    }

    #[test]
    fn omb_09_numbers_are_taken_as_people_of_thirty_countries_write_them() {
        let numbers = include_str!("phones_of_countries.txt");
        let lines: Vec<(&str, &str)> = numbers.lines().filter_map(|line| line.split_once(" = ")).collect();
        assert!(lines.len() >= 60, "{}", lines.len());
        let countries: std::collections::BTreeSet<u16> = lines
            .iter()
            .map(|(typed, kept)| {
                assert_eq!(phone_number(typed).as_deref(), Some(*kept), "{typed}: {:?}", phone_flaw(typed));
                phonenumber::parse(None, *kept).unwrap().country().code()
            })
            .collect();
        assert!(countries.len() >= 30, "{countries:?}");
    }

    #[test]
    fn fld_33_what_is_wrong_with_a_number_is_named() {
        for (typed, flaw) in [
            ("όχι", PhoneFlaw::NoNumber),
            ("6940000000 ext 5", PhoneFlaw::NoNumber),
            ("694 000 000", PhoneFlaw::TooShort),
            ("694 000 0000 0", PhoneFlaw::TooLong),
            ("+33 6 12 34 56", PhoneFlaw::TooShort),
            ("+44 20 7946 09580", PhoneFlaw::TooLong),
            ("+999 694 000 0000", PhoneFlaw::UnknownCountry),
            ("999 000 0000", PhoneFlaw::GivenToNobody),
        ] {
            assert_eq!(phone_flaw(typed), Some(flaw), "{typed}");
        }
    }

    #[test]
    fn what_nobody_can_be_called_at_is_none() {
        let long = "6".repeat(10_000);
        for wrong in ["", "12", "όχι", "999", "6940000000 ext 5", "=6940000000+1", long.as_str()] {
            assert_eq!(phone_number(wrong), None, "{wrong}");
        }
    }
}
