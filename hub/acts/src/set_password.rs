//! An administrator sets a new password for somebody who forgot theirs (FLD-22).

use access::{Access, Password, Session};

use crate::accounts::{AccountRefusal, open_account_of};

/// A password to be set.
#[derive(Debug, Clone)]
pub struct PasswordWish {
    /// The account's number.
    pub account: u32,
    /// Its password from now on.
    pub password: Password,
}

/// Sets it. Whoever was signed in with the old one signs in again.
///
/// # Errors
/// [`AccountRefusal`].
pub async fn run(access: &Access, admin: &Session, wish: PasswordWish) -> Result<(), AccountRefusal> {
    let account = open_account_of(access, admin, wish.account)?;
    access.change_password(&account, wish.password).await?;
    tracing::info!(admin = admin.account.id, account = account.id, "a password was changed");
    Ok(())
}
