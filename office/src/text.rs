//! Names and sentences that the office wrote, in both languages.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// A language in which somebody is spoken to, by its two small letters of ISO 639-1. The rules do nothing with it but keep
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

#[expect(non_upper_case_globals, reason = "they read as the two variants that they stand for")]
impl Language {
    /// Ελληνικά
    pub const El: Self = Self(*b"el");
    /// English
    pub const En: Self = Self(*b"en");

    /// The language of a code, e.g. `el`; `None` unless it is two small letters.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_lowercase).then_some(Self(code))
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        // Two ASCII letters, as it was made.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::El
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Code)
    }
}

/// Reads a code where it stands: there is one in every event about a person.
struct Code;

impl Visitor<'_> for Code {
    type Value = Language;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a language as two small letters, e.g. el")
    }

    fn visit_str<E: de::Error>(self, code: &str) -> Result<Language, E> {
        Language::of_code(code).ok_or_else(|| E::invalid_value(de::Unexpected::Str(code), &self))
    }
}

/// A wording in Greek and in English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// In Greek.
    pub el: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// Both wordings at once.
    pub fn new(el: impl Into<String>, en: impl Into<String>) -> Self {
        Self { el: el.into(), en: en.into() }
    }

    /// The wording in one language; in English for all but Greek.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        if language == Language::El { &self.el } else { &self.en }
    }
}
