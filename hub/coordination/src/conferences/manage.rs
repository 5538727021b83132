//! What a coordinator presses on the page of a conference: cancel, end for all, lock, take somebody off the list, send a new link.

use acts::Fault;
use body::{AccountId, BodyConfig, ConferenceCommand, Doer, ParticipantId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{Store, Stored};
use uuid::Uuid;
use writer::ConferenceNews;

use super::{ConferenceFlaw, ConferenceRoom, mails, step::step};

/// What is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConferencePress {
    /// It will not be.
    Cancel,
    /// It is over for all.
    End,
    /// Nobody goes in any more who has not been in.
    Lock,
    /// They do again.
    Unlock,
    /// Somebody's invitation is taken back.
    Remove(ParticipantId),
    /// Somebody gets a new link, and those before end.
    Renew(ParticipantId),
}

impl ConferencePress {
    const fn command(self) -> ConferenceCommand {
        match self {
            Self::Cancel => ConferenceCommand::Cancel,
            Self::End => ConferenceCommand::End,
            Self::Lock => ConferenceCommand::Lock,
            Self::Unlock => ConferenceCommand::Unlock,
            Self::Remove(participant) => ConferenceCommand::Remove { participant },
            Self::Renew(participant) => ConferenceCommand::RenewLink { participant },
        }
    }
}

/// Makes it so, and tells whom it is about.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    (public, by): (Uuid, AccountId),
    press: ConferencePress,
) -> Result<Result<(), ConferenceFlaw>, Fault> {
    room.change(move |store, body, now| take(store, body, (public, by), press, now)).await
}

fn take(
    store: &Store,
    body: &BodyConfig,
    (public, by): (Uuid, AccountId),
    press: ConferencePress,
    now: DateTime<Utc>,
) -> Stored<Result<(), ConferenceFlaw>> {
    let Some(row) = store.conference(public)? else { return Ok(Err(ConferenceFlaw::NotFound)) };
    let row = match step(store, body, row, (Doer::Account(by), &press.command()), now)? {
        Ok(Some(row)) => row,
        Ok(None) => return Ok(Ok(())),
        Err(flaw) => return Ok(Err(flaw)),
    };
    let conference = &row.conference;
    match press {
        ConferencePress::Cancel => mails::tell_all(store, conference, ConferenceNews::Cancelled, now)?,
        ConferencePress::Remove(id) => mails::tell(store, conference, id, ConferenceNews::Removed, now)?,
        ConferencePress::Renew(id) => mails::tell(store, conference, id, ConferenceNews::NewLink, now)?,
        ConferencePress::End | ConferencePress::Lock | ConferencePress::Unlock => {}
    }
    Ok(Ok(()))
}
