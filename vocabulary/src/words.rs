//! What the office wrote, in both of its languages.

use serde::{Deserialize, Serialize};

use crate::Language;

/// A name or sentence that the office wrote, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Words {
    /// In Greek.
    pub el: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// Both wordings at once.
    pub fn new(el: impl Into<String>, en: impl Into<String>) -> Self {
        Self { el: el.into(), en: en.into() }
    }

    /// Whether nothing was written, in either language.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// The wording in one language; in English for all but Greek.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        let (own, other) = if language == Language::El { (&self.el, &self.en) } else { (&self.en, &self.el) };
        if own.is_empty() { other } else { own }
    }
}
