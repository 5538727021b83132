//! Accounts of staff, found by an administrator, and why one is not made or changed.

use std::sync::Arc;

use access::{Access, NewAccountError, PasswordFault, Session};
use store::Account;
use wire::ProblemCode;

use crate::fault::Fault;

/// Why an account is not made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The name is taken.
    NameTaken,
    /// The name is empty or too long, or has blanks in it.
    BadName,
    /// The password is not such as one may be.
    Password(PasswordFault),
    /// They may not, or the hub cannot.
    Fault(Fault),
}

impl From<Fault> for AccountRefusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<NewAccountError> for AccountRefusal {
    fn from(error: NewAccountError) -> Self {
        match error {
            NewAccountError::NameTaken => Self::NameTaken,
            NewAccountError::BadName => Self::BadName,
            NewAccountError::Password(fault) => Self::Password(fault),
            NewAccountError::Busy => Self::Fault(Fault::in_a_moment()),
            NewAccountError::Write(error) => Self::Fault(error.into()),
        }
    }
}

impl From<AccountRefusal> for Fault {
    fn from(refusal: AccountRefusal) -> Self {
        match refusal {
            AccountRefusal::NameTaken => NewAccountError::NameTaken.into(),
            AccountRefusal::BadName => NewAccountError::BadName.into(),
            AccountRefusal::Password(fault) => NewAccountError::Password(fault).into(),
            AccountRefusal::Fault(fault) => fault,
        }
    }
}

/// An account that this administrator runs, also one that is shut.
///
/// # Errors
/// `not-found`, or `not-allowed` for an account of another office.
pub fn account_of(access: &Access, admin: &Session, number: u32) -> Result<Arc<Account>, Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let account = access.accounts.with_number(number).ok_or(ProblemCode::NotFound)?;
    if admin.runs(account.office) { Ok(account) } else { Err(ProblemCode::NotAllowed.into()) }
}

/// An account that this administrator runs, and that still signs in.
///
/// # Errors
/// `not-found`, also for one that is shut, or `not-allowed` for an account of another office.
pub fn open_account_of(access: &Access, admin: &Session, number: u32) -> Result<Arc<Account>, Fault> {
    let account = account_of(access, admin, number)?;
    if account.disabled { Err(ProblemCode::NotFound.into()) } else { Ok(account) }
}
