//! A coordinator changes when a conference is, what it is called, where it is held, and how many may come.

use acts::Fault;
use body::{
    AccountId, BodyConfig, ConferenceCommand, ConferenceRefusal, ConferenceStep, Doer, WordsId,
    conference::{self, span_on},
};
use chrono::{DateTime, Utc};
use secrets::draw_id;
use store::{BodyWords, ConferenceRow, Store, Stored, WordsSubject};
use uuid::Uuid;
use writer::ConferenceNews;

use super::{ConferenceFlaw, ConferenceRoom, ConferenceTexts, house::ConferenceSurroundings, mails, plan::WallTimes};

/// A conference as somebody wants it.
#[derive(Debug, Clone)]
pub struct ConferenceChange {
    /// The name of the conference in addresses.
    pub public: Uuid,
    /// The account that presses.
    pub by: AccountId,
    /// What they wrote.
    pub texts: ConferenceTexts,
    /// When; none, where no time was said.
    pub times: Option<WallTimes>,
    /// So many people may come.
    pub places: u16,
}

/// Makes it so; who is invited is told what is otherwise. What is so already tells nobody.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(room: ConferenceRoom<'_>, change: ConferenceChange) -> Result<Result<(), ConferenceFlaw>, Fault> {
    room.change(move |store, body, now| take(store, body, &change, now)).await
}

fn take(
    store: &Store,
    body: &BodyConfig,
    change: &ConferenceChange,
    now: DateTime<Utc>,
) -> Stored<Result<(), ConferenceFlaw>> {
    let Some(row) = store.conference(change.public)? else { return Ok(Err(ConferenceFlaw::NotFound)) };
    let Some(rules) = &body.conferences else { return Ok(Err(ConferenceFlaw::NotHeld)) };
    let said = change.times.map(|times| span_on(body.zone, times.day, times.begins, times.minutes));
    let span = said.unwrap_or(row.conference.span);
    let known = ConferenceSurroundings::of(store, Some(change.by), span)?;
    if !row.conference.is_managed_by(change.by, &known.grants) {
        return Ok(Err(ConferenceRefusal::NotYours.into()));
    }
    if said.is_none() {
        return Ok(Err(ConferenceFlaw::BadTime));
    }
    let wanted = match change.texts.checked() {
        Ok(words) => words,
        Err(flaw) => return Ok(Err(flaw)),
    };
    if wanted.address.is_empty()
        && let Err(refusal) = rules.own_room_holds(change.places)
    {
        return Ok(Err(refusal.into()));
    }
    let stands = store.conference_words(row.conference.words)?;
    let words = (wanted != stands).then(|| WordsId(draw_id()));
    let command = ConferenceCommand::Change { words, span, places: change.places };
    let context = known.context(Doer::Account(change.by), now, (body, rules));
    let events = match conference::decide(Some(&row.conference), &command, &context) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    if events.is_empty() {
        return Ok(Ok(()));
    }
    let before = row.conference.span;
    let Some(after) = events.iter().fold(Some(row.conference), conference::apply) else {
        return Ok(Err(ConferenceFlaw::NotFound));
    };
    let row = ConferenceRow { public: row.public, conference: after };
    store.keep_conference(&row, &events)?;
    if let Some(id) = words {
        let subject = WordsSubject::Conference(row.conference.id);
        let text = serde_json::to_string(&wanted).unwrap_or_default();
        store.put_body_words(&BodyWords { id, subject, author: Some(change.by), text }, now)?;
    }
    // Only more or fewer places: nobody's calendar is otherwise.
    let is_told = words.is_some() || before != row.conference.span;
    let is_moved = |step: &ConferenceStep| matches!(step, ConferenceStep::ConferenceMoved { .. });
    if is_told {
        mails::tell_all(store, &row.conference, ConferenceNews::Changed, now)?;
    }
    // A reminder knows which of its times it is about: another change makes another.
    if is_told || events.iter().any(|event| is_moved(&event.step)) {
        let stands = row.conference.participants.iter().filter(|(_, one)| !one.is_removed);
        stands.map(|(id, _)| *id).try_for_each(|id| mails::remind(store, &row.conference, id, now))?;
    }
    Ok(Ok(()))
}
