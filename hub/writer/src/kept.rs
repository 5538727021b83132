//! Answers that are kept under a command's id, and given again.

use office::Refusal;

use crate::command::Ruling;

/// An answer that can be kept under a command's id and given again.
pub trait Kept: Sized {
    /// As it is kept.
    fn to_bytes(&self) -> Vec<u8>;
    /// As it was.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

impl Kept for Result<Ruling, Refusal> {
    fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// Whether something was noted beside the journal; such an answer can be kept under a command's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteMark(pub bool);

impl Kept for NoteMark {
    fn to_bytes(&self) -> Vec<u8> {
        vec![u8::from(self.0)]
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.first().map(|byte| Self(*byte == 1))
    }
}
