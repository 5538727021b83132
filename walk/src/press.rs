//! What a button of the kiosk means.

use chrono::{DateTime, Utc};
use wire::{Language, LateChoice};

use crate::{
    comfort::Ease,
    question::Question,
    wishes::{PartyCount, PersonalNeed},
};

/// What a button means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Show another language.
    Language(Language),
    /// I have an appointment.
    HaveBooking,
    /// I have none.
    NoBooking,
    /// I do not know, or need help.
    NotSure,
    /// Let somebody come.
    Help,
    /// Nobody needs to come any more.
    NoHelp,
    /// Make the screen easier in this way, or no longer.
    Ease(Ease),
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
    /// We are more, or I have more cases (FLD-32).
    MoreOfUs,
    /// One more of these, or one less.
    Count(PartyCount, bool),
    /// I need this, or no longer (FLD-34).
    Need(PersonalNeed),
    /// What I said of myself is all.
    WishesDone,
    /// I want to say that I need help or priority service, having a number already.
    SayWishes,
    /// I ask for priority service, or no longer.
    Priority,
    /// Whether I may be called before my time.
    CallEarly(bool),
    /// I take this gap of today as a fixed time (TRN-06).
    FixTime(DateTime<Utc>),
    /// I want this time instead of the one that has passed.
    NewTime(DateTime<Utc>),
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
