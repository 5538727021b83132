//! A shown sentence as it is said: times, numbers of tickets and counts in words, signs left out.

use vocabulary::Language;

use crate::{
    code::ticket_number,
    numbers::{Gender, number},
    times::time_of_day,
};

/// The sentence as it is said.
#[must_use]
pub fn read_aloud(language: Language, shown: &str) -> String {
    // A line of its own is a sentence of its own, and a sign that parts is a pause.
    let even = shown.replace('\u{a0}', " ").replace('\n', ". ").replace(" · ", ", ").replace('·', ",");
    let even = even.replace(['«', '»', '“', '”', '•', '('], "").replace(')', "").replace('…', ".");
    let words: Vec<&str> = even.split_whitespace().collect();
    let mut said = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let core = word.trim_end_matches(['.', ',', ';', '?', '!', ':']);
        let after = &word[core.len()..];
        let next = words.get(at + 1).copied().unwrap_or_default();
        let spoken = word_aloud(language, core, next).unwrap_or_else(|| core.to_owned());
        said.push(format!("{spoken}{after}"));
    }
    said.join(" ").replace("..", ".").replace(":.", ":")
}

/// A word that is said otherwise than it is written.
fn word_aloud(language: Language, word: &str, next: &str) -> Option<String> {
    if let Some((hour, minute)) = word.split_once(':') {
        let part = |digits: &str, most: u16| digits.parse::<u16>().ok().filter(|value| *value <= most);
        return Some(time_of_day(language, part(hour, 23)?, part(minute, 59)?));
    }
    if let Some(called) = ticket_number(language, word) {
        return Some(called);
    }
    if language != Language::El {
        return None;
    }
    if word == "QR" {
        return Some("κιου αρ".to_owned());
    }
    let count: u16 = word.parse().ok()?;
    Some(match () {
        () if is_month(next) && count == 1 => "πρώτη".to_owned(),
        () if is_month(next) || counts_feminine(next) => number(language, count, Gender::Feminine),
        () => number(language, count, Gender::Neuter),
    })
}

/// Whether a Greek word is a month, as it stands after its day.
fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';']);
    (1..=12).any(|month| phrases::say(Language::El, &format!("month-{month}")) == word)
}

/// Whether what is counted is feminine: «τρεις ώρες».
fn counts_feminine(word: &str) -> bool {
    const STEMS: [&str; 7] = ["ώρα", "ώρες", "ημέρ", "υποθέσ", "υπόθεσ", "φορ", "επιλογ"];
    STEMS.iter().any(|stem| word.starts_with(stem))
}
