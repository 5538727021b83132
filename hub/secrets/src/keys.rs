//! The server's key, and the MACs that are made with it: day keys of booking codes, links in mails, tokens at rest.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Length of the server's key.
pub const KEY_BYTES: usize = 32;
/// Length of the MAC in the address to which a mail comes back; with six bytes more for its number.
const BOUNCE_MAC_BYTES: usize = 10;

/// The server's keys; kept in the store, in no log and in no answer. Everything is made with the newest. What was made with
/// one before it, and has not ended yet, is still read: whoever reads something tries [`ServerKey::each`].
#[derive(Clone)]
pub struct ServerKey {
    newest: Arc<[u8; KEY_BYTES]>,
    /// Those before, the newest first.
    before: Arc<[[u8; KEY_BYTES]]>,
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

impl ServerKey {
    /// A key as it was kept.
    pub fn new(key: [u8; KEY_BYTES]) -> Self {
        Self::ring(key, &[])
    }

    /// The newest key, and those before it, the newest first.
    pub fn ring(newest: [u8; KEY_BYTES], before: &[[u8; KEY_BYTES]]) -> Self {
        Self { newest: Arc::new(newest), before: before.into() }
    }

    /// Each of the keys by itself, the newest first.
    pub fn each(&self) -> impl Iterator<Item = Self> {
        let newest = Self { newest: Arc::clone(&self.newest), before: Arc::default() };
        std::iter::once(newest).chain(self.before.iter().map(|key| Self::new(*key)))
    }

    /// The key of one office's booking codes on one day.
    pub fn day_key(&self, office: u32, date: NaiveDate) -> [u8; KEY_BYTES] {
        mac(self.newest.as_slice(), &[b"booking-day", &office.to_be_bytes(), date.to_string().as_bytes()])
    }

    /// The name of a mail among all mails of the world: the same from try to try and through a restored backup, so that a
    /// server which took it knows it again.
    pub fn mail_id(&self, number: i64, created_at: DateTime<Utc>) -> String {
        let mac = mac(
            self.newest.as_slice(),
            &[b"mail", &number.to_be_bytes(), &created_at.timestamp_millis().to_be_bytes()],
        );
        mac[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The token in the address to which a mail comes back if it is not delivered: it says which mail that was to this
    /// hub alone, and nobody can make one. The number stands masked after a MAC, and the MAC is what it is masked with.
    pub fn bounce_token(&self, number: i64, created_at: DateTime<Utc>) -> String {
        let at = created_at.timestamp_millis().to_be_bytes();
        let whole = mac(self.newest.as_slice(), &[b"bounce", &number.to_be_bytes(), &at]);
        let masked = self.masked(&whole[..BOUNCE_MAC_BYTES], number.to_be_bytes());
        let token = whole[..BOUNCE_MAC_BYTES].iter().chain(&masked[2..]);
        token.map(|byte| format!("{byte:02x}")).collect()
    }

    /// The number of the mail that a token names, if it is one of ours: to be held against [`ServerKey::bounce_token`].
    pub fn bounced_number(&self, token: &str) -> Option<i64> {
        let digits = token.as_bytes().chunks_exact(2);
        let bytes = digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
        let mut masked = [0; 8];
        if bytes.len() != BOUNCE_MAC_BYTES + 6 || token.len() != 2 * bytes.len() {
            return None;
        }
        masked[2..].copy_from_slice(&bytes[BOUNCE_MAC_BYTES..]);
        let mut number = self.masked(&bytes[..BOUNCE_MAC_BYTES], masked);
        number[..2].fill(0);
        Some(i64::from_be_bytes(number))
    }

    fn masked(&self, mac_bytes: &[u8], mut number: [u8; 8]) -> [u8; 8] {
        let mask = mac(self.newest.as_slice(), &[b"bounce-mask", mac_bytes]);
        for (byte, mask) in number.iter_mut().zip(mask) {
            *byte ^= mask;
        }
        number
    }

    /// A key for one purpose alone.
    pub(crate) fn own_key(&self, purpose: &str) -> [u8; KEY_BYTES] {
        mac(self.newest.as_slice(), &[b"own-key", purpose.as_bytes()])
    }

    /// The MAC of a link in a mail, over its purpose, what it is about, and a version by which it can be revoked.
    pub fn link_mac(&self, purpose: &str, id: &str, version: u32) -> [u8; KEY_BYTES] {
        mac(self.newest.as_slice(), &[b"link", purpose.as_bytes(), id.as_bytes(), &version.to_be_bytes()])
    }
}

/// HMAC-SHA256 over parts, each with its length, so that no two lists of parts are the same text.
pub fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; KEY_BYTES] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A token as the store keeps it.
pub fn token_hash(token: &str) -> [u8; KEY_BYTES] {
    Sha256::digest(token.as_bytes()).into()
}

/// What a text is, letter by letter: SHA-256, by which a change is seen later.
pub fn text_digest(text: &str) -> [u8; KEY_BYTES] {
    Sha256::digest(text.as_bytes()).into()
}

/// Compares without telling by its time where the difference lies.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_33_a_token_of_a_letter_names_it_to_this_hub_alone() {
        let (key, other) = (ServerKey::new([7; KEY_BYTES]), ServerKey::new([8; KEY_BYTES]));
        let at = "2026-11-24T08:00:00Z".parse().unwrap();
        for number in [1, 2, 77, 1 << 40] {
            let token = key.bounce_token(number, at);
            assert_eq!(token.len(), 32, "{token}");
            assert_eq!(key.bounced_number(&token), Some(number));
            assert_eq!(key.bounced_number(&token.to_uppercase()), Some(number), "a server may change the case");
            assert_ne!(other.bounced_number(&token), Some(number));
            assert_ne!(key.bounce_token(number, at + chrono::TimeDelta::milliseconds(1)), token);
        }
        let first: Vec<String> = (1..50).map(|number| key.bounce_token(number, at)[20..].to_owned()).collect();
        let distinct: std::collections::BTreeSet<&String> = first.iter().collect();
        assert_eq!(distinct.len(), first.len(), "nobody counts an office's mails by them");
        for wrong in ["", "zz", "0123", &"é".repeat(16), &"0".repeat(31), &"0".repeat(33), &"g".repeat(32)] {
            assert_eq!(key.bounced_number(wrong), None, "{wrong}");
        }
    }
}
