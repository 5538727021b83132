//! What happens to accounts and at sign-in, each as one typed value: the one place that is told of all of it.

use access::{FactorWay, PasswordFault};
use secrets::LinkOwner;
use store::Role;
use wire::ProblemCode;

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInWay {
    /// By a password alone.
    Password,
    /// By a password and a second factor.
    TwoSteps(FactorWay),
    /// By a password, setting a second factor up.
    SettingUp,
}

/// Why somebody did not sign in, or was not believed to be who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInFailure {
    /// The password is not theirs, or nobody has the name.
    Password,
    /// The code is not theirs, or was used before.
    Code,
    /// It was tried too often.
    TooOften,
    /// The password of somebody who is signed in already, before something that asks for it.
    Confirmation,
    /// Something else.
    Other(ProblemCode),
}

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountEvent {
    /// Somebody signed in.
    SignedIn(SignInWay),
    /// Somebody did not.
    Refused(SignInFailure),
    /// The first step was right, and the second is awaited.
    CodeAsked,
    /// Somebody signed out.
    SignedOut,
    /// An account was made.
    Made(Role),
    /// A link to set a password with was made, by somebody else; the password before it ended.
    Invited,
    /// Somebody asked for a link since they forgot their password.
    Forgot,
    /// A password was set behind a link.
    PasswordSet,
    /// Somebody changed their own password.
    PasswordChanged,
    /// A new password was refused.
    PasswordRefused(PasswordFault),
    /// Where mails go was changed.
    AddressChanged,
    /// An address was shown to be theirs.
    AddressProven,
    /// A second factor was set up.
    FactorSet,
    /// A second factor was taken away, by its owner or by somebody else.
    FactorDropped,
    /// Recovery codes were made anew.
    CodesRenewed,
    /// The account was shut.
    Shut,
}

/// What happened, to whom, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountRecord {
    /// What happened.
    pub event: AccountEvent,
    /// Whose account; nobody's, where no account has the name that was typed.
    pub owner: Option<LinkOwner>,
    /// The account that did it, where it was somebody else.
    pub by: Option<u32>,
}

impl AccountRecord {
    /// Something that the owner did.
    pub const fn own(owner: LinkOwner, event: AccountEvent) -> Self {
        Self { event, owner: Some(owner), by: None }
    }

    /// Something that an administrator did.
    pub const fn by(admin: u32, owner: LinkOwner, event: AccountEvent) -> Self {
        Self { event, owner: Some(owner), by: Some(admin) }
    }

    /// Notes it: numbers alone, in the log.
    pub fn note(self) {
        let Self { event, owner, by } = self;
        let owner = owner.map(LinkOwner::written);
        match event {
            AccountEvent::Refused(_) | AccountEvent::PasswordRefused(_) => {
                tracing::warn!(?event, owner, by, "an account was not opened or changed");
            }
            AccountEvent::SignedIn(_)
            | AccountEvent::CodeAsked
            | AccountEvent::SignedOut
            | AccountEvent::Made(_)
            | AccountEvent::Invited
            | AccountEvent::Forgot
            | AccountEvent::PasswordSet
            | AccountEvent::PasswordChanged
            | AccountEvent::AddressChanged
            | AccountEvent::AddressProven
            | AccountEvent::FactorSet
            | AccountEvent::FactorDropped
            | AccountEvent::CodesRenewed
            | AccountEvent::Shut => tracing::info!(?event, owner, by, "an account"),
        }
    }
}
