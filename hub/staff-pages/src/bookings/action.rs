//! What the forms on the page of a booking can do about it, each under its name in the form's address.

use std::str::FromStr;

use wire::ProblemCode;

/// What can be done by a form on the page of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingAction {
    /// The address is right after all.
    MailAgain,
    /// The links before end, and new ones go out.
    NewLink,
    /// What was found of the documents.
    Papers,
    /// Something is to be put right.
    Correction,
    /// It has been put right.
    Corrected,
    /// It is void.
    Void,
    /// It is given up.
    Cancel,
}

impl BookingAction {
    /// Its name in the page's address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MailAgain => "mail-again",
            Self::NewLink => "new-link",
            Self::Papers => "papers",
            Self::Correction => "correction",
            Self::Corrected => "corrected",
            Self::Void => "void",
            Self::Cancel => "cancel",
        }
    }
}

impl FromStr for BookingAction {
    type Err = ProblemCode;

    fn from_str(name: &str) -> Result<Self, ProblemCode> {
        let all =
            [Self::MailAgain, Self::NewLink, Self::Papers, Self::Correction, Self::Corrected, Self::Void, Self::Cancel];
        all.into_iter().find(|action| action.name() == name).ok_or(ProblemCode::NotFound)
    }
}
