//! The privacy notice: its text, and the version by which it is known what somebody agreed to (OMB-10, OMB-12, OMB-18).

use office::OfficeConfig;
use sha2::{Digest, Sha256};

use crate::text::Voice;

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
    /// What an office says now.
    pub fn of(config: &OfficeConfig, voice: Voice) -> Self {
        let online = &config.rules.online;
        let paragraphs = vec![
            voice.with("privacy-what", "office", voice.of_text(&config.name)),
            voice.count("privacy-how-long", online.personal_data_days),
            voice.with("privacy-rights", "email", config.contact_email.clone()),
            voice.say("privacy-complaint"),
        ];
        let hash = Sha256::digest(paragraphs.join("\n").as_bytes());
        let version = hash[..VERSION_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { paragraphs, version }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}
