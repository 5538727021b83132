//! What can be asked of a request.

use chrono::{DateTime, Utc};
use office::{Channel, ServiceId};
use serde::{Deserialize, Serialize};

use super::{CloseReason, ResultWay};
use crate::{
    AccountId, Asker, BodyConfig, CaseId, CategoryId, Doer, IdentityPaper, OfficeId, OfficeMoment, OutsideNumber,
    ProtocolSeries, UnitId, WordsId,
};

/// What is asked. Whatever somebody writes is named by a [`WordsId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseCommand {
    /// The applicant submits it.
    Submit {
        /// Its number in the hub, the next that is free.
        case: CaseId,
        /// What is asked for.
        category: CategoryId,
        /// How the result is wanted; as is usual for their level, if they say nothing.
        way: Option<ResultWay>,
        /// What was filled in.
        words: WordsId,
    },
    /// The other protocol system gave the official number.
    Number {
        /// What the other protocol system calls it.
        official: OutsideNumber,
    },
    /// A case worker takes it, which nobody has.
    Take,
    /// A supervisor gives it to somebody.
    Assign {
        /// The case worker who has it from then on.
        to: AccountId,
    },
    /// A case worker takes it from another.
    TakeOver {
        /// Who has it, as the page said.
        from: AccountId,
    },
    /// It is another unit's.
    HandToUnit {
        /// The unit that works on it from then on.
        unit: UnitId,
    },
    /// It is another body's: "not ours".
    Forward {
        /// To whom, in words.
        to: WordsId,
    },
    /// The applicant is asked something; the clock stops.
    Ask {
        /// What they are asked.
        question: WordsId,
    },
    /// The applicant answers; the clock goes on.
    Answer {
        /// What they answer.
        answer: WordsId,
    },
    /// The applicant adds something, asked or not.
    Add {
        /// What they add.
        addition: WordsId,
    },
    /// A case worker says yes to what was asked.
    Accept {
        /// What the applicant is told.
        words: Option<WordsId>,
    },
    /// It is refused.
    Refuse {
        /// Why, as the applicant is told.
        reason: WordsId,
    },
    /// What was asked is done, and there is nothing to take along.
    Finish {
        /// What the applicant is told.
        words: Option<WordsId>,
    },
    /// The result is there.
    MakeReady,
    /// The applicant wants the result in another way.
    ChooseWay {
        /// The way that the applicant wants instead.
        way: ResultWay,
    },
    /// The result is handed out against identity (PLA-03).
    HandOut {
        /// What was shown.
        paper: IdentityPaper,
        /// What it follows in the office's journal, if it was a visit.
        cause: Option<OfficeMoment>,
    },
    /// The result is given to the post (PET-06).
    Post {
        /// Its tracking number, beside the journal.
        tracking: WordsId,
    },
    /// The applicant downloads the result: once, or as often as they like.
    Download,
    /// It is closed without a result.
    Close {
        /// Why there is none.
        because: CloseReason,
        /// What the applicant is told; needed where the reason is another.
        words: Option<WordsId>,
    },
    /// The applicant does not want it any more.
    Withdraw,
    /// The applicant is not content with how it ended.
    Reopen {
        /// Why they want it so.
        reason: WordsId,
    },
    /// The applicant joins the account to another of theirs.
    JoinApplicant {
        /// The account that stays.
        to: AccountId,
    },
    /// Staff note something for themselves.
    Note {
        /// What they note.
        note: WordsId,
    },
    /// A case worker proposes an appointment.
    ProposeVisit {
        /// At which office.
        office: OfficeId,
        /// The service for which the appointment would be booked.
        service: ServiceId,
        /// In which way.
        channel: Channel,
    },
}

/// What is known beside a request when a command is decided.
#[derive(Debug, Clone, Copy)]
pub struct CaseContext<'a> {
    /// Who does it: somebody with an account, or the hub itself.
    pub by: Doer,
    /// The moment of the decision, by the hub's clock.
    pub now: DateTime<Utc>,
    /// The body's configuration as it is now: its calendar, categories and units.
    pub config: &'a BodyConfig,
    /// The series of the body's own numbers: official ones, or provisional ones where another system gives those.
    pub series: &'a ProtocolSeries,
    /// The applicant, as they stand now.
    pub applicant: Asker,
    /// Whether level B is open for the category.
    pub b_open: bool,
    /// Whether the result lies there as a file.
    pub has_file: bool,
}
