//! Passwords: Argon2id, kept as PHC strings.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};

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

/// Whether this is the password. Without a hash it takes as long, so that nobody learns which names exist.
pub fn is_password(password: &str, kept: Option<&str>) -> bool {
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
}
