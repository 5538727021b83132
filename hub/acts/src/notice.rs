//! The privacy notice: its text, and the version by which it is known what somebody agreed to (OMB-10, OMB-12, OMB-18).

use office::OfficeConfig;
use sha2::{Digest, Sha256};

use text::{OfficeVoice, shipped};

/// Letters of a version: enough that no two texts share one.
const VERSION_BYTES: usize = 6;

/// The notice of one office, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its paragraphs.
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
        let hash = Sha256::digest(paragraphs.join("\n").as_bytes());
        let version = hash[..VERSION_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { paragraphs, version }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// An empty line begins a paragraph.
fn blocks(said: &str) -> Vec<String> {
    said.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_begins_a_paragraph() {
        assert_eq!(blocks("ένα\n\n\nδύο\nτρία\n\n"), ["ένα", "δύο\nτρία"]);
    }
}
