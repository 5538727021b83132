//! The voice of one page, mail or answer: its language, and how it says things.

use wire::{Language, Words};

use crate::sentence::{Value, say, say_with, try_say};

/// The voice of one page, mail or answer: its language, and how it says things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice(pub Language);

impl Voice {
    /// The sentence with this id. An unknown id is shown as such; a test holds every template against the texts.
    #[must_use]
    pub fn say(self, id: &str) -> String {
        say(self.0, id)
    }

    /// The sentence with one value in it.
    pub fn with(self, id: &str, name: &'static str, value: impl Into<Value>) -> String {
        self.say_with(id, [(name, value.into())])
    }

    /// The sentence with one text in it, by reference, as templates have it.
    #[must_use]
    pub fn text(self, id: &str, name: &'static str, value: &str) -> String {
        self.with(id, name, value.to_owned())
    }

    /// The sentence with one count in it, which decides its plural.
    #[must_use]
    pub fn count(self, id: &str, count: impl Into<u64>) -> String {
        self.with(id, "n", count.into())
    }

    /// The sentence with several values in it.
    pub fn say_with<const N: usize>(self, id: &str, values: [(&'static str, Value); N]) -> String {
        say_with(self.0, id, &values)
    }

    /// The sentence with one value in it, if there is such a sentence.
    #[must_use]
    pub fn try_with(self, id: &str, name: &'static str, value: &str) -> Option<String> {
        try_say(self.0, id, &[(name, value.into())])
    }

    /// What the office wrote, in this language.
    #[must_use]
    pub fn of_text(self, text: &Words) -> String {
        text.in_language(self.0).to_owned()
    }

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }
}

impl From<Language> for Voice {
    fn from(language: Language) -> Self {
        Self(language)
    }
}

/// One sentence in both languages, for messages that every reader shares.
pub fn both(say: impl Fn(Voice) -> String) -> Words {
    Words { el: say(Voice(Language::El)), en: say(Voice(Language::En)) }
}
