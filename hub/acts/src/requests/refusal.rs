//! Why a step of a request has no effect.

use body::{AccountId, CaseRefusal};
use wire::ProblemCode;

use super::said::TextFlaw;
use crate::fault::Fault;

/// Why a step of a request was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestRefusal {
    /// There is none of this name, or it is somebody else's.
    NotFound,
    /// Whoever asks may not do this to it.
    NotAllowed,
    /// The colleague whom it is given to may not work on it.
    NotTheirs,
    /// It takes a second factor or TAXISnet in this session.
    NotSure,
    /// What was written cannot be kept.
    Text(TextFlaw),
    /// The rules say no.
    Rule(CaseRefusal),
}

impl RequestRefusal {
    /// The sentence that says so.
    #[must_use]
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::NotFound => "request-not-found",
            Self::NotAllowed => "request-not-allowed",
            Self::NotTheirs => "request-not-theirs",
            Self::NotSure => "request-not-sure",
            Self::Text(flaw) => flaw.sentence(),
            Self::Rule(refusal) => of_rule(*refusal),
        }
    }

    /// Who has it, where that is why.
    #[must_use]
    pub const fn worker(&self) -> Option<AccountId> {
        match self {
            Self::Rule(CaseRefusal::AssignedTo { worker }) => Some(*worker),
            Self::Rule(_) | Self::NotFound | Self::NotAllowed | Self::NotTheirs | Self::NotSure | Self::Text(_) => None,
        }
    }
}

impl From<RequestRefusal> for Fault {
    fn from(refusal: RequestRefusal) -> Self {
        let code = match &refusal {
            RequestRefusal::NotFound => ProblemCode::NotFound,
            RequestRefusal::NotAllowed | RequestRefusal::NotTheirs | RequestRefusal::NotSure => ProblemCode::NotAllowed,
            RequestRefusal::Text(_) => ProblemCode::Malformed,
            RequestRefusal::Rule(_) => ProblemCode::NotAllowed,
        };
        Self { words: Some(text::both(|voice| voice.say(refusal.sentence()))), ..code.into() }
    }
}

/// The sentence for a rule. What a page never offers has one for all.
const fn of_rule(refusal: CaseRefusal) -> &'static str {
    match refusal {
        CaseRefusal::UnknownCase => "request-not-found",
        CaseRefusal::NotAdmitted => "request-not-admitted",
        CaseRefusal::NotYours | CaseRefusal::NotStaff => "request-not-allowed",
        CaseRefusal::OwnRequest => "request-own",
        CaseRefusal::AlreadyClosed => "request-closed-already",
        CaseRefusal::NotAssigned => "request-take-first",
        CaseRefusal::AssignedTo { .. } => "request-has-worker",
        CaseRefusal::AskedAlready => "request-asked-already",
        CaseRefusal::NothingAsked => "request-nothing-asked",
        CaseRefusal::ReadyAlready => "request-ready-already",
        CaseRefusal::NotReady => "request-not-ready",
        CaseRefusal::NoFile => "request-no-file",
        CaseRefusal::AddressNotCertified => "request-address-not-certified",
        CaseRefusal::WordsNeeded => "request-text-missing",
        CaseRefusal::NotReopenable => "request-not-reopenable",
        CaseRefusal::TooLateToReopen { .. } => "request-too-late-to-reopen",
        CaseRefusal::TooManySteps => "request-too-many-steps",
        CaseRefusal::NumbersUsedUp => "request-numbers-used-up",
        CaseRefusal::NumberTaken
        | CaseRefusal::UnknownCategory
        | CaseRefusal::UnknownUnit
        | CaseRefusal::AcceptedAlready
        | CaseRefusal::NoSuchResult
        | CaseRefusal::OtherWay
        | CaseRefusal::NumberedAlready
        | CaseRefusal::OwnNumbers
        | CaseRefusal::NotClosed => "request-changed-meanwhile",
    }
}
