//! What desks are called.

use office::OfficeConfig;

use crate::Voice;

/// «Θυρίδα 3»
#[must_use]
pub fn desk_name(config: &OfficeConfig, desk: u16, voice: Voice) -> String {
    let word = voice.of_text(&config.desk_word);
    voice.say_with("desk-name", [("word", word.into()), ("number", desk.into())])
}
