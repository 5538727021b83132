//! The words of a call, as a room hears it: «Αριθμός άλφα, σαράντα δύο. Θυρίδα τρία.»

use vocabulary::Language;

use crate::{
    code::{in_letters, ticket_number},
    numbers::{Gender, number},
};

/// What is called, and where to.
#[derive(Debug, Clone, Copy)]
pub struct CallWords<'a> {
    /// The ticket's number, e.g. `A042`.
    pub number: &'a str,
    /// What the office calls a desk, in the language in which it is called.
    pub desk_word: &'a str,
    /// The desk's number; a label, and so neuter.
    pub desk: u16,
    /// Whether it was called before.
    pub again: bool,
}

/// The call as it is said.
#[must_use]
pub fn call(language: Language, words: &CallWords<'_>) -> String {
    let called = ticket_number(language, words.number).unwrap_or_else(|| in_letters(language, words.number));
    let places = [
        ("number", called.into()),
        ("desk", words.desk_word.to_owned().into()),
        ("at", number(language, words.desk, Gender::Neuter).into()),
    ];
    phrases::say_with(language, if words.again { "voice-call-again" } else { "voice-call" }, &places)
}
