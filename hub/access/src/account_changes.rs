//! Accounts of staff are made and changed: in the store first, then here.

use std::sync::Arc;

use store::{Account, Role};
use writer::WriteError;

use crate::{
    access::Access,
    password::{self, Password, PasswordFault},
};

/// Longest login name.
pub const LOGIN_NAME_CHARACTERS_MAX: usize = 60;

/// Why an account was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NewAccountError {
    /// The name is taken.
    #[error("the name is taken")]
    NameTaken,
    /// The name is empty or too long, or has blanks in it.
    #[error("the name must have 1 to {LOGIN_NAME_CHARACTERS_MAX} characters, without blanks")]
    BadName,
    /// The password is not such as one may be.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// The hub cannot write.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Access {
    /// Makes an account.
    ///
    /// # Errors
    /// [`NewAccountError`].
    pub async fn add_account(
        &self,
        name: &str,
        password: Password,
        role: Role,
        office: Option<u32>,
    ) -> Result<Arc<Account>, NewAccountError> {
        check_name(name)?;
        password.check()?;
        let hash = password::hash_beside(password).await.ok_or(WriteError::Unavailable)?;
        let now = self.clock.now();
        let (kept_name, kept_hash) = (name.to_owned(), hash.clone());
        let id = self.writer.change(move |store| store.add_account(&kept_name, &kept_hash, role, office, now)).await?;
        let id = id.ok_or(NewAccountError::NameTaken)?;
        let account = Arc::new(Account { id, name: name.to_owned(), password: hash, role, office, disabled: false });
        self.accounts.add(&account);
        Ok(account)
    }

    /// Lets an account sign in no more, and ends its sessions.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn disable_account(&self, account: &Account) -> Result<(), WriteError> {
        let (id, now) = (account.id, self.clock.now());
        self.writer.change(move |store| store.disable_account(id, now)).await?;
        self.accounts.replace(Account { disabled: true, ..account.clone() });
        Ok(())
    }

    /// Sets a new password, and ends the account's sessions.
    ///
    /// # Errors
    /// [`NewAccountError`].
    pub async fn change_password(&self, account: &Account, password: Password) -> Result<(), NewAccountError> {
        password.check()?;
        let hash = password::hash_beside(password).await.ok_or(WriteError::Unavailable)?;
        let (id, kept) = (account.id, hash.clone());
        self.writer.change(move |store| store.set_password(id, &kept)).await?;
        self.accounts.replace(Account { password: hash, ..account.clone() });
        Ok(())
    }
}

/// Whether name and password are such as an account may have.
///
/// # Errors
/// [`NewAccountError`].
pub fn check_new(name: &str, password: &str) -> Result<(), NewAccountError> {
    check_name(name)?;
    Ok(password::check(password)?)
}

/// A name has no blanks: nobody sees them where it is typed.
fn check_name(name: &str) -> Result<(), NewAccountError> {
    let is_right = (1..=LOGIN_NAME_CHARACTERS_MAX).contains(&name.chars().count())
        && !name.chars().any(|character| character.is_whitespace() || character.is_control());
    if is_right { Ok(()) } else { Err(NewAccountError::BadName) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_22_a_login_name_has_no_blanks_and_sixty_letters_at_most() {
        let long = "α".repeat(LOGIN_NAME_CHARACTERS_MAX + 1);
        for wrong in ["", " eleni", "eleni ", "eleni m", "eleni\u{7}", &long] {
            assert_eq!(check_name(wrong), Err(NewAccountError::BadName), "{wrong:?}");
        }
        for right in ["eleni", "κλερκ", "eleni.m", &long[..long.len() - 2]] {
            assert_eq!(check_name(right), Ok(()), "{right:?}");
        }
    }
}
