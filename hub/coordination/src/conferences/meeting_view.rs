//! A meeting as it is read for a coordinator: what the rules hold of it, and beside that its words, its people and its minutes.

use body::{Meeting, Passage};
use office::Words;
use store::{ConferenceParticipant, ConferenceRow, MeetingWords, MinutesText, Store, Stored};

/// A meeting as a coordinator sees it.
#[derive(Debug, Clone)]
pub struct MeetingView {
    /// The conference at which it is held.
    pub row: ConferenceRow,
    /// By what the conference is known.
    pub title: Words,
    /// As it is now; none, where none was set up.
    pub meeting: Option<Meeting>,
    /// What was written of it.
    pub words: MeetingWords,
    /// Who is invited to the conference.
    pub people: Vec<ConferenceParticipant>,
    /// Who came through the waiting page, and when.
    pub passages: Vec<Passage>,
    /// The minutes, once they are made.
    pub minutes: Option<MinutesText>,
    /// Whether what is kept of them is not what was made.
    pub is_changed: bool,
}

impl MeetingView {
    /// Reads what the store has of a conference's meeting.
    pub(super) fn read(store: &Store, row: ConferenceRow) -> Stored<Self> {
        let conference = &row.conference;
        let meeting = store.meeting(conference.id)?;
        let words = meeting.as_ref().map(|meeting| store.meeting_words(meeting.words)).transpose()?.unwrap_or_default();
        let made = meeting.as_ref().and_then(|meeting| meeting.minutes);
        let minutes = made.map(|made| store.minutes_text(made.words)).transpose()?.flatten();
        let kept = made.map(|made| store.body_words_digest(made.words)).transpose()?.flatten();
        let is_changed = made.and_then(|made| made.digest).zip(kept).is_some_and(|(made, kept)| made != kept);
        let stands = |one: &ConferenceParticipant| {
            conference.participants.get(&one.participant).is_some_and(|stands| !stands.is_removed)
        };
        let people = store.participants(conference.id)?.into_iter().filter(stands).collect();
        let (title, passages) = (store.conference_words(conference.words)?.title, store.passages(conference.id)?);
        Ok(Self { row, title, meeting, words, people, passages, minutes, is_changed })
    }
}
