//! Somebody of staff signs in.

use std::net::IpAddr;

use access::{Access, NewSession, Password, hash_of};
use wire::ProblemCode;

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
    let name = name.trim();
    if !access.limits.login_may(from, name) {
        return Err(ProblemCode::TooManyRequests.into());
    }
    let account = access.accounts.with_name(name);
    let kept = account.as_ref().map(|account| account.password.clone());
    let is_right = hash_of(password, vec![kept]).await.is_some();
    match account.filter(|_| is_right) {
        Some(account) => Ok(access.accounts.begin(&access.writer, account, access.clock.now()).await?),
        None => {
            access.limits.login_failed(from, name);
            Err(ProblemCode::NotSignedIn.into())
        }
    }
}
