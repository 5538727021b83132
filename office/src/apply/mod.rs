//! Makes an event so. It cannot fail: what is decided has happened.
//!
//! Each group of events has a file, and each file one list of all events of its group: an event that is forgotten does not
//! compile.

mod booking;
mod desk;
mod house;
mod learning;
mod visit;

use crate::{Event, EventKind, Office};

/// Changes an office by an event of its journal.
pub fn apply(office: &mut Office, event: &Event) {
    let at = event.at;
    office.last_at = Some(at);
    office.events += 1;
    learning::learn(office, at, &event.kind);
    match &event.kind {
        EventKind::House(event) => house::apply(office, at, event),
        EventKind::Booking(event) => booking::apply(office, at, event),
        EventKind::Visit(event) => visit::apply(office, at, event),
        EventKind::Desk(event) => desk::apply(office, at, event),
    }
}
