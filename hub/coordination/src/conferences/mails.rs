//! What those who are invited to a conference are told by mail.

use body::{Conference, ParticipantId};
use chrono::{DateTime, TimeDelta, Utc};
use store::{OutboxEntry, Store, Stored};
use writer::{CONFERENCE, CONFERENCE_REMINDER, ConferenceMail, ConferenceNews};

/// Who is invited is reminded so many minutes before it begins.
const REMINDED_MINUTES: i64 = 15;

fn put(
    store: &Store,
    conference: &Conference,
    (participant, news): (ParticipantId, ConferenceNews),
    (now, due): (DateTime<Utc>, DateTime<Utc>),
) -> Stored<()> {
    let Some((office, _)) = store.offices()?.into_iter().next() else { return Ok(()) };
    let mail =
        ConferenceMail { conference: conference.id.0, participant: participant.0, news, sequence: conference.sequence };
    let kind = if news == ConferenceNews::Reminder { CONFERENCE_REMINDER } else { CONFERENCE };
    let about = serde_json::to_string(&mail).unwrap_or_default();
    store.post(office, &OutboxEntry { seq: None, kind: kind.to_owned(), about }, now, due)
}

/// Tells one of them, in the name of the body's first office.
pub fn tell(
    store: &Store,
    conference: &Conference,
    participant: ParticipantId,
    news: ConferenceNews,
    now: DateTime<Utc>,
) -> Stored<()> {
    put(store, conference, (participant, news), (now, now))
}

/// Has one of them reminded, unless it begins sooner than that.
pub fn remind(store: &Store, conference: &Conference, participant: ParticipantId, now: DateTime<Utc>) -> Stored<()> {
    let due = conference.span.from - TimeDelta::minutes(REMINDED_MINUTES);
    if due <= now {
        return Ok(());
    }
    put(store, conference, (participant, ConferenceNews::Reminder), (now, due))
}

/// Tells everybody whose invitation stands.
pub fn tell_all(store: &Store, conference: &Conference, news: ConferenceNews, now: DateTime<Utc>) -> Stored<()> {
    let stands = conference.participants.iter().filter(|(_, one)| !one.is_removed);
    stands.map(|(id, _)| *id).try_for_each(|id| tell(store, conference, id, news, now))
}
