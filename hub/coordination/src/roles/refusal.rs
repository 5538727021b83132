//! Why something about coordinators has no effect, and the sentence that says so.

use acts::Fault;
use body::{RoleRequestRefusal, UnitRefusal};
use wire::ProblemCode;

/// Why something about coordinators has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleFlaw {
    /// There is none of this name, or it is nobody's whom it is shown to.
    NotFound,
    /// This body holds no conferences.
    NotHeld,
    /// They may not.
    NotAllowed,
    /// Nothing is said of where they work.
    OrganisationMissing,
    /// Nothing is said of where they work.
    PhoneWrong,
    /// Nothing is said of what they need it for.
    PurposeMissing,
    /// Nothing is said of what they need it for.
    TooLong,
    /// There is no such unit.
    UnknownUnit,
    /// They have asked often enough.
    TooMany,
    /// Whoever refuses says why.
    ReasonMissing,
    /// The address is none.
    AddressWrong,
    /// The invitation went to another address than theirs.
    OtherAddress,
    /// The invitation was used, taken back, or has run out.
    InvitationOver,
    /// The rules of requests say no.
    Request(RoleRequestRefusal),
    /// The rules of units say no.
    Unit(UnitRefusal),
}

impl RoleFlaw {
    /// The sentence that says so.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotFound | Self::Request(RoleRequestRefusal::Unknown) => "role-not-found",
            Self::NotHeld => "conference-not-held",
            Self::NotAllowed | Self::Request(RoleRequestRefusal::NotAllowed) | Self::Unit(UnitRefusal::NotAllowed) => {
                "role-only-organisation"
            }
            Self::OrganisationMissing => "role-organisation-missing",
            Self::PhoneWrong => "role-phone-wrong",
            Self::PurposeMissing => "role-purpose-missing",
            Self::TooLong => "role-too-long",
            Self::UnknownUnit => "conference-unit-unknown",
            Self::TooMany => "role-too-many",
            Self::ReasonMissing => "role-reason-missing",
            Self::AddressWrong => "role-address-wrong",
            Self::OtherAddress => "role-other-address",
            Self::InvitationOver => "role-invitation-over",
            Self::Request(RoleRequestRefusal::NotStaff) => "role-not-staff",
            Self::Request(RoleRequestRefusal::OpenAlready) => "role-open-already",
            Self::Request(RoleRequestRefusal::HasAlready) => "role-has-already",
            Self::Request(RoleRequestRefusal::OwnRequest) => "role-own",
            Self::Request(RoleRequestRefusal::Decided) => "role-decided",
            Self::Unit(UnitRefusal::NameMissing) => "unit-name-missing",
            Self::Unit(UnitRefusal::NameTooLong) => "unit-name-too-long",
            Self::Unit(UnitRefusal::NameTaken) => "unit-name-taken",
            Self::Unit(UnitRefusal::TooMany) => "unit-too-many",
        }
    }
}

impl From<RoleFlaw> for Fault {
    fn from(flaw: RoleFlaw) -> Self {
        let code = match flaw {
            RoleFlaw::NotFound
            | RoleFlaw::NotHeld
            | RoleFlaw::InvitationOver
            | RoleFlaw::Request(RoleRequestRefusal::Unknown) => ProblemCode::NotFound,
            RoleFlaw::NotAllowed | RoleFlaw::OtherAddress | RoleFlaw::Request(_) | RoleFlaw::Unit(_) => {
                ProblemCode::NotAllowed
            }
            RoleFlaw::OrganisationMissing
            | RoleFlaw::PhoneWrong
            | RoleFlaw::PurposeMissing
            | RoleFlaw::TooLong
            | RoleFlaw::UnknownUnit
            | RoleFlaw::TooMany
            | RoleFlaw::ReasonMissing
            | RoleFlaw::AddressWrong => ProblemCode::Malformed,
        };
        Self { words: Some(text::both(|voice| voice.say(flaw.sentence()))), ..code.into() }
    }
}
