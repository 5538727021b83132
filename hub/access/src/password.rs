//! Passwords: what one must be like, and Argon2id, kept as PHC strings.

use std::{fmt, sync::LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use crew::{CrewError, WorkCrew};

/// Shortest password, of staff and of agents.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;
/// Longest; hashing more takes long.
pub const PASSWORD_CHARACTERS_MAX: usize = 1_000;

/// So many passwords are hashed at once: each takes a core and 19 MiB for tens of milliseconds.
const HASHES_AT_ONCE: usize = 2;
/// So many more wait, half a second at most; whoever comes then is told to try again in a moment.
const HASHES_WAITING_MAX: usize = 16;
/// Who hashes passwords.
static HASHING: LazyLock<WorkCrew> = LazyLock::new(|| WorkCrew::new("hash", HASHES_AT_ONCE, HASHES_WAITING_MAX));

/// A password as somebody typed it. No log and no error message shows it.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// As it was typed, whatever it is.
    pub const fn new(typed: String) -> Self {
        Self(typed)
    }

    /// Whether it is typed alike a second time.
    pub fn is_alike(&self, again: &Self) -> bool {
        self.0 == again.0
    }

    /// Whether a new password may be like this.
    ///
    /// # Errors
    /// [`PasswordFault`].
    pub fn check(&self) -> Result<(), PasswordFault> {
        check(&self.0)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// What is wrong with a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// It is too short.
    #[error("the password must have at least {PASSWORD_CHARACTERS_MIN} characters")]
    Short,
    /// It is too long.
    #[error("the password must have at most {PASSWORD_CHARACTERS_MAX} characters")]
    Long,
}

/// Whether a new password may be like this.
///
/// # Errors
/// [`PasswordFault`].
pub fn check(password: &str) -> Result<(), PasswordFault> {
    match password.chars().count() {
        ..PASSWORD_CHARACTERS_MIN => Err(PasswordFault::Short),
        PASSWORD_CHARACTERS_MIN..=PASSWORD_CHARACTERS_MAX => Ok(()),
        _ => Err(PasswordFault::Long),
    }
}

/// The hash of a password, to be kept. Takes tens of milliseconds on purpose: call it where waiting harms nobody.
///
/// # Errors
/// If the machine gives no randomness or no memory.
pub fn hash_password(password: &str) -> anyhow::Result<String> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("cannot hash a password: {error}"))?;
    Ok(hash.to_string())
}

/// The same beside what else goes on.
///
/// # Errors
/// [`CrewError`]: too many passwords are being hashed, or the machine cannot.
pub async fn hash_beside(password: Password) -> Result<String, CrewError> {
    HASHING.try_do(move || hash_password(&password.0)).await?.map_err(|_| CrewError::Broken)
}

/// Which of these hashes the password made, the first if several, looked for beside what else goes on. It takes as long for
/// none as for one, so that nobody learns which names exist.
///
/// # Errors
/// [`CrewError`]: too many passwords are being hashed, or the machine cannot. Nothing was judged then.
pub async fn hash_of(password: Password, mut kept: Vec<Option<String>>) -> Result<Option<usize>, CrewError> {
    if kept.is_empty() {
        kept.push(None);
    }
    HASHING.try_do(move || kept.iter().position(|kept| is_password(&password.0, kept.as_deref()))).await
}

/// Whether this is the password. Without a hash it takes as long.
fn is_password(password: &str, kept: Option<&str>) -> bool {
    match kept.and_then(|kept| PasswordHash::new(kept).ok()) {
        Some(kept) => Argon2::default().verify_password(password.as_bytes(), &kept).is_ok(),
        None => {
            let _ = hash_password(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let kept = hash_password("σύνθημα").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_password("σύνθημα", Some(&kept)));
        assert!(!is_password("συνθημα", Some(&kept)));
        assert!(!is_password("σύνθημα", None));
    }

    #[test]
    fn a_new_password_has_ten_to_a_thousand_letters_of_any_alphabet() {
        assert_eq!(check("εννιά εδώ"), Err(PasswordFault::Short));
        assert_eq!(check("δέκα είναι"), Ok(()));
        assert_eq!(check(&"α".repeat(PASSWORD_CHARACTERS_MAX)), Ok(()));
        assert_eq!(check(&"α".repeat(PASSWORD_CHARACTERS_MAX + 1)), Err(PasswordFault::Long));
    }

    #[test]
    fn no_log_shows_a_password() {
        assert!(!format!("{:?}", Password::new("βότσαλα".to_owned())).contains("βότσαλα"));
    }
}
