//! What the kiosk asks whoever wants a number, in its order: a story says no to each.

/// A question at the kiosk.
#[derive(Debug, Clone, Copy)]
pub struct KioskQuestion {
    /// The name of its picture.
    pub picture: &'static str,
    /// The sentence that asks.
    pub sentence: &'static str,
    /// The sentence on the button that says no.
    pub no: &'static str,
    /// The same in Greek words.
    pub no_in_greek: &'static str,
}

/// Every question. Two that follow one another say no in different words, so that no press meets the screen before.
pub const QUESTIONS: &[KioskQuestion] = &[KioskQuestion {
    picture: "priority",
    sentence: "kiosk-priority",
    no: "kiosk-priority-no",
    no_in_greek: "Όχι, ευχαριστώ",
}];
