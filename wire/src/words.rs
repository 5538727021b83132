//! Text in the office's two languages.

use serde::{Deserialize, Serialize};

/// A language in which Seira speaks. Greek is the default everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Ελληνικά
    #[default]
    El,
    /// English
    En,
}

impl Language {
    /// Every language, in the order in which a switch shows them.
    pub const ALL: [Self; 2] = [Self::El, Self::En];

    /// The BCP 47 tag, as in `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::El => "el",
            Self::En => "en",
        }
    }
}

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

    /// The wording in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::El => &self.el,
            Language::En => &self.en,
        }
    }
}
