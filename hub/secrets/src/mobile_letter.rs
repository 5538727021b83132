//! What a message with a code to a citizen's mobile is about: ids alone, of which the message is made when it is sent.

use office::BookingId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A code to the mobile of a citizen for whom an agent prepared a booking (TRN-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MobileLetter {
    /// The booking that waits for the code.
    pub booking: BookingId,
    /// Who prepared it.
    pub agent: u32,
    /// Draws the code.
    pub drawn: Uuid,
}
