//! A time of day in words, in 24 hours as it is shown.

use vocabulary::Language;

use crate::numbers::{Gender, number};

/// `11:10` as «έντεκα και δέκα», to stand after «στις» or «από τις»; in English `eleven ten`, `nine oh five`.
#[must_use]
pub fn time_of_day(language: Language, hour: u16, minute: u16) -> String {
    if language == Language::El {
        let hours = number(language, hour, Gender::Feminine);
        return match minute {
            0 => hours,
            minute => format!("{hours} και {}", number(language, minute, Gender::Neuter)),
        };
    }
    let hours = number(language, hour, Gender::Neuter);
    match minute {
        0 => format!("{hours} o'clock"),
        1..=9 => format!("{hours} oh {}", number(language, minute, Gender::Neuter)),
        minute => format!("{hours} {}", number(language, minute, Gender::Neuter)),
    }
}
