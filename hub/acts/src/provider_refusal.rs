//! Why nobody is signed in who came from a provider, in what a person is told apart.

use access::SignInFailure;
use identity::{AwayCause, ProviderFault};
use wire::ProblemCode;
use writer::WriteError;

use crate::fault::Fault;

/// Why nobody is signed in through another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderRefusal {
    /// There is no provider of this name.
    Unknown,
    /// What came back belongs to no way that this browser began, or came before.
    Stray,
    /// The person said no there.
    Declined,
    /// It gives no answer. Local accounts go on.
    Away,
    /// It says no, or nothing that can be read.
    SaidNo,
    /// It is no natural person's account.
    NoPerson,
    /// The account is of staff by another provider's word, and signs in there.
    Ruled,
    /// Nobody here is known so, and no rule gives them anything.
    Nobody,
    /// The account here is shut.
    Shut,
    /// Staff have blocked the account here.
    Blocked,
    /// It was too long ago that they came.
    Over,
    /// The identity, or the account, belongs together with another already.
    Taken,
    /// The hub is busy or cannot write.
    Fault(Fault),
}

impl ProviderRefusal {
    /// The sentence that tells it; none where the fault has its own.
    pub const fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Unknown => Some("through-unknown"),
            Self::Stray => Some("through-stray"),
            Self::Declined => Some("through-declined"),
            Self::Away => Some("through-away"),
            Self::SaidNo => Some("through-said-no"),
            Self::NoPerson => Some("through-no-person"),
            Self::Ruled => Some("through-ruled"),
            Self::Nobody => Some("through-nobody"),
            Self::Shut => Some("through-shut"),
            Self::Blocked => Some("login-blocked"),
            Self::Over => Some("through-over"),
            Self::Taken => Some("through-taken"),
            Self::Fault(_) => None,
        }
    }

    /// The code that goes with it.
    pub const fn code(&self) -> ProblemCode {
        match self {
            Self::Unknown => ProblemCode::NotFound,
            Self::Away => ProblemCode::Unavailable,
            Self::Stray
            | Self::Declined
            | Self::SaidNo
            | Self::NoPerson
            | Self::Ruled
            | Self::Nobody
            | Self::Shut
            | Self::Blocked
            | Self::Over
            | Self::Taken => ProblemCode::NotSignedIn,
            Self::Fault(fault) => fault.code,
        }
    }

    /// As the audit knows it; nothing, where nobody tried anything.
    pub(crate) const fn failure(&self) -> Option<SignInFailure> {
        match self {
            Self::Stray => Some(SignInFailure::StrayWay),
            Self::Declined | Self::SaidNo => Some(SignInFailure::ProviderSaidNo),
            Self::Away => Some(SignInFailure::ProviderAway),
            Self::NoPerson => Some(SignInFailure::NoPerson),
            Self::Nobody | Self::Ruled => Some(SignInFailure::NobodyHere),
            Self::Shut => Some(SignInFailure::ShutAccount),
            Self::Blocked => Some(SignInFailure::BlockedAccount),
            Self::Unknown | Self::Over | Self::Taken | Self::Fault(_) => None,
        }
    }
}

impl From<ProviderFault> for ProviderRefusal {
    fn from(fault: ProviderFault) -> Self {
        // A class and a code alone.
        tracing::warn!(%fault, "a provider signed nobody in");
        match fault {
            ProviderFault::Busy => Self::Fault(Fault::in_a_moment()),
            ProviderFault::Away(AwayCause::Silent | AwayCause::Unreachable | AwayCause::Status(_)) => Self::Away,
            ProviderFault::Refused(_) | ProviderFault::Unreadable(_) => Self::SaidNo,
            ProviderFault::Declined => Self::Declined,
            ProviderFault::NotAPerson => Self::NoPerson,
        }
    }
}

impl From<Fault> for ProviderRefusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<WriteError> for ProviderRefusal {
    fn from(error: WriteError) -> Self {
        Self::Fault(error.into())
    }
}
