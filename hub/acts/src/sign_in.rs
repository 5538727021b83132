//! Somebody of staff signs in.

use std::net::IpAddr;

use access::{Access, NewSession, Password};

use crate::fault::Fault;

/// A name and a password, as they were typed.
#[derive(Debug, Clone)]
pub struct SignInAttempt {
    /// The network address at the other end, whose failures are counted.
    pub from: IpAddr,
    /// The login name; blanks around it do not matter.
    pub name: String,
    /// The password.
    pub password: Password,
}

/// Begins a session.
///
/// # Errors
/// `not-signed-in` where no account has this name and password, `too-many-requests` where it was tried too often, or that
/// the hub cannot write.
pub async fn run(access: &Access, attempt: SignInAttempt) -> Result<NewSession, Fault> {
    let SignInAttempt { from, name, password } = attempt;
    Ok(access.sign_in(from, name.trim(), password).await?)
}
