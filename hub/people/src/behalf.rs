//! For whom somebody books: themselves, another, or a legal person.

use serde::{Deserialize, Serialize};

/// For whom somebody books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behalf {
    /// For themselves.
    #[default]
    Oneself,
    /// For somebody else.
    Other,
    /// For a legal person (OMB-01).
    Company,
}

impl Behalf {
    /// As forms say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oneself => "oneself",
            Self::Other => "other",
            Self::Company => "company",
        }
    }

    /// As a form said it; for oneself, if it says nothing of that.
    pub fn of_name(name: &str) -> Self {
        [Self::Other, Self::Company].into_iter().find(|behalf| behalf.name() == name).unwrap_or_default()
    }
}
