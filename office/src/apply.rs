//! Makes an event so. It cannot fail: what is decided has happened.

use crate::{Event, EventKind, Office};

/// Changes an office by an event of its journal.
pub fn apply(office: &mut Office, event: &Event) {
    office.last_at = Some(event.at);
    if let EventKind::Configured(config) = &event.kind {
        office.config = Some(config.as_ref().clone());
    }
}
