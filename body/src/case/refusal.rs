//! Why nothing follows for a request. No text: pages make the words, in Greek and English.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::AccountId;

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseRefusal {
    /// No such request.
    #[error("no such request")]
    UnknownCase,
    /// Its number in the hub is taken: draw the next.
    #[error("the number is taken")]
    NumberTaken,
    /// No such category.
    #[error("no such category")]
    UnknownCategory,
    /// No such unit, or the one that has it already.
    #[error("no such unit")]
    UnknownUnit,
    /// The level or who vouches is not enough; `access::admit` says what is.
    #[error("not admitted")]
    NotAdmitted,
    /// Only the applicant can ask this.
    #[error("only the applicant can ask this")]
    NotYours,
    /// Only staff can ask this.
    #[error("only staff can ask this")]
    NotStaff,
    /// Nobody decides about a request of their own.
    #[error("nobody decides about their own request")]
    OwnRequest,
    /// It is over.
    #[error("closed")]
    AlreadyClosed,
    /// Nobody has it: take it first.
    #[error("nobody has it")]
    NotAssigned,
    /// Another has it.
    #[error("another has it")]
    AssignedTo {
        /// The case worker who has it.
        worker: AccountId,
    },
    /// The applicant was asked, and has not answered.
    #[error("the applicant was asked already")]
    AskedAlready,
    /// Nothing was asked.
    #[error("nothing was asked")]
    NothingAsked,
    /// The result is there already.
    #[error("ready already")]
    ReadyAlready,
    /// No result is there.
    #[error("not ready")]
    NotReady,
    /// It was accepted already.
    #[error("accepted already")]
    AcceptedAlready,
    /// What is asked for gives nothing to take along.
    #[error("there is no result of this kind")]
    NoSuchResult,
    /// The result is downloaded, and no file of it lies there.
    #[error("no file of the result is there")]
    NoFile,
    /// The result goes another way.
    #[error("the result goes another way")]
    OtherWay,
    /// The post brings only to an address that was certified (PET-06).
    #[error("the address is not certified")]
    AddressNotCertified,
    /// It has an official number, and that is another.
    #[error("numbered already")]
    NumberedAlready,
    /// The series has given all the numbers of its year: none is given twice.
    #[error("the numbers of the year are used up")]
    NumbersUsedUp,
    /// The body gives its numbers itself.
    #[error("numbers are the body's own")]
    OwnNumbers,
    /// A reason in words is needed.
    #[error("words are needed")]
    WordsNeeded,
    /// Only what was closed is opened again.
    #[error("not closed")]
    NotClosed,
    /// It cannot be reopened: it was once, or ended as it cannot.
    #[error("cannot be reopened")]
    NotReopenable,
    /// It could be reopened until then.
    #[error("too late to reopen")]
    TooLateToReopen {
        /// The last day.
        until: NaiveDate,
    },
    /// It took more steps than any request does.
    #[error("too many steps")]
    TooManySteps,
}
