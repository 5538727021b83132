//! What the look-alike's registers want of whoever asks: a token, and who asks, why and for whom.

use axum::http::{HeaderMap, header};
use serde::Deserialize;

/// What a huge answer is filled with, in bytes.
pub const HUGE_BYTES: usize = 5 * 1024 * 1024;

/// Without these nobody is told anything.
#[derive(Deserialize)]
pub struct Audit {
    transaction: String,
    reason: String,
    unit: String,
    end_user: String,
}

impl Audit {
    /// Whether all of it is said.
    pub fn is_whole(&self) -> bool {
        [&self.transaction, &self.reason, &self.unit, &self.end_user].iter().all(|said| !said.trim().is_empty())
    }

    /// The number of the question.
    pub fn transaction(&self) -> &str {
        &self.transaction
    }
}

/// Whether a token came along.
pub fn bears(headers: &HeaderMap, token: &str) -> bool {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    said == Some(token)
}
