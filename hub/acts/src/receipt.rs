//! What is left of a command that made nothing to show: where the office's journal stands after it.

use serde::{Deserialize, Serialize};

/// That something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The number of the office's newest event.
    pub event: u64,
}
