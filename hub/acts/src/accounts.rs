//! Accounts of staff, found by an administrator, and why one is not made or changed.

use std::sync::Arc;

use access::{Access, FactorError, NewAccountError, PasswordContext, PasswordFault, Session};
use crew::CrewError;
use people::{AddressFlaw, address};
use secrets::LinkOwner;
use store::Account;
use wire::ProblemCode;
use writer::{Offices, WriteError};

use crate::fault::Fault;

/// Why an account is not made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountRefusal {
    /// Another account has this name.
    NameTaken,
    /// The name is empty or too long, or has blanks in it.
    BadName,
    /// Mail cannot go to the address.
    BadEmail(AddressFlaw),
    /// The password of who asks is not right.
    NotConfirmed,
    /// They may not, or the hub cannot.
    Fault(Fault),
}

/// Why a password is not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewPasswordRefusal {
    /// It is not such as one may be.
    Password(PasswordFault),
    /// It was typed differently the second time.
    Differs,
    /// The link is used, or another took its place.
    Over,
    /// The password of who asks is not right.
    NotConfirmed,
    /// The hub cannot.
    Fault(Fault),
}

/// Lets a refusal be made of whatever a [`Fault`] is made of.
macro_rules! refuses_by {
    ($refusal:ty: $($error:ty),+) => {
        $(impl From<$error> for $refusal {
            fn from(error: $error) -> Self {
                Self::Fault(error.into())
            }
        })+
    };
}
pub(crate) use refuses_by;

refuses_by!(AccountRefusal: Fault, ProblemCode, WriteError);
refuses_by!(NewPasswordRefusal: Fault, ProblemCode, WriteError, CrewError);

impl From<FactorError> for Fault {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::Crew(error) => error.into(),
            FactorError::Write(error) => error.into(),
        }
    }
}

impl AccountRefusal {
    /// Why an account with this name is not made.
    pub(crate) fn of_new(error: NewAccountError) -> Self {
        match error {
            NewAccountError::NameTaken => Self::NameTaken,
            NewAccountError::BadName => Self::BadName,
            NewAccountError::Write(error) => Self::Fault(error.into()),
        }
    }
}

impl From<AccountRefusal> for Fault {
    fn from(refusal: AccountRefusal) -> Self {
        match refusal {
            AccountRefusal::NameTaken => NewAccountError::NameTaken.into(),
            AccountRefusal::BadName => NewAccountError::BadName.into(),
            AccountRefusal::BadEmail(flaw) => {
                let words = text::both(|voice| voice.say(flaw.sentence()));
                Self { words: Some(words), ..Self::malformed("email: no address".to_owned()) }
            }
            AccountRefusal::NotConfirmed => {
                let words = text::both(|voice| voice.say("confirm-wrong"));
                Self { words: Some(words), ..Self::from(ProblemCode::NotAllowed) }
            }
            AccountRefusal::Fault(fault) => fault,
        }
    }
}

/// An account that this administrator runs, also one that is shut.
///
/// # Errors
/// `not-allowed` for who is no administrator, or `not-found`, also for an account of another office.
pub fn account_of(access: &Access, admin: &Session, number: u32) -> Result<Arc<Account>, Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    Ok(access.accounts.within(admin.scope(), number).ok_or(ProblemCode::NotFound)?)
}

/// An account that this administrator runs, and that still signs in.
///
/// # Errors
/// `not-allowed` for who is no administrator, or `not-found`, also for an account that is shut or of another office.
pub fn open_account_of(access: &Access, admin: &Session, number: u32) -> Result<Arc<Account>, Fault> {
    let account = account_of(access, admin, number)?;
    if account.disabled { Err(ProblemCode::NotFound.into()) } else { Ok(account) }
}

/// What the account of a session is now; nothing, once it is shut.
pub fn own_account(access: &Access, session: &Session) -> Option<Arc<Account>> {
    access.accounts.with_number(session.account.id).filter(|account| !account.disabled)
}

/// An address that may be left out.
pub(crate) fn optional_address(typed: &str) -> Result<Option<String>, AccountRefusal> {
    if typed.trim().is_empty() { Ok(None) } else { address(typed).map(Some).map_err(AccountRefusal::BadEmail) }
}

/// Whose account it is, for links and records.
pub(crate) const fn owner(account: &Account) -> LinkOwner {
    LinkOwner::Account(account.id)
}

/// The names that are no part of a password: of who chooses it, and of every office.
pub(crate) fn context(offices: &Offices, own: &[&str]) -> PasswordContext {
    let named = offices.iter().filter_map(|office| {
        let names = office.config(|config| [config.name.el.clone(), config.name.en.clone()])?;
        Some(names.into_iter().chain([office.key.to_string()]))
    });
    let named: Vec<String> = named.flatten().collect();
    PasswordContext::of(own.iter().copied().chain(named.iter().map(String::as_str)))
}

/// The same, for a member of staff.
pub(crate) fn context_of(offices: &Offices, account: &Account) -> PasswordContext {
    let user = account.email.as_deref().and_then(|email| email.split('@').next()).unwrap_or_default();
    context(offices, &[&account.name, user])
}
