//! Somebody with a personal link: what they find at the door, whether they come, and that they go in (PRE-08).

use acts::Fault;
use body::{
    AnswerGiven, BodyConfig, Conference, ConferenceArrival, ConferenceCommand, ConferenceDoor, ConferenceRefusal, Doer,
    ParticipantId,
};
use chrono::{DateTime, Utc};
use secrets::ConferencePass;
use store::{ConferenceRow, ConferenceWords, Store, Stored};

use super::{ConferenceFlaw, ConferenceRoom, step::step};

/// What somebody with a link finds.
#[derive(Debug, Clone)]
pub struct GuestView {
    /// As it stands now, with everybody's places.
    pub conference: Conference,
    /// What was written of it.
    pub words: ConferenceWords,
    /// What they answered.
    pub answer: AnswerGiven,
    /// What they find at its door.
    pub door: ConferenceDoor,
    /// Whether they have gone in.
    pub has_come: bool,
    /// Whether it was the meeting of a body to which they belong, and they read its minutes here.
    pub has_minutes: bool,
    /// Whether they are its secretary, and keep its minutes by this link.
    pub keeps_minutes: bool,
}

fn stands(store: &Store, pass: &ConferencePass) -> Stored<Option<ConferenceRow>> {
    let Some(row) = store.conference(pass.conference)? else { return Ok(None) };
    let newest = row.conference.participants.get(&ParticipantId(pass.participant)).map(|one| one.link);
    // The place of an older link was taken.
    Ok((newest == Some(pass.link)).then_some(row))
}

/// What they find; nothing, where another link took the place of theirs.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(room: ConferenceRoom<'_>, pass: ConferencePass) -> Result<Option<GuestView>, Fault> {
    let now = room.ledger.clock.now();
    let found = room.ledger.readers.read(move |store| {
        let Some(row) = stands(store, &pass)? else { return Ok(None) };
        let (id, words) = (ParticipantId(pass.participant), store.conference_words(row.conference.words)?);
        let Some(own) = row.conference.participants.get(&id) else { return Ok(None) };
        let (answer, has_come) = (own.answer, own.has_come);
        let door = row.conference.door(ConferenceArrival::Participant(id), now);
        let meeting = store.meeting(row.conference.id)?;
        let meeting = meeting.filter(|meeting| now < meeting.links_end(&row.conference));
        let has_minutes =
            meeting.as_ref().is_some_and(|meeting| meeting.minutes.is_some() && meeting.members.contains_key(&id));
        let keeps_minutes =
            meeting.is_some_and(|meeting| meeting.invited.is_some() && meeting.is_kept_by(id, &row.conference));
        let conference = row.conference;
        Ok(Some(GuestView { words, answer, has_come, has_minutes, keeps_minutes, door, conference }))
    });
    Ok(found.await?)
}

/// They say whether they come.
///
/// # Errors
/// That the hub cannot write.
pub async fn answer(
    room: ConferenceRoom<'_>,
    pass: ConferencePass,
    answer: AnswerGiven,
) -> Result<Result<(), ConferenceFlaw>, Fault> {
    let command = ConferenceCommand::Answer { participant: ParticipantId(pass.participant), answer };
    room.change_by_guest(move |store, body, now| take(store, body, &pass, &command, now)).await
}

/// They go in: the pass through the waiting page is counted once (PRE-09).
///
/// # Errors
/// That the hub cannot write.
pub async fn enter(room: ConferenceRoom<'_>, pass: ConferencePass) -> Result<Result<(), ConferenceFlaw>, Fault> {
    let command = ConferenceCommand::Enter { participant: ParticipantId(pass.participant) };
    room.change_by_guest(move |store, body, now| take(store, body, &pass, &command, now)).await
}

fn take(
    store: &Store,
    body: &BodyConfig,
    pass: &ConferencePass,
    command: &ConferenceCommand,
    now: DateTime<Utc>,
) -> Stored<Result<(), ConferenceFlaw>> {
    let Some(row) = stands(store, pass)? else { return Ok(Err(ConferenceRefusal::UnknownParticipant.into())) };
    Ok(step(store, body, row, (Doer::Link, command), now)?.map(drop))
}
