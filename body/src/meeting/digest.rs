//! The digest of a text that stands beside the journal: by it everybody sees later that not a letter of it is another.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

const DIGEST_BYTES: usize = 32;

/// SHA-256 of a text. The hub makes it, and the rules compare it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TextDigest([u8; DIGEST_BYTES]);

/// What was read has another length, or other letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a digest is 64 hexadecimal digits")]
pub struct NoTextDigest;

impl From<[u8; DIGEST_BYTES]> for TextDigest {
    fn from(digest: [u8; DIGEST_BYTES]) -> Self {
        Self(digest)
    }
}

impl fmt::Display for TextDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<TextDigest> for String {
    fn from(digest: TextDigest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for TextDigest {
    type Error = NoTextDigest;

    fn try_from(text: String) -> Result<Self, NoTextDigest> {
        if text.len() != 2 * DIGEST_BYTES || !text.bytes().all(|one| one.is_ascii_hexdigit()) {
            return Err(NoTextDigest);
        }
        let mut digest = [0; DIGEST_BYTES];
        for (nth, byte) in digest.iter_mut().enumerate() {
            let pair = text.get(2 * nth..2 * nth + 2).ok_or(NoTextDigest)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NoTextDigest)?;
        }
        Ok(Self(digest))
    }
}
