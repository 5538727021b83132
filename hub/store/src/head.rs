//! Where an office's journal ends.

/// The number and the hash of an office's newest event: whoever knows both knows the whole journal before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the event, counted from 1; 0 before the first.
    pub seq: u64,
    /// The hash of its row.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a journal without events.
    pub const NONE: Self = Self { seq: 0, hash: [0; 32] };
}
