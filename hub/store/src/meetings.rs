//! Meetings of collective bodies (PRE-10): each as it is now, beside the journal from which it follows.

use body::{ConferenceEvent, ConferenceId, ConferenceStep, Meeting, MeetingEvent, MeetingStep, Passage, WordsId};
use office::Words;
use serde::{Deserialize, Serialize};

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::{StoreError, Stored},
    file::Store,
    sql::params,
};

/// What was written of a meeting, as it stands beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MeetingWords {
    /// What the collective body is called.
    pub body: Words,
    /// Where it is held (Joint Ministerial Decision 429/2020).
    pub place: String,
    /// How it is found who is present.
    pub quorum_way: String,
    /// How secrecy is kept.
    pub secrecy_way: String,
    /// What stands on its agenda, in order.
    pub agenda: Vec<String>,
    /// What members are called in it, by their numbers in the conference.
    pub names: Vec<(u16, String)>,
}

/// Minutes as they were made: nothing in them is looked up again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MinutesText {
    /// What the document is called.
    pub title: String,
    /// Its parts, in order.
    pub parts: Vec<MinutesPart>,
    /// What the secretary wrote of the discussion, from which they begin where they make the minutes anew.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub discussion: String,
}

/// One of the pieces that minutes are read in, as it was composed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MinutesPart {
    /// What the next part is about.
    Heading(String),
    /// Running text.
    Text(String),
    /// A table: what each column is, and its rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

impl Store {
    /// The meeting held at a conference.
    pub fn meeting(&self, conference: ConferenceId) -> Stored<Option<Meeting>> {
        let found: Option<String> =
            self.sql.one("SELECT state FROM meeting WHERE conference = ?", [conference.0.cast_signed()], |row| {
                row.get(0)
            })?;
        found.map(|state| serde_json::from_str(&state).map_err(|error| StoreError::Broken(error.into()))).transpose()
    }

    /// The same, by the conference's bare number.
    pub fn meeting_of(&self, conference: u64) -> Stored<Option<Meeting>> {
        self.meeting(ConferenceId(conference))
    }

    /// Keeps what follows for a meeting: its events, and the meeting after them.
    pub fn keep_meeting(&self, meeting: &Meeting, events: &[MeetingEvent]) -> Stored<()> {
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body::<MeetingStep>(BodySubject::Meeting(meeting.conference.0), rows)?;
        let state = serde_json::to_string(meeting).map_err(|error| StoreError::Broken(error.into()))?;
        let put = "INSERT INTO meeting(conference, state) VALUES(?, ?) \
                   ON CONFLICT(conference) DO UPDATE SET state = excluded.state";
        self.sql.run(put, params![meeting.conference.0.cast_signed(), state]).map(drop)
    }

    /// Who came through the waiting page of a conference, and when.
    pub fn passages(&self, conference: ConferenceId) -> Stored<Vec<Passage>> {
        let came = |event: ConferenceEvent| match event.step {
            ConferenceStep::ParticipantCame { participant } => Some(Passage { participant, at: event.at }),
            ConferenceStep::ConferencePlanned { .. }
            | ConferenceStep::ConferenceMoved { .. }
            | ConferenceStep::ConferenceReworded { .. }
            | ConferenceStep::ConferenceCancelled
            | ConferenceStep::ParticipantInvited { .. }
            | ConferenceStep::ParticipantRemoved { .. }
            | ConferenceStep::LinkRenewed { .. }
            | ConferenceStep::ParticipantAnswered { .. }
            | ConferenceStep::ConferenceLocked
            | ConferenceStep::ConferenceUnlocked
            | ConferenceStep::ConferenceEnded => None,
        };
        Ok(self.conference_events(conference)?.into_iter().filter_map(came).collect())
    }

    /// What was written of a meeting; nothing, once that is erased.
    pub fn meeting_words(&self, id: WordsId) -> Stored<MeetingWords> {
        let text = self.body_words(id)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Minutes as they were made.
    pub fn minutes_text(&self, id: WordsId) -> Stored<Option<MinutesText>> {
        let text = self.body_words(id)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}
