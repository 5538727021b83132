//! What most use cases stand on: the way to write, the way to read, and the time.

use access::AuditTrail;
use chrono::{DateTime, Utc};
use store::Readers;
use writer::{Clock, Writer};

/// What most use cases stand on; cheap to clone.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The way to change anything.
    pub writer: Writer,
    /// Look-ups in the store: people, notes, mails.
    pub readers: Readers,
    /// The hub's one clock.
    pub clock: Clock,
    /// What is told of who came in.
    pub audit: AuditTrail,
}

impl Ledger {
    /// The time under which what a body decides is kept for years.
    pub fn sober_now(&self) -> DateTime<Utc> {
        self.writer.belief().sober_now()
    }
}
