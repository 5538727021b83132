//! A command on its way to the writer, and what is said to it.

use office::{Event, Refusal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::WriteError;

/// Names a command and what was asked, so that the same again gets the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandId {
    /// Drawn by whoever asks.
    pub id: Uuid,
    /// SHA-256 of what is asked.
    pub body_hash: [u8; 32],
}

/// What was decided, as it stands on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// The events that follow, none where nothing changes.
    pub events: Vec<Event>,
    /// The number of the office's newest event.
    pub seq: u64,
}

/// Why a command had no effect.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum CommandRefusal {
    /// The rules say no.
    #[error(transparent)]
    ByRule(#[from] Refusal),
    /// The hub could not.
    #[error(transparent)]
    ByHub(#[from] WriteError),
}
