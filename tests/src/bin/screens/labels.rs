//! What stands on the screens, from the same text files, so that a changed word is found all the same.

use anyhow::{Context, Result};

/// The sentences of one language.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// `el` or `en`.
    pub tag: &'static str,
    files: [&'static str; 3],
}

/// Greek first.
pub const LANGUAGES: [Labels; 2] = [
    Labels {
        tag: "el",
        files: [
            include_str!("../../../../text/el/kiosk.ftl"),
            include_str!("../../../../text/el/display.ftl"),
            include_str!("../../../../text/el/panel.ftl"),
        ],
    },
    Labels {
        tag: "en",
        files: [
            include_str!("../../../../text/en/kiosk.ftl"),
            include_str!("../../../../text/en/display.ftl"),
            include_str!("../../../../text/en/panel.ftl"),
        ],
    },
];

impl Labels {
    /// Whether this is the language that every device speaks first.
    pub fn is_first(&self) -> bool {
        self.tag == "el"
    }

    /// What the office itself has written.
    pub fn own<'a>(&self, words: &'a wire::Words) -> &'a str {
        if self.is_first() { &words.el } else { &words.en }
    }

    /// The sentence of this id.
    ///
    /// # Errors
    /// When the text files have none.
    pub fn say(&self, id: &str) -> Result<&'static str> {
        let lines = self.files.iter().flat_map(|file| file.lines());
        let mut values = lines.filter_map(|line| line.split_once(" = ")).filter(|(name, _)| *name == id);
        values.next().map(|(_, value)| value).with_context(|| format!("no text says {id}"))
    }

    /// The first words of the sentence, up to the first place that is filled at run time: enough to find it by.
    ///
    /// # Errors
    /// When the text files have none.
    pub fn start_of(&self, id: &str) -> Result<String> {
        const ENOUGH_WORDS: usize = 4;
        let whole = self.say(id)?;
        let known = whole.split_once('{').map_or(whole, |(known, _)| known);
        Ok(known.split_whitespace().take(ENOUGH_WORDS).collect::<Vec<_>>().join(" "))
    }
}
