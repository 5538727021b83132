//! What happens to a request. Nothing personal is in here: accounts are numbers, words are ids.

use chrono::{DateTime, NaiveDate, Utc};
use office::{Channel, ServiceId};
use serde::{Deserialize, Serialize};

use super::{CaseEnd, ResultWay};
use crate::{
    AccountId, CaseId, CategoryId, Doer, IdentityPaper, OfficeId, OfficeMoment, OutsideNumber, OwnNumber, Term, UnitId,
    WordsId,
};

/// Something that happened to a request. Which it was, the journal says beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEvent {
    /// When; it never runs backwards for one request.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: CaseStep,
}

impl CaseEvent {
    /// The words that it names, of whichever kind: what is erased with a request is found by them.
    #[must_use]
    pub fn words(&self) -> Option<WordsId> {
        match &self.step {
            CaseStep::CaseSubmitted { words, .. }
            | CaseStep::QuestionAsked { question: words, .. }
            | CaseStep::QuestionAnswered { answer: words, .. }
            | CaseStep::CaseSupplemented { addition: words }
            | CaseStep::CaseRefused { reason: words }
            | CaseStep::CaseForwarded { to: words, .. }
            | CaseStep::NoteAdded { note: words }
            | CaseStep::ResultPosted { tracking: words, .. }
            | CaseStep::CaseReopened { reason: words, .. } => Some(*words),
            CaseStep::CaseAccepted { words } | CaseStep::CaseDone { words } => *words,
            CaseStep::CaseClosed { words, .. } => *words,
            CaseStep::ResultCollected { paper, .. } => Some(paper.last),
            CaseStep::CaseNumbered { .. }
            | CaseStep::CaseAssigned { .. }
            | CaseStep::CaseTakenOver { .. }
            | CaseStep::CaseHandedOver { .. }
            | CaseStep::ApplicantJoined { .. }
            | CaseStep::ResultReady { .. }
            | CaseStep::WayChosen { .. }
            | CaseStep::ResultDownloaded
            | CaseStep::VisitProposed { .. }
            | CaseStep::CaseWithdrawn => None,
        }
    }
}

const fn at_desk() -> Channel {
    Channel::InPerson
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_at_desk(channel: &Channel) -> bool {
    matches!(channel, Channel::InPerson)
}

/// What happened to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseStep {
    /// The applicant joined the account to another of theirs, whose it is now.
    ApplicantJoined {
        /// The account that the applicant keeps.
        to: AccountId,
    },
    /// It was submitted, and has a number.
    CaseSubmitted {
        /// Its number in the hub.
        case: CaseId,
        /// The account of the applicant.
        account: AccountId,
        /// Of what kind.
        category: CategoryId,
        /// Who works on it.
        unit: UnitId,
        /// The number on its receipt.
        number: OwnNumber,
        /// How its time is counted.
        term: Term,
        /// The last day.
        due: NaiveDate,
        /// Until then it is forwarded, if it is another's.
        forward_by: NaiveDate,
        /// How the result goes to the applicant.
        way: ResultWay,
        /// What was filled in.
        words: WordsId,
    },
    /// The other system gave it the official number.
    CaseNumbered {
        /// What the other protocol system calls it.
        official: OutsideNumber,
    },
    /// Somebody has it who did not: they took it, or it was given to them.
    CaseAssigned {
        /// The case worker who has it from then on.
        to: AccountId,
    },
    /// Somebody took it from another.
    CaseTakenOver {
        /// Who had it.
        from: AccountId,
        /// Who has it.
        to: AccountId,
    },
    /// It went to another unit, where nobody has it yet.
    CaseHandedOver {
        /// Which unit had it.
        from: UnitId,
        /// Which has it.
        to: UnitId,
    },
    /// It was forwarded to whom it belongs.
    CaseForwarded {
        /// To whom, in words.
        to: WordsId,
        /// Whether that was later than the law says.
        late: bool,
    },
    /// The applicant was asked something, and the clock stopped.
    QuestionAsked {
        /// What they were asked.
        question: WordsId,
        /// On that day.
        on: NaiveDate,
        /// So much of the time was left.
        left: u16,
    },
    /// They answered, and the clock went on.
    QuestionAnswered {
        /// What they answered.
        answer: WordsId,
        /// The last day now.
        due: NaiveDate,
    },
    /// They added something.
    CaseSupplemented {
        /// What they added.
        addition: WordsId,
    },
    /// It was accepted.
    CaseAccepted {
        /// What the applicant is told.
        words: Option<WordsId>,
    },
    /// It was refused.
    CaseRefused {
        /// Why, as the applicant is told.
        reason: WordsId,
    },
    /// What was asked was done.
    CaseDone {
        /// What the applicant is told.
        words: Option<WordsId>,
    },
    /// The result is there.
    ResultReady {
        /// How it goes to the applicant.
        way: ResultWay,
    },
    /// The applicant wants the result in another way.
    WayChosen {
        /// The way that the applicant wants instead.
        way: ResultWay,
    },
    /// The result was handed out.
    ResultCollected {
        /// What was shown.
        paper: IdentityPaper,
        /// What it follows in the office's journal, if it was a visit.
        cause: Option<OfficeMoment>,
    },
    /// The result was given to the post.
    ResultPosted {
        /// Its tracking number, beside the journal.
        tracking: WordsId,
        /// On that day.
        on: NaiveDate,
    },
    /// The result was downloaded.
    ResultDownloaded,
    /// An appointment was proposed.
    VisitProposed {
        /// At which office.
        office: OfficeId,
        /// The service for which the appointment would be booked.
        service: ServiceId,
        /// In which way; at a desk, where an older event does not say.
        #[serde(default = "at_desk", skip_serializing_if = "is_at_desk")]
        channel: Channel,
    },
    /// The applicant does not want it any more.
    CaseWithdrawn,
    /// Staff noted something.
    NoteAdded {
        /// What they noted.
        note: WordsId,
    },
    /// It is over.
    CaseClosed {
        /// How it ended.
        end: CaseEnd,
        /// What the applicant is told about it.
        words: Option<WordsId>,
    },
    /// It goes on.
    CaseReopened {
        /// Why the applicant wants it so.
        reason: WordsId,
        /// The last day now.
        due: NaiveDate,
    },
}
