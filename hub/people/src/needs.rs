//! What somebody may need who comes (FLD-34): one table for the forms and for what is read again.

use office::Needs;
use text::Voice;

/// One thing that somebody may need.
#[derive(Debug, Clone, Copy)]
pub struct NeedRow {
    /// Its name in forms; its label is the sentence with `-label` behind it.
    pub input: &'static str,
    /// Whether it is needed.
    pub is: fn(&Needs) -> bool,
    pub(crate) set: fn(&mut Needs),
}

/// Everything that somebody may need.
pub const NEEDS: [NeedRow; 4] = [
    NeedRow { input: "need-sign-language", is: |needs| needs.sign_language, set: |needs| needs.sign_language = true },
    NeedRow {
        input: "need-other-language",
        is: |needs| needs.other_language,
        set: |needs| needs.other_language = true,
    },
    NeedRow { input: "need-escort", is: |needs| needs.escort, set: |needs| needs.escort = true },
    NeedRow { input: "need-more-time", is: |needs| needs.more_time, set: |needs| needs.more_time = true },
];

impl NeedRow {
    /// How people are asked for it, and how they read it again.
    pub fn said(&self, voice: Voice) -> String {
        voice.say(&format!("{}-label", self.input))
    }
}

/// What somebody needs, as they read it again; none if nothing.
pub fn needs_line(needs: &Needs, voice: Voice) -> Option<(String, String)> {
    let said: Vec<String> = NEEDS.iter().filter(|need| (need.is)(needs)).map(|need| need.said(voice)).collect();
    (!said.is_empty()).then(|| (voice.say("fact-needs"), said.join(" · ")))
}
