//! What a button of the kiosk means.

use wire::{Language, LateChoice};

use crate::question::Question;

/// What a button means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Show another language.
    Language(Language),
    /// I have an appointment.
    HaveBooking,
    /// I have none.
    NoBooking,
    /// To the first screen.
    Home,
    /// One step back.
    Back,
    /// A key of the code.
    Key(char),
    /// Take the last key back.
    Erase,
    /// The code is whole.
    EnterCode,
    /// Another page of the list.
    Page(usize),
    /// A service, by its key.
    Service(String),
    /// I want a number for it.
    TakeNumber,
    /// I could not book (TRN-15).
    CouldNotBook,
    /// What I say to a question: yes or no.
    Answer(Question, bool),
    /// What I choose after my time has passed.
    Late(LateChoice),
    /// Yes, cancel today's appointment.
    GiveUp,
    /// Ask the hub again.
    TryAgain,
    /// I have noted my number, or taken my ticket.
    Noted,
    /// I am still here.
    StillHere,
}
