//! Every sentence of the hub, in Greek and in English, out of the folder `text/`; and in languages that were added.

pub mod added;
mod bare;
mod dates;
mod edited;
mod problems;
mod reasons;
pub mod shipped;

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid};
use wire::{Language, Words};

pub use bare::bare;
pub use dates::Dates;
pub use edited::{Edits, OfficeVoice, SENTENCE_CHARACTERS_MAX, TextFault, check, placeholders, preview};
pub use problems::problem;
pub use reasons::{nobody, override_reason, reason};

fluent_templates::static_loader! {
    static SENTENCES = {
        locales: "../text",
        fallback_language: "el",
        // The invisible marks around a value would stand in mails and in what tests compare.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static GREEK: LanguageIdentifier = langid!("el");
static ENGLISH: LanguageIdentifier = langid!("en");

/// A value within a sentence.
pub type Value = FluentValue<'static>;

/// What is filled into a sentence.
pub type Arguments<'a> = [(&'static str, FluentValue<'a>)];

/// Every language that pages and mails can be had in: Greek, English, and those that were added.
pub fn languages() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().chain(added::languages())
}

/// The language of a tag, if we speak it.
pub fn spoken(tag: &str) -> Option<Language> {
    languages().find(|language| language.tag().eq_ignore_ascii_case(tag))
}

fn identifier(language: Language) -> &'static LanguageIdentifier {
    let shipped = if language == Language::El { &GREEK } else { &ENGLISH };
    added::identifier(language).unwrap_or(shipped)
}

/// A sentence without anything filled in.
#[must_use]
pub fn say(language: Language, id: &str) -> String {
    say_with(language, id, &[])
}

/// A sentence with what is filled in; an unknown id is shown as such.
#[must_use]
pub fn say_with(language: Language, id: &str, arguments: &Arguments<'_>) -> String {
    try_say(language, id, arguments).unwrap_or_else(|| id.to_owned())
}

/// A sentence, if there is one of this id.
#[must_use]
pub fn try_say(language: Language, id: &str, arguments: &Arguments<'_>) -> Option<String> {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> =
        arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    let own = || added::try_say(language, id, &arguments);
    let shipped = if language == Language::El { &GREEK } else { &ENGLISH };
    own().or_else(|| SENTENCES.try_lookup_with_args(shipped, id, &arguments))
}

/// A sentence in both languages.
#[must_use]
pub fn words(id: &str, arguments: &Arguments<'_>) -> Words {
    Words::new(say_with(Language::El, id, arguments), say_with(Language::En, id, arguments))
}

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
    pub fn of_text(self, words: &Words) -> String {
        words.in_language(self.0).to_owned()
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

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    fn ids(language: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../text").join(language);
        let mut ids = BTreeSet::new();
        for file in fs::read_dir(folder).unwrap() {
            for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
                if let Some((id, _)) = line.split_once(" =")
                    && line.starts_with(|c: char| c.is_ascii_lowercase())
                {
                    assert!(ids.insert(id.to_owned()), "{id} stands twice in text/{language}");
                }
            }
        }
        ids
    }

    #[test]
    fn both_languages_have_the_same_sentences() {
        let (greek, english) = (ids("el"), ids("en"));
        assert!(greek.len() > 200);
        assert_eq!(greek.symmetric_difference(&english).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn every_sentence_of_a_template_exists() {
        fn walk(folder: &Path, known: &BTreeSet<String>) -> usize {
            let mut found = 0;
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found += walk(&path, known);
                    continue;
                }
                let source = fs::read_to_string(&path).unwrap();
                for call in ["say(\"", "with(\"", "say_with(\"", "text(\"", "count(\""] {
                    for rest in source.split(call).skip(1) {
                        let id = rest.split('"').next().unwrap();
                        assert!(id.contains('$') || known.contains(id), "{id} in {}", path.display());
                        found += 1;
                    }
                }
            }
            found
        }
        let known = ids("el");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(walk(&root.join("templates"), &known) > 100);
    }

    #[test]
    fn plurals_follow_the_language() {
        assert_eq!(Voice(Language::El).count("visit-ahead", 1_u64), "Προηγείται 1 άτομο");
        assert_eq!(Voice(Language::El).count("visit-ahead", 4_u64), "Προηγούνται 4 άτομα");
        assert_eq!(Voice(Language::En).count("visit-ahead", 1_u64), "1 person ahead of you");
    }
}
