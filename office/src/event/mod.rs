//! What happened. An office is the fold of these; an old journal must always be readable.

mod booking;
mod desk;
mod house;
mod reading;
mod visit;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use booking::BookingEvent;
pub use desk::DeskEvent;
pub use house::HouseEvent;
pub use visit::{RankReason, VisitEvent};

/// Something that happened in an office, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The office's time; it never runs backwards within a journal.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: EventKind,
}

/// What happened, by what it happened to. Nothing personal is in here: persons, notes and addresses are ids.
///
/// In JSON an event has the name of its own kind alone, e.g. `{"desk-closed": {"desk": 2}}`; to what it happened is known
/// by that name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum EventKind {
    /// To the office itself.
    House(HouseEvent),
    /// To a booking.
    Booking(BookingEvent),
    /// To a visit.
    Visit(VisitEvent),
    /// To a desk.
    Desk(DeskEvent),
}

impl From<HouseEvent> for EventKind {
    fn from(event: HouseEvent) -> Self {
        Self::House(event)
    }
}

impl From<BookingEvent> for EventKind {
    fn from(event: BookingEvent) -> Self {
        Self::Booking(event)
    }
}

impl From<VisitEvent> for EventKind {
    fn from(event: VisitEvent) -> Self {
        Self::Visit(event)
    }
}

impl From<DeskEvent> for EventKind {
    fn from(event: DeskEvent) -> Self {
        Self::Desk(event)
    }
}
