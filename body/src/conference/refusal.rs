//! Why nothing follows for a conference. No text: pages make the words, in Greek and English.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceRefusal {
    /// There is none.
    #[error("there is no such conference")]
    UnknownConference,
    /// There is nobody of this number, or not any more.
    #[error("there is no such participant")]
    UnknownParticipant,
    /// They may plan none for this unit, or for the organisation.
    #[error("they plan no conferences for it")]
    NotAllowed,
    /// It is another's.
    #[error("it is another coordinator's")]
    NotYours,
    /// It was cancelled.
    #[error("it was cancelled")]
    Cancelled,
    /// Time has passed it, or somebody ended it.
    #[error("it is over")]
    Over,
    /// It takes less than a quarter of an hour.
    #[error("it is too short")]
    TooShort,
    /// It takes longer than a day, or ends before it begins.
    #[error("it is too long")]
    TooLong,
    /// It would have begun long ago.
    #[error("it would have begun already")]
    InPast,
    /// It is further ahead than anybody plans.
    #[error("it is too far ahead")]
    TooFar,
    /// It has begun: when it did, nobody changes.
    #[error("it has begun")]
    Begun,
    /// More people than one conference takes, or none.
    #[error("from 2 to {most} people take part")]
    BadPlaces {
        /// At most.
        most: u16,
    },
    /// A room of the body's own holds fewer, and no address elsewhere was named.
    #[error("a room of the body's own holds {most} people")]
    RoomTooSmall {
        /// So many fit in.
        most: u16,
    },
    /// More are invited than there are places.
    #[error("there are {places} places")]
    NoPlaceLeft {
        /// So many are there.
        places: u16,
    },
    /// Nobody confers then.
    #[error("nobody confers from {from} to {to}")]
    Maintenance {
        /// From then, by the body's clock.
        from: NaiveDateTime,
        /// Until then.
        to: NaiveDateTime,
    },
    /// As many conferences as can be are held then.
    #[error("as many conferences as can be are held at {at}")]
    RoomsFull {
        /// The first moment at which there is none left.
        at: DateTime<Utc>,
    },
    /// As many people as can be take part then.
    #[error("{left} places are left at {at}")]
    PlacesFull {
        /// The first moment at which there are too few.
        at: DateTime<Utc>,
        /// So many are left there.
        left: u32,
    },
    /// It has not begun.
    #[error("it has not begun")]
    NotYet,
    /// Nobody goes in any more who has not been in.
    #[error("it is locked")]
    Locked,
    /// It has taken as many steps as can be.
    #[error("it has taken too many steps")]
    TooManySteps,
}
