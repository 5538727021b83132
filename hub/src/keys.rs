//! The server's key, and the MACs that are made with it: day keys of booking codes, links in mails, tokens at rest.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Length of the server's key.
pub const KEY_BYTES: usize = 32;

/// The server's key; kept in the store, in no log and in no answer.
#[derive(Clone)]
pub struct ServerKey(Arc<[u8; KEY_BYTES]>);

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

impl ServerKey {
    /// A key as it was kept.
    pub fn new(key: [u8; KEY_BYTES]) -> Self {
        Self(Arc::new(key))
    }

    /// The key of one office's booking codes on one day; kiosks hold it a week ahead.
    pub fn day_key(&self, office: u32, date: NaiveDate) -> [u8; KEY_BYTES] {
        mac(self.0.as_slice(), &[b"booking-day", &office.to_be_bytes(), date.to_string().as_bytes()])
    }

    /// The name of a mail among all mails of the world: the same from try to try and through a restored backup, so that a
    /// server which took it knows it again.
    pub fn mail_id(&self, number: i64, created_at: DateTime<Utc>) -> String {
        let mac =
            mac(self.0.as_slice(), &[b"mail", &number.to_be_bytes(), &created_at.timestamp_millis().to_be_bytes()]);
        mac[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The MAC of a link in a mail, over its purpose, what it is about, and a version by which it can be revoked.
    pub fn link_mac(&self, purpose: &str, id: &str, version: u32) -> [u8; KEY_BYTES] {
        mac(self.0.as_slice(), &[b"link", purpose.as_bytes(), id.as_bytes(), &version.to_be_bytes()])
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

/// Compares without telling by its time where the difference lies.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
