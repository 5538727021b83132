//! Names and sentences that the office wrote, in both languages.

use serde::{Deserialize, Serialize};

/// A language of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Ελληνικά
    #[default]
    El,
    /// English
    En,
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

    /// The wording in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::El => &self.el,
            Language::En => &self.en,
        }
    }
}
