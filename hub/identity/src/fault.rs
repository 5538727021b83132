//! Why somebody was not signed in through another: what a person is told apart, and a class and a code for the log.

use crew::CrewError;

use crate::provider_line::{ProviderLineFault, RawReply};

/// Why a provider signed nobody in. What it wrote is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// More people wait for it than may; in a moment there will be fewer.
    #[error("busy")]
    Busy,
    /// It gives no answer, or says itself that it cannot.
    #[error("away: {0}")]
    Away(AwayCause),
    /// It says no to the hub: a code that was used or has run out, a wrong secret.
    #[error("refused {0}")]
    Refused(u16),
    /// The person said no there.
    #[error("declined")]
    Declined,
    /// Its answer is none that it may give.
    #[error("unreadable: {0}")]
    Unreadable(UnreadCause),
    /// The account there is no natural person's, or has no tax number.
    #[error("not a natural person's account")]
    NotAPerson,
}

/// In what way a provider is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AwayCause {
    /// It did not answer in time.
    #[error("silent")]
    Silent,
    /// Nobody is there, or the line broke.
    #[error("unreachable")]
    Unreachable,
    /// It says so, with this status.
    #[error("status {0}")]
    Status(u16),
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadCause {
    /// It is longer than anything that is asked for.
    #[error("too long")]
    TooLong,
    /// It sends on to another address, where no secret is taken.
    #[error("sends elsewhere")]
    Elsewhere,
    /// It is not in the form that was asked for.
    #[error("another form")]
    Form,
    /// It is XML with a document type, which may name files and multiply itself.
    #[error("document type")]
    DocumentType,
    /// What it says of a person is not what it should be: no tax number, a name without end.
    #[error("wrong value")]
    Value,
    /// It is not signed as it should be, for somebody else, too old, or for another question.
    #[error("not proven")]
    Unproven,
}

impl From<ProviderLineFault> for ProviderFault {
    fn from(fault: ProviderLineFault) -> Self {
        match fault {
            ProviderLineFault::Silent => Self::Away(AwayCause::Silent),
            ProviderLineFault::Unreachable => Self::Away(AwayCause::Unreachable),
            ProviderLineFault::TooLong => Self::Unreadable(UnreadCause::TooLong),
        }
    }
}

impl From<CrewError> for ProviderFault {
    fn from(error: CrewError) -> Self {
        match error {
            CrewError::Busy => Self::Busy,
            CrewError::Broken => Self::Away(AwayCause::Unreachable),
        }
    }
}

/// What a status says that no answer goes with: it is away for now, or sends on to another address.
pub(crate) const fn trouble(status: u16) -> Option<ProviderFault> {
    match status {
        300..=399 => Some(ProviderFault::Unreadable(UnreadCause::Elsewhere)),
        // It says that it may be asked again.
        408 | 425 | 429 | 500.. => Some(ProviderFault::Away(AwayCause::Status(status))),
        _ => None,
    }
}

/// The reply, if its status is one that goes with what was asked for.
///
/// # Errors
/// [`ProviderFault`]: it is away, says no, or sends on to another address.
pub fn good(reply: RawReply) -> Result<Vec<u8>, ProviderFault> {
    let status = reply.status().as_u16();
    match trouble(status) {
        Some(fault) => Err(fault),
        None if reply.status().is_success() => Ok(reply.into_body()),
        None => Err(ProviderFault::Refused(status)),
    }
}
