//! One command on a conference that stands, whoever gives it: decided by the rules, and kept.

use body::{BodyConfig, ConferenceCommand, Doer, conference};
use chrono::{DateTime, Utc};
use store::{ConferenceRow, Store, Stored};

use super::{ConferenceFlaw, house::ConferenceSurroundings};

/// Makes it so; gives the conference as it is then, or nothing where it was so already.
pub(super) fn step(
    store: &Store,
    body: &BodyConfig,
    row: ConferenceRow,
    (by, command): (Doer, &ConferenceCommand),
    now: DateTime<Utc>,
) -> Stored<Result<Option<ConferenceRow>, ConferenceFlaw>> {
    let Some(rules) = &body.conferences else { return Ok(Err(ConferenceFlaw::NotHeld)) };
    let known = ConferenceSurroundings::of(store, by.account(), row.conference.span)?;
    let events = match conference::decide(Some(&row.conference), command, &known.context(by, now, (body, rules))) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    if events.is_empty() {
        return Ok(Ok(None));
    }
    let Some(after) = events.iter().fold(Some(row.conference), conference::apply) else {
        return Ok(Err(ConferenceFlaw::NotFound));
    };
    let row = ConferenceRow { public: row.public, conference: after };
    store.keep_conference(&row, &events)?;
    Ok(Ok(Some(row)))
}
