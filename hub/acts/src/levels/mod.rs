//! Levels of identity (PLA-01 to PLA-07): what they open, how level B is asked for, certified, taken back, closed and opened.
//! One file, one use case.

mod admission;
pub mod certify;
pub mod find;
mod house;
pub(crate) mod open;
pub mod switch;
pub mod wish;

pub use admission::{ServiceGate, asker, asker_of};
pub use find::{FoundAccount, StandingView};
pub use house::{BodyHouse, LevelRoom};

use body::StandingRefusal;
use store::ReadError;
use wire::ProblemCode;
use writer::WriteError;

use crate::{accounts::refuses_by, fault::Fault};

/// Why a standing stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LevelRefusal {
    /// The rules say no.
    Rule(StandingRefusal),
    /// The last three characters of a paper's number are none.
    LastThree,
    /// No reason was given.
    ReasonMissing,
    /// The citizen changed their details while the clerk was looking at them.
    Changed,
    /// This moment led to a certification that has ended since.
    MomentUsed,
    /// The tax number is TAXISnet's word.
    TaxNumberFixed,
    /// They may not, or the hub cannot.
    Fault(Fault),
}

impl LevelRefusal {
    /// The sentence that says so; none where the fault says it.
    #[must_use]
    pub const fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::LastThree => Some("certify-last-three-wrong"),
            Self::ReasonMissing => Some("certify-reason-missing"),
            Self::Changed => Some("certify-changed"),
            Self::MomentUsed => Some("certify-moment-used"),
            Self::TaxNumberFixed => Some("profile-tax-number-fixed"),
            Self::Rule(refusal) => Some(of_rule(refusal)),
            Self::Fault(_) => None,
        }
    }
}

refuses_by!(LevelRefusal: Fault, ProblemCode, WriteError, ReadError);

impl From<LevelRefusal> for Fault {
    fn from(refusal: LevelRefusal) -> Self {
        match refusal.sentence() {
            Some(sentence) => {
                Self { words: Some(text::both(|voice| voice.say(sentence))), ..ProblemCode::NotAllowed.into() }
            }
            None => match refusal {
                LevelRefusal::Fault(fault) => fault,
                LevelRefusal::Rule(_)
                | LevelRefusal::LastThree
                | LevelRefusal::ReasonMissing
                | LevelRefusal::Changed
                | LevelRefusal::MomentUsed
                | LevelRefusal::TaxNumberFixed => ProblemCode::NotAllowed.into(),
            },
        }
    }
}

const fn of_rule(refusal: &StandingRefusal) -> &'static str {
    match refusal {
        StandingRefusal::NotWished => "certify-not-wished",
        StandingRefusal::CertifiedAlready => "certify-already",
        StandingRefusal::ProofsMissing { .. } => "certify-proofs-missing",
        StandingRefusal::SameClerk => "certify-same-clerk",
        StandingRefusal::FieldsMissing { .. } => "certify-fields-missing",
        StandingRefusal::NobodyCertifies => "certify-nobody",
        StandingRefusal::OwnAccount => "certify-own",
        StandingRefusal::NotYours => "certify-not-allowed",
        StandingRefusal::Blocked => "certify-blocked",
        StandingRefusal::NotOpen => "certify-not-open",
        StandingRefusal::NotCertified => "certify-not-certified",
        StandingRefusal::NothingMissing => "certify-nothing-missing",
    }
}
