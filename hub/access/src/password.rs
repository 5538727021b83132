//! Passwords as they are typed and kept: in one form of Unicode, as Argon2id in PHC strings.

use std::{fmt, sync::LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use crew::{CrewError, WorkCrew};
use icu_normalizer::ComposingNormalizer;

use crate::password_policy::{PasswordContext, PasswordFault, check};

/// So many passwords are hashed at once: each takes a core and 19 MiB for tens of milliseconds.
const HASHES_AT_ONCE: usize = 2;
/// So many more wait, half a second at most; whoever comes then is told to try again in a moment.
const HASHES_WAITING_MAX: usize = 16;
/// Who hashes passwords.
static HASHING: LazyLock<WorkCrew> = LazyLock::new(|| WorkCrew::new("hash", HASHES_AT_ONCE, HASHES_WAITING_MAX));

/// Bytes of a recovery code's hash.
const CODE_HASH_BYTES: usize = 32;

/// A password as somebody typed it. No log and no error message shows it.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// As it was typed, whatever it is.
    pub const fn new(typed: String) -> Self {
        Self(typed)
    }

    /// As it was typed, for a directory that judges it by itself.
    pub fn typed(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is typed alike a second time.
    pub fn is_alike(&self, again: &Self) -> bool {
        self.same_everywhere() == again.same_everywhere()
    }

    /// The password as one that may be set.
    ///
    /// # Errors
    /// [`PasswordFault`].
    pub fn checked(&self, context: &PasswordContext) -> Result<NewPassword, PasswordFault> {
        let password = self.same_everywhere();
        check(&password, context)?;
        Ok(NewPassword(password))
    }

    /// In the one form in which keyboards of all kinds type the same (NFKC).
    fn same_everywhere(&self) -> String {
        ComposingNormalizer::new_nfkc().normalize(&self.0).into_owned()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// A password that may be set: [`Password::checked`] alone makes one.
#[derive(Clone)]
pub struct NewPassword(String);

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword")
    }
}

/// The hash of a password, to be kept. Takes tens of milliseconds on purpose: call it where waiting harms nobody.
///
/// # Errors
/// If the machine gives no randomness or no memory.
pub fn hash_password(password: &NewPassword) -> anyhow::Result<String> {
    hashed(&password.0)
}

fn hashed(password: &str) -> anyhow::Result<String> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("cannot hash a password: {error}"))?;
    Ok(hash.to_string())
}

/// The same beside what else goes on.
///
/// # Errors
/// [`CrewError`]: too many passwords are being hashed, or the machine cannot.
pub async fn hash_beside(password: NewPassword) -> Result<String, CrewError> {
    HASHING.try_do(move || hash_password(&password)).await?.map_err(|_| CrewError::Broken)
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
    HASHING.try_do(move || kept.iter().position(|kept| is_password(&password, kept.as_deref()))).await
}

/// The hashes of recovery codes under one salt, made beside what else goes on: who has the file cannot try them out.
///
/// # Errors
/// [`CrewError`]: too many passwords are being hashed, or the machine cannot.
pub async fn code_hashes(codes: Vec<String>, salt: Vec<u8>) -> Result<Vec<[u8; CODE_HASH_BYTES]>, CrewError> {
    let hash = move |code: &String| {
        let mut hash = [0; CODE_HASH_BYTES];
        let done = Argon2::default().hash_password_into(code.as_bytes(), &salt, &mut hash);
        done.map(|()| hash).map_err(|_| CrewError::Broken)
    };
    HASHING.try_do(move || codes.iter().map(hash).collect()).await?
}

/// Whether this is the password. Without a hash it takes as long.
fn is_password(password: &Password, kept: Option<&str>) -> bool {
    let Some(kept) = kept.and_then(|kept| PasswordHash::new(kept).ok()) else {
        let _ = hashed(&password.0);
        return false;
    };
    let is_of = |password: &str| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok();
    let everywhere = password.same_everywhere();
    // One that was set before passwords had one form is kept as it was typed.
    is_of(&everywhere) || everywhere != password.0 && is_of(&password.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(password: &str) -> Password {
        Password::new(password.to_owned())
    }

    fn checked(password: &str) -> NewPassword {
        typed(password).checked(&PasswordContext::default()).unwrap()
    }

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let kept = hash_password(&checked("σύνθημα και κλειδί")).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_password(&typed("σύνθημα και κλειδί"), Some(&kept)));
        assert!(!is_password(&typed("συνθημα και κλειδι"), Some(&kept)));
        assert!(!is_password(&typed("σύνθημα και κλειδί"), None));
    }

    #[test]
    fn new_08_a_password_is_the_same_on_every_keyboard_and_an_old_one_goes_on() {
        // An accent that is a character of its own, and full-width letters.
        let apart = "συ\u{301}νθημα και κλειδι\u{301}";
        let kept = hash_password(&checked("σύνθημα και κλειδί")).unwrap();
        assert!(is_password(&typed(apart), Some(&kept)));
        assert!(typed(apart).is_alike(&typed("σύνθημα και κλειδί")));
        let kept = hash_password(&checked("ｔｈｒｅｅ quiet trains")).unwrap();
        assert!(is_password(&typed("three quiet trains"), Some(&kept)));
        // As an older hub hashed it.
        let kept = hashed(apart).unwrap();
        assert!(is_password(&typed(apart), Some(&kept)) && !is_password(&typed("σύνθημα και κλειδί"), Some(&kept)));
    }

    #[test]
    fn no_log_shows_a_password() {
        assert!(!format!("{:?} {:?}", typed("βότσαλα και άμμος"), checked("βότσαλα και άμμος")).contains("βότσαλα"));
    }

    #[tokio::test]
    async fn new_08_recovery_codes_are_told_apart_by_slow_hashes() {
        let codes = vec!["one".to_owned(), "two".to_owned()];
        let hashes = code_hashes(codes, b"a salt of an account".to_vec()).await.unwrap();
        assert_ne!(hashes[0], hashes[1]);
        let again = code_hashes(vec!["two".to_owned()], b"a salt of an account".to_vec()).await.unwrap();
        assert_eq!(again, hashes[1..]);
        let other = code_hashes(vec!["two".to_owned()], b"a salt of another one".to_vec()).await.unwrap();
        assert_ne!(other, again);
    }
}
