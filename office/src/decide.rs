//! What follows from a command, or why nothing does.

use chrono::{DateTime, Utc};

use crate::{Command, Event, EventKind, Office, Refusal};

/// Decides a command on an office as it is at `now`. Changes nothing.
///
/// # Errors
/// A [`Refusal`] where the rules say no.
pub fn decide(_office: &Office, command: &Command, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Configure(config) => Ok(vec![Event { at: now, kind: EventKind::Configured(config.clone()) }]),
        _ => Err(Refusal::NotConfigured),
    }
}

/// When [`Command::Tick`] next has something to do: `now` or earlier exactly if it has something to do already.
#[must_use]
pub const fn next_due(_office: &Office, _now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    None
}
