//! The sentences of sheets and findings: Greek and English, from `text/`.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue};

fluent_templates::static_loader! {
    static TEXT = {
        locales: "../text",
        fallback_language: "el",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static EL: LazyLock<LanguageIdentifier> = LazyLock::new(|| "el".parse().unwrap_or_default());
static EN: LazyLock<LanguageIdentifier> = LazyLock::new(|| "en".parse().unwrap_or_default());

/// In which language something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetLanguage {
    /// Greek, which comes first.
    Greek,
    /// English, which stands behind it.
    English,
}

impl SheetLanguage {
    /// The language as pages declare it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Greek => "el",
            Self::English => "en",
        }
    }

    /// A sentence.
    pub fn say(self, id: &str) -> String {
        TEXT.lookup(self.identifier(), id)
    }

    /// A sentence with its places filled.
    pub fn say_with(self, id: &str, places: &[(&'static str, String)]) -> String {
        let places: HashMap<Cow<'static, str>, FluentValue<'static>> =
            places.iter().map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value.clone()))).collect();
        TEXT.lookup_with_args(self.identifier(), id, &places)
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Self::Greek => &EL,
            Self::English => &EN,
        }
    }
}
