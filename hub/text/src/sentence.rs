//! One sentence, in one language, out of the folder `text/` or of a language that was added.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid};
use wire::{Language, Words};

use crate::{added, shipped};

fluent_templates::static_loader! {
    static SENTENCES = {
        locales: "../../text",
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
pub type SentenceArguments<'a> = [(&'static str, FluentValue<'a>)];

/// Every language that pages and mails can be had in: Greek, English, and those that were added.
pub fn languages() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().chain(added::languages())
}

/// The language of a tag, if we speak it.
pub fn spoken(tag: &str) -> Option<Language> {
    languages().find(|language| language.tag().eq_ignore_ascii_case(tag))
}

/// As the sentences' library names a language.
pub fn identifier(language: Language) -> &'static LanguageIdentifier {
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
pub fn say_with(language: Language, id: &str, arguments: &SentenceArguments<'_>) -> String {
    try_say(language, id, arguments).unwrap_or_else(|| id.to_owned())
}

/// A sentence, if there is one of this id.
#[must_use]
pub fn try_say(language: Language, id: &str, arguments: &SentenceArguments<'_>) -> Option<String> {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> =
        arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    let own = || added::try_say(language, id, &arguments);
    let shipped = if language == Language::El { &GREEK } else { &ENGLISH };
    own().or_else(|| SENTENCES.try_lookup_with_args(shipped, id, &arguments))
}

/// A sentence in both languages.
#[must_use]
pub fn words(id: &str, arguments: &SentenceArguments<'_>) -> Words {
    Words::new(say_with(Language::El, id, arguments), say_with(Language::En, id, arguments))
}

/// A sentence in Fluent's own writing: that of a language that was added, or as it was shipped.
#[must_use]
pub fn shipped_or_added(language: Language, id: &str) -> Option<&'static str> {
    added::sentence(language, id).or_else(|| shipped::sentence(language, id))
}
