//! Why nothing follows for a meeting. No text: pages make the words, in Greek and English.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingRefusal {
    /// The conference is another coordinator's.
    #[error("it is another coordinator's")]
    NotYours,
    /// Somebody's link is not the secretary's.
    #[error("the secretary keeps the minutes")]
    NotSecretary,
    /// No meeting was set up at it.
    #[error("there is no meeting")]
    NoMeeting,
    /// The conference was cancelled.
    #[error("it was cancelled")]
    Cancelled,
    /// Somebody is named who is not invited to the conference, or not any more.
    #[error("somebody is not invited")]
    UnknownMember,
    /// There is no chair, or more than one.
    #[error("one member is the chair")]
    OneChair,
    /// There is no secretary, or more than one.
    #[error("one member is the secretary")]
    OneSecretary,
    /// Fewer regular members with a vote than a collective body has.
    #[error("at least {least} regular members have a vote")]
    TooFewVoting {
        /// At least so many.
        least: u8,
    },
    /// Somebody stands in for nobody, for themselves, for a substitute or for who has no vote.
    #[error("a substitute stands in for a regular member with a vote")]
    BadSubstitute,
    /// No item, or more than an agenda has.
    #[error("from 1 to {most} items")]
    BadAgenda {
        /// At most so many.
        most: u8,
    },
    /// A notice period that no body has.
    #[error("at most {most} hours")]
    BadNotice {
        /// At most so many.
        most: u16,
    },
    /// It is too late to invite for this time.
    #[error("members had to be invited by {latest}")]
    TooLate {
        /// Until then it would have been in time.
        latest: DateTime<Utc>,
    },
    /// The members were invited: who they are and what stands on the agenda changes no more.
    #[error("they were invited")]
    Called,
    /// They were not invited.
    #[error("they were not invited")]
    NotCalled,
    /// It has not begun.
    #[error("it has not begun")]
    NotYet,
    /// There are fewer present than can decide.
    #[error("{needed} must be present, and {present} are")]
    NoQuorum {
        /// So many would have to be there.
        needed: u16,
        /// So many are.
        present: u16,
    },
    /// There is no such item.
    #[error("there is no such item")]
    UnknownItem,
    /// Somebody voted who is absent, or has no vote.
    #[error("somebody voted who cannot")]
    CannotVote,
    /// More votes than there are people who can vote.
    #[error("{most} can vote")]
    TooManyVotes {
        /// So many can.
        most: u16,
    },
    /// There are no minutes, or others by now.
    #[error("these are not the minutes")]
    OtherMinutes,
    /// Their text is not the one that was made: nobody signs it.
    #[error("the text is not the one that was made")]
    MinutesChanged,
    /// The minutes are read and signed by links no more.
    #[error("the links have ended")]
    LinksEnded,
    /// Only the chair and the secretary sign.
    #[error("they do not sign")]
    NotSigner,
    /// Both have signed: nothing changes any more.
    #[error("the minutes are signed")]
    Signed,
    /// It has taken as many steps as can be.
    #[error("it has taken too many steps")]
    TooManySteps,
}
