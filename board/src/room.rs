//! How much has room on a board, and what of the lists fits into it.

use chrono_tz::Tz;
use wire::{Language, RepeatedHour, Upcoming, Words};

/// How much has room.
#[derive(Debug, Clone, Copy)]
pub struct BoardRoom {
    /// Rows of earlier calls.
    pub calls: usize,
    /// Rows of next numbers.
    pub upcoming: usize,
    /// Columns of next numbers; one with its promised time takes two of them.
    pub columns: usize,
    /// Characters of a notice on one line, which takes the room of a row.
    pub notice_characters: usize,
    /// The language that notices are read in.
    pub language: Language,
    /// Whether the two lists stand one below the other, and so give room together.
    pub stacked: bool,
}

/// So many columns of next numbers are taken by one with its promised time.
const COLUMNS_WITH_TIME: usize = 2;

impl BoardRoom {
    /// What is left beside these notices.
    pub(crate) fn beside(self, notices: &[Words]) -> Self {
        let characters = |notice: &Words| notice.in_language(self.language).chars().count();
        let lines = |notice: &Words| characters(notice).div_ceil(self.notice_characters.max(1));
        let taken: usize = notices.iter().map(lines).sum();
        let (calls, upcoming) = if self.stacked { (taken.div_ceil(2), taken / 2) } else { (taken, taken) };
        let left = |rows: usize, taken: usize| rows.saturating_sub(taken).max(1);
        Self { calls: left(self.calls, calls), upcoming: left(self.upcoming, upcoming), ..self }
    }

    /// How many columns one of the next numbers takes: a time of the hour that comes twice is said with which of the two it
    /// is, and has a row for itself.
    pub(crate) fn columns_of(self, next: &Upcoming, zone: Tz) -> usize {
        match next.booked_for {
            None => 1,
            Some(at) if RepeatedHour::of(at, zone).is_some() => self.columns,
            Some(_) => COLUMNS_WITH_TIME.min(self.columns),
        }
    }

    /// The first of these that fit, row by row.
    pub(crate) fn fitting(self, upcoming: &[Upcoming], zone: Tz) -> &[Upcoming] {
        let (mut row, mut column) = (0, 0);
        let fits = |next: &&Upcoming| {
            let wanted = self.columns_of(next, zone);
            if column + wanted > self.columns {
                (row, column) = (row + 1, 0);
            }
            column += wanted;
            row < self.upcoming
        };
        &upcoming[..upcoming.iter().take_while(fits).count()]
    }
}
