//! A person and what was said of them, as they are kept beside the journal: put together here, and nowhere else.

use office::{Booking, PersonId};
use people::{DetailForm, Details};
use store::{Agent, Person, Record, StaffEntry};

/// What was said with a booking; none of who was booked for by telephone, or was erased.
pub fn said_with(record: &Record) -> Option<Details> {
    record.details.as_ref().and_then(Details::from_json)
}

/// What an agent need not type again: what it typed for its last booking in its own name.
pub fn last_typed(agent: &Agent) -> Option<DetailForm> {
    typed_in(agent.profile.as_ref()?)
}

/// What was typed into a form of details, as it was kept by [`kept_typed`].
pub(crate) fn typed_in(kept: &str) -> Option<DetailForm> {
    serde_json::from_str(kept).ok()
}

/// What was typed into a form of details, as it is kept.
pub(crate) fn kept_typed(typed: &DetailForm) -> String {
    serde_json::to_string(typed).unwrap_or_default()
}

/// The details of a record; of who was booked for by telephone there may be a name alone.
pub fn details_of(record: &Record) -> Details {
    said_with(record).unwrap_or_else(|| Details {
        name: record.name.clone().unwrap_or_default(),
        phone: record.phone.clone(),
        ..Details::default()
    })
}

/// A person by their details.
pub(crate) fn person_with(id: PersonId, details: &Details, email: Option<String>) -> Person {
    Person { id, name: Some(details.name.clone()), email, phone: details.phone.clone() }
}

/// What is kept of a booking's details, in the office of this row.
pub(crate) fn entered_with(person: PersonId, row: u32, booking: &Booking, details: &Details) -> StaffEntry {
    StaffEntry { person, office: row, booking: booking.id.0, visit_at: booking.promise.start, details: json(details) }
}

/// Details as they are kept.
pub(crate) fn json(details: &Details) -> String {
    serde_json::to_string(details).unwrap_or_default()
}
