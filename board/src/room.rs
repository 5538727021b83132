//! How much has room on a board.

use wire::Words;

/// How much has room.
#[derive(Debug, Clone, Copy)]
pub struct BoardRoom {
    /// Rows of earlier calls.
    pub calls: usize,
    /// Rows of those who are called soon.
    pub soon: usize,
    /// Characters of a notice on one line, which takes the room of a row.
    pub notice_characters: usize,
    /// Whether the two lists stand one below the other, and so give room together.
    pub stacked: bool,
}

impl BoardRoom {
    /// What is left beside these notices, each in the language in which it is longer.
    pub(crate) fn beside<'a>(self, notices: impl Iterator<Item = &'a Words>) -> Self {
        let characters = |notice: &Words| notice.el.chars().count().max(notice.en.chars().count());
        let lines = |notice: &Words| characters(notice).div_ceil(self.notice_characters.max(1));
        let taken: usize = notices.map(lines).sum();
        let (calls, soon) = if self.stacked { (taken.div_ceil(2), taken / 2) } else { (taken, taken) };
        let left = |rows: usize, taken: usize| rows.saturating_sub(taken);
        Self { calls: left(self.calls, calls), soon: left(self.soon, soon), ..self }
    }
}
