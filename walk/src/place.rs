//! What somebody with a number is told about their place: on the screen and on the paper the same.

use chrono::{DateTime, Utc};
use wire::{MinuteRange, Standing, TicketAnswer};

/// What is told about a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceInLine {
    /// The call comes at about the promised time, however few wait before it.
    AtAbout(DateTime<Utc>),
    /// The call comes after the last appointment, and nobody can say yet when that is.
    AfterAll,
    /// Nobody can say: the kiosk gave the number by itself.
    Unknown,
    /// Somewhere in the line.
    InLine {
        /// Visits that will probably be called before.
        ahead: u32,
        /// How long the wait will probably be.
        wait: Option<MinuteRange>,
    },
}

impl PlaceInLine {
    /// The place of whoever got this answer, and came so.
    #[must_use]
    pub fn of(ticket: &TicketAnswer, standing: Option<Standing>) -> Self {
        let in_line = if ticket.local {
            Self::Unknown
        } else {
            Self::InLine { ahead: ticket.people_ahead, wait: ticket.expected_wait }
        };
        match standing {
            Some(Standing::Early) => ticket.booked_for.map_or(in_line, Self::AtAbout),
            Some(Standing::LateEndOfDay) if ticket.expected_wait.is_none() => Self::AfterAll,
            Some(Standing::LateEndOfDay | Standing::LateInGaps | Standing::InTime) | None => in_line,
        }
    }
}

/// The promised time, where it is still ahead or has just come: one that was missed promises nothing any more.
#[must_use]
pub fn promised(ticket: &TicketAnswer, standing: Option<Standing>) -> Option<DateTime<Utc>> {
    let missed = matches!(standing, Some(Standing::LateEndOfDay | Standing::LateInGaps));
    ticket.booked_for.filter(|_| !missed)
}
