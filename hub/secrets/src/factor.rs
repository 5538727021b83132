//! The second step of signing in: the secrets that authenticator apps hold, their codes (RFC 6238), and how a secret is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rand::RngExt;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};

use crate::keys::{KEY_BYTES, ServerKey, same};

/// Bytes of a secret: as long as the hash that its codes are made with (RFC 4226, 4).
const SECRET_BYTES: usize = 20;
/// Each code is good for so long. Every app has this length for its default, and some have no other.
const STEP_SECONDS: i64 = 30;
/// A phone's clock may be off by so many steps.
const STEPS_OFF: i64 = 1;
/// A code of an authenticator app has so many digits.
const CODE_DIGITS: u32 = 6;

/// What an authenticator app holds for one account. No log shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct FactorSecret([u8; SECRET_BYTES]);

impl std::fmt::Debug for FactorSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FactorSecret(…)")
    }
}

impl FactorSecret {
    /// A new one.
    pub fn draw() -> Self {
        let mut bytes = [0; SECRET_BYTES];
        rand::rng().fill(&mut bytes);
        Self(bytes)
    }

    /// As people type it: 32 letters and digits.
    pub fn typed(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// What the QR code says: the secret, and under which name the app shows it.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        let [issuer, account] = [issuer, account].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string());
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits={CODE_DIGITS}\
             &period={STEP_SECONDS}",
            self.typed()
        )
    }

    /// The step whose code was typed, with or without blanks: that of now, or one beside it.
    pub fn step_of(&self, typed: &str, now: DateTime<Utc>) -> Option<i64> {
        let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let here = now.timestamp().div_euclid(STEP_SECONDS);
        // All are compared, so that the time tells nothing.
        (here - STEPS_OFF..=here + STEPS_OFF).fold(None, |found, step| {
            let is_this = same(self.code(step).as_bytes(), typed.as_bytes());
            if is_this { Some(step) } else { found }
        })
    }

    /// The code of a step (RFC 4226, 5.3).
    fn code(&self, step: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let bytes = tag.as_ref();
        let from = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
        let number = bytes.iter().skip(from).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let code = (number & 0x7fff_ffff) % 10_u32.pow(CODE_DIGITS);
        format!("{code:0width$}", width = CODE_DIGITS as usize)
    }

    /// As it is kept, for one account: whoever reads the file without its key learns nothing, and what is kept for one
    /// account opens no other's.
    pub fn sealed(&self, key: &ServerKey, account: u32) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut bytes = self.0.to_vec();
        let sealing = sealing_key(key);
        let whose = Aad::from(account.to_be_bytes());
        // A text of twenty bytes is never too long.
        match sealing.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), whose, &mut bytes) {
            Ok(()) => [nonce.as_slice(), &bytes].concat(),
            Err(_) => Vec::new(),
        }
    }

    /// As a form carries it between the page that shows it and the one that takes its first code.
    pub fn draft(&self, key: &ServerKey, account: u32) -> String {
        URL_SAFE_NO_PAD.encode(self.sealed(key, account))
    }

    /// What such a form carried.
    pub fn of_draft(key: &ServerKey, account: u32, draft: &str) -> Option<Self> {
        Self::unsealed(key, account, &URL_SAFE_NO_PAD.decode(draft).ok()?)
    }

    /// What was kept for an account; nothing, where it was kept for another or under another key.
    pub fn unsealed(key: &ServerKey, account: u32, sealed: &[u8]) -> Option<Self> {
        key.each().find_map(|key| Self::opened(&key, account, sealed))
    }

    fn opened(key: &ServerKey, account: u32, sealed: &[u8]) -> Option<Self> {
        let (nonce, bytes) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut bytes = bytes.to_vec();
        let whose = Aad::from(account.to_be_bytes());
        let opened = sealing_key(key).open_in_place(Nonce::assume_unique_for_key(*nonce), whose, &mut bytes).ok()?;
        Some(Self(<[u8; SECRET_BYTES]>::try_from(&*opened).ok()?))
    }
}

/// The key under which secrets are kept.
fn sealing_key(key: &ServerKey) -> LessSafeKey {
    let bytes: [u8; KEY_BYTES] = key.own_key("second-factor");
    #[expect(clippy::expect_used, reason = "the algorithm's keys are as long as ours")]
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &bytes).expect("32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six digits of each.
        let secret = FactorSecret(*b"12345678901234567890");
        let codes = [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924")];
        for (seconds, code) in codes {
            assert_eq!(secret.code(seconds / STEP_SECONDS), code);
        }
        assert_eq!(secret.typed(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn new_08_a_code_is_good_a_step_before_and_a_step_after_and_no_longer() {
        let secret = FactorSecret::draw();
        let at = |seconds: i64| DateTime::from_timestamp(1_795_000_020 + seconds, 0).unwrap();
        let step = at(0).timestamp() / STEP_SECONDS;
        let code = secret.code(step);
        let typed = format!(" {} {} ", &code[..3], &code[3..]);
        for seconds in [-30, 0, 29, 30, 59] {
            assert_eq!(secret.step_of(&typed, at(seconds)), Some(step), "{seconds}");
        }
        assert_eq!(secret.step_of(&typed, at(60)), None);
        assert_eq!(secret.step_of(&typed, at(-31)), None);
        assert_eq!(secret.step_of("", at(0)), None);
    }

    #[test]
    fn new_08_a_secret_is_opened_by_its_hub_for_its_account_alone() {
        let (key, secret) = (ServerKey::new([7; KEY_BYTES]), FactorSecret::draw());
        let sealed = secret.sealed(&key, 3);
        assert_ne!(sealed, secret.sealed(&key, 3));
        assert!(!sealed.windows(4).any(|window| window == &secret.0[..4]));
        assert_eq!(FactorSecret::unsealed(&key, 3, &sealed), Some(secret.clone()));
        let rotated = ServerKey::ring([8; KEY_BYTES], &[[7; KEY_BYTES]]);
        assert_eq!(FactorSecret::unsealed(&rotated, 3, &sealed), Some(secret), "sealed with the key before");
        assert_eq!(FactorSecret::unsealed(&key, 4, &sealed), None);
        assert_eq!(FactorSecret::unsealed(&ServerKey::new([8; KEY_BYTES]), 3, &sealed), None);
        assert_eq!(FactorSecret::unsealed(&key, 3, &sealed[..11]), None);
    }

    #[test]
    fn new_08_the_qr_code_names_office_and_account() {
        let address = FactorSecret(*b"12345678901234567890").address("ΚΕΠ", "a b");
        assert!(address.starts_with("otpauth://totp/%CE%9A%CE%95%CE%A0:a%20b?secret=GEZDG"), "{address}");
    }
}
