//! An authenticator app on somebody's phone (RFC 6238), by another hand than the hub's.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use data_encoding::BASE32_NOPAD;
use ring::hmac;

/// The code that the app shows for a key as it was typed, so many steps from now.
///
/// # Errors
/// When the key is none.
pub fn code(key: &str, steps: i64) -> Result<String> {
    let typed: String = key.split_whitespace().collect();
    let key = BASE32_NOPAD.decode(typed.as_bytes()).context("a key in base32")?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = hmac::sign(&key, &(now / 30 + steps).to_be_bytes());
    let hash = tag.as_ref();
    let from = usize::from(hash[19] & 15);
    let four = hash.get(from..from + 4).context("four bytes")?.try_into()?;
    Ok(format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000))
}
