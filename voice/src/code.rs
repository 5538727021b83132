//! Codes and numbers of tickets as one reads them to somebody: letter by letter, or letter and number.

use vocabulary::Language;

use crate::{
    letters::letter,
    numbers::{Gender, number},
};

/// A code letter by letter, each with a pause after it: «σι, τρία, ντι».
#[must_use]
pub fn in_letters(language: Language, code: &str) -> String {
    let spoken = |sign: char| match sign.to_digit(10) {
        Some(digit) => number(language, digit as u16, Gender::Neuter),
        None => letter(language, sign),
    };
    code.chars().filter(|sign| sign.is_alphanumeric()).map(spoken).collect::<Vec<_>>().join(", ")
}

/// The number of a ticket, `A042`, as it is called: «άλφα, σαράντα δύο». `None` where the text is no such number.
#[must_use]
pub fn ticket_number(language: Language, text: &str) -> Option<String> {
    const DIGITS: std::ops::RangeInclusive<usize> = 3..=4;
    let mut signs = text.chars();
    let series = signs.next().filter(|sign| sign.is_uppercase())?;
    let digits = signs.as_str();
    let fits = DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let count: u16 = if fits { digits.parse().ok()? } else { return None };
    Some(format!("{}, {}", letter(language, series), number(language, count, Gender::Neuter)))
}
