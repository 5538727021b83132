//! Names of things: each kind of id is a type of its own, so that a desk is never taken for a visit.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

vocabulary::numbered! {
    /// A service of the office, numbered by its configuration.
    ServiceId(u16);
    /// A desk, by the number on its sign.
    DeskId(u16);
    /// A member of staff: the hub's account number.
    ClerkId(u32);
    /// A booking, numbered 1, 2, 3… in its office.
    BookingId(u64);
    /// A visit, numbered 1, 2, 3… in its office.
    VisitId(u64);
    /// A reason of the office's own list, numbered by its configuration.
    ReasonId(u16);
    /// A call or recall, numbered 1, 2, 3… in its office; later calls have higher numbers.
    CallId(u64);
    /// A person in the hub's `people` table; the journal knows nothing else of them.
    PersonId(Uuid);
    /// A note in the hub's `note` table; erasable there.
    NoteId(Uuid);
    /// Opaque id of a proven e-mail address, for limits per address (FLD-17).
    AddressId(Uuid);
    /// A driving school or another that books for citizens: the hub's `agent` table; nothing else of them is in the journal.
    AgentId(u32);
    /// Opaque id under which the outside world knows a visit: on the ticket's QR code and in the API.
    PublicId(Uuid);
}

/// What a citizen types at the kiosk to name a booking: eight characters, drawn at random by the hub.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(pub String);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a ticket, e.g. A042: a letter and three digits, after 999 four; unique in its office and local day
/// (PROM-01), and never changed once given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TicketNumber {
    /// A capital that looks the same in Greek and Latin, or `P` for booked visits (FLD-40).
    pub letter: char,
    /// 1, 2, 3… each local business day.
    pub count: u16,
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter, self.count)
    }
}
