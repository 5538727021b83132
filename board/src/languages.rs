//! In which languages the board speaks: short words stand side by side, sentences take turns.

use std::time::Duration;

use wire::{Language, Words};

/// A sentence stands in one language for so long.
const SENTENCE_TURN: Duration = Duration::from_secs(8);

/// Between the same short word in two languages.
const BETWEEN: &str = " · ";

/// One language, or two of which the first comes first everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardLanguages {
    first: Language,
    second: Option<Language>,
}

impl BoardLanguages {
    /// This language alone.
    #[must_use]
    pub const fn only(language: Language) -> Self {
        Self { first: language, second: None }
    }

    /// Both languages of the house, this one first.
    #[must_use]
    pub fn both(first: Language) -> Self {
        let second = if first == Language::El { Language::En } else { Language::El };
        Self { first, second: Some(second) }
    }

    /// The language that sentences have after the board has been on for so long.
    #[must_use]
    pub fn of_sentences(self, on_for: Duration) -> Language {
        let turn = on_for.as_secs() / SENTENCE_TURN.as_secs();
        match self.second {
            Some(second) if turn % 2 == 1 => second,
            Some(_) | None => self.first,
        }
    }

    /// The languages in which a call is spoken, in their order.
    pub fn spoken(self) -> impl Iterator<Item = Language> {
        [Some(self.first), self.second].into_iter().flatten()
    }

    /// When sentences change their language next, counted from when the board came on.
    #[must_use]
    pub fn next_turn(self, on_for: Duration) -> Option<Duration> {
        let turn = on_for.as_secs() / SENTENCE_TURN.as_secs() + 1;
        self.second.map(|_| Duration::from_secs(turn * SENTENCE_TURN.as_secs()))
    }

    /// What the office says, in that of its languages in which it is longer.
    #[must_use]
    pub fn longest(self, words: &Words) -> &str {
        let first = words.in_language(self.first);
        let second = self.second.map(|second| words.in_language(second)).unwrap_or_default();
        if second.chars().count() > first.chars().count() { second } else { first }
    }

    /// A short word in all its languages, e.g. `Θυρίδα · Desk`; once where they say the same.
    #[must_use]
    pub fn side_by_side(self, word: impl Fn(Language) -> String) -> String {
        let first = word(self.first);
        match self.second.map(word) {
            Some(second) if second != first => first + BETWEEN + &second,
            Some(_) | None => first,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_take_turns_and_short_words_stand_side_by_side() {
        let both = BoardLanguages::both(Language::El);
        let said = |seconds| both.of_sentences(Duration::from_secs(seconds));
        assert_eq!([0, 7, 8, 15, 16].map(said), [Language::El, Language::El, Language::En, Language::En, Language::El]);
        assert_eq!(both.next_turn(Duration::from_secs(7)), Some(Duration::from_secs(8)));
        assert_eq!(both.next_turn(Duration::from_secs(8)), Some(Duration::from_secs(16)));
        let desk = |language| if language == Language::El { "Θυρίδα".to_owned() } else { "Desk".to_owned() };
        assert_eq!(both.side_by_side(desk), "Θυρίδα · Desk");
        assert_eq!(both.side_by_side(|_| "ΚΕΠ".to_owned()), "ΚΕΠ");
        let greek = BoardLanguages::only(Language::El);
        assert_eq!((greek.side_by_side(desk).as_str(), greek.next_turn(Duration::ZERO)), ("Θυρίδα", None));
        assert_eq!(greek.of_sentences(Duration::from_secs(9)), Language::El);
    }
}
