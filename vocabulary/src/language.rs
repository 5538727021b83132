//! In which language somebody is spoken to.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// A language, by its two small letters of ISO 639-1. Greek is the default everywhere.
///
/// Any code is a language here: a hub may be given more than the devices speak, by adding files. What nobody has put into
/// a language is said in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

/// Every code there can be, one after the other, so that a code's letters live as long as the program.
static CODES: [u8; 2 * 26 * 26] = {
    let mut codes = [0; 2 * 26 * 26];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = b'a' + (at / 52) as u8;
        codes[at + 1] = b'a' + (at / 2 % 26) as u8;
        at += 2;
    }
    codes
};

#[expect(non_upper_case_globals, reason = "they read as the two variants that they stand for")]
impl Language {
    /// Greek, the house's first language.
    pub const El: Self = Self(*b"el");
    /// English, the house's second language.
    pub const En: Self = Self(*b"en");

    /// The languages that every part of Seira speaks, in the order in which a switch shows them.
    pub const ALL: [Self; 2] = [Self::El, Self::En];

    /// The language of a code, e.g. `el`; `None` unless it is two small letters.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let code: [u8; 2] = tag.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_lowercase).then_some(Self(code))
    }

    /// The BCP 47 tag, as in `<html lang>`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        let at = 52 * usize::from(self.0[0] - b'a') + 2 * usize::from(self.0[1] - b'a');
        // Every byte there is an ASCII letter.
        std::str::from_utf8(&CODES[at..at + 2]).unwrap_or_default()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::El
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(LanguageVisitor)
    }
}

/// Reads a code where it stands: there is one in every event about a person.
struct LanguageVisitor;

impl Visitor<'_> for LanguageVisitor {
    type Value = Language;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a language as two small letters, e.g. el")
    }

    fn visit_str<E: de::Error>(self, code: &str) -> Result<Language, E> {
        Language::of_tag(code).ok_or_else(|| E::invalid_value(de::Unexpected::Str(code), &self))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Language {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[a-z]{2}$"))
            .examples(["el", "en"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Language {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_two_small_letters() {
        for tag in ["aa", "el", "en", "de", "sq", "zz"] {
            let language = Language::of_tag(tag).unwrap();
            assert_eq!(language.tag(), tag);
            assert_eq!(serde_json::to_string(&language).unwrap(), format!("\"{tag}\""));
            assert_eq!(serde_json::from_str::<Language>(&format!("\"{tag}\"")).unwrap(), language);
        }
        for wrong in ["", "e", "EL", "ell", "e1", "ελ", "e/"] {
            assert_eq!(Language::of_tag(wrong), None, "{wrong}");
            assert!(serde_json::from_str::<Language>(&format!("\"{wrong}\"")).is_err(), "{wrong}");
        }
    }
}
