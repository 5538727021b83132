//! The privacy notice: its text, and the version by which it is known what somebody agreed to (OMB-10, OMB-12, OMB-18).

use office::OfficeConfig;
use sha2::{Digest, Sha256};

use text::{OfficeVoice, shipped};

/// Bytes of a version: so many that nobody finds two texts that share one, even who writes both. Versions of before have six,
/// and are looked up as they are.
const VERSION_BYTES: usize = 16;

/// The notice of one office, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What is said, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Follows from the text, so that no change of the text keeps it.
    pub version: String,
}

impl Notice {
    /// What an office says now, in its own words where it has some (FLD-21).
    pub fn of(config: &OfficeConfig, words: &OfficeVoice) -> Self {
        let said = shipped::NOTICE.map(|id| match id {
            "privacy-what" => words.with(id, "office", words.of_text(&config.name)),
            "privacy-how-long" => words.count(id, config.rules.online.personal_data_days),
            "privacy-rights" => words.with(id, "email", config.contact_email.clone()),
            _ => words.say(id),
        });
        let paragraphs: Vec<String> = said.iter().flat_map(|said| blocks(said)).collect();
        let version = version(&paragraphs);
        Self { paragraphs, version }
    }

    /// Whether this is what is kept under its version, if something is: nobody is said to have agreed to another text.
    pub fn may_be_kept_beside(&self, kept: Option<&str>) -> bool {
        kept.is_none_or(|kept| kept == self.text())
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// What a text is known by.
fn version(paragraphs: &[String]) -> String {
    let hash = Sha256::digest(paragraphs.join("\n").as_bytes());
    hash[..VERSION_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An empty line begins a paragraph.
fn blocks(said: &str) -> Vec<String> {
    said.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_11_a_version_is_long_enough_that_nobody_finds_two_texts_of_one() {
        let (one, other) = (version(&["ένα".to_owned()]), version(&["δύο".to_owned()]));
        assert_ne!(one, other);
        assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
    }

    #[test]
    fn new_11_what_somebody_agreed_to_is_the_text_that_is_kept() {
        let notice = Notice { paragraphs: vec!["ένα".to_owned(), "δύο".to_owned()], version: "v".to_owned() };
        assert!(notice.may_be_kept_beside(None) && notice.may_be_kept_beside(Some("ένα\n\nδύο")));
        assert!(!notice.may_be_kept_beside(Some("another text")));
    }

    #[test]
    fn an_empty_line_begins_a_paragraph() {
        assert_eq!(blocks("ένα\n\n\nδύο\nτρία\n\n"), ["ένα", "δύο\nτρία"]);
    }
}
