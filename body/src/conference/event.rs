//! What happens to a conference. Nothing personal is in here: people are numbers, words are ids.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AnswerGiven, ConferenceSpan};
use crate::{AccountId, ConferenceId, ConferenceSeriesId, Doer, ParticipantId, UnitId, WordsId};

/// Something that happened to a conference. Which it was, the journal says beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConferenceEvent {
    /// When; it never runs backwards for one conference.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: ConferenceStep,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceStep {
    /// It was planned.
    ConferencePlanned {
        /// Its number in the hub.
        conference: ConferenceId,
        /// With which others.
        series: Option<ConferenceSeriesId>,
        /// For which unit; for the whole organisation, if unset.
        unit: Option<UnitId>,
        /// Who planned it.
        coordinator: AccountId,
        /// Its title, its description and its address.
        words: WordsId,
        /// From when until when it is held.
        span: ConferenceSpan,
        /// So many people may come.
        places: u16,
    },
    /// It is at another time, or takes other people.
    ConferenceMoved {
        /// From when until when it is held now.
        span: ConferenceSpan,
        /// So many people may come.
        places: u16,
    },
    /// It is called otherwise, or is elsewhere.
    ConferenceReworded {
        /// Its title, its description and its address.
        words: WordsId,
    },
    /// It will not be.
    ConferenceCancelled,
    /// Somebody was invited.
    ParticipantInvited {
        /// Their number in it.
        participant: ParticipantId,
    },
    /// Their invitation was taken back.
    ParticipantRemoved {
        /// By their number in it, which nobody else gets.
        participant: ParticipantId,
    },
    /// They have a new link, and those before have ended.
    LinkRenewed {
        /// By their number in it.
        participant: ParticipantId,
        /// So many links they have had: only the newest opens anything.
        link: u32,
    },
    /// They said whether they come.
    ParticipantAnswered {
        /// By their number in it.
        participant: ParticipantId,
        /// Whether they come.
        answer: AnswerGiven,
    },
    /// They went in for the first time.
    ParticipantCame {
        /// By their number in it.
        participant: ParticipantId,
    },
    /// Nobody goes in any more who has not been in.
    ConferenceLocked,
    /// They do again.
    ConferenceUnlocked,
    /// It was ended for all.
    ConferenceEnded,
}
