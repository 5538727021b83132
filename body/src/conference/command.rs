//! What can be asked of a conference.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{AnswerGiven, ConferenceRules, ConferenceSpan, OccupiedSpan, upkeep::AnnouncedWindows};
use crate::{ConferenceId, ConferenceSeriesId, Doer, Grant, ParticipantId, UnitId, WordsId};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceCommand {
    /// Somebody plans it.
    Plan {
        /// The number that it gets.
        conference: ConferenceId,
        /// With which others it is planned.
        series: Option<ConferenceSeriesId>,
        /// The unit that it is planned for; the whole organisation, if unset.
        unit: Option<UnitId>,
        /// Its title, its description and its address.
        words: WordsId,
        /// From when until when it is held.
        span: ConferenceSpan,
        /// So many people may come.
        places: u16,
    },
    /// It is at another time, is called otherwise, or takes other people.
    Change {
        /// Its title, its description and its address, where they are others now.
        words: Option<WordsId>,
        /// From when until when it is held now.
        span: ConferenceSpan,
        /// So many people may come.
        places: u16,
    },
    /// It will not be.
    Cancel,
    /// Somebody more is invited.
    Invite,
    /// Somebody's invitation is taken back; who is in it cannot come in again.
    Remove {
        /// Whose invitation it is, by their number in it.
        participant: ParticipantId,
    },
    /// Somebody is sent a new link, and those before end.
    RenewLink {
        /// Whose link it is, by their number in it.
        participant: ParticipantId,
    },
    /// Somebody invited says whether they come.
    Answer {
        /// By whom it is said, by their number in it.
        participant: ParticipantId,
        /// Whether they come, or that they take it back.
        answer: AnswerGiven,
    },
    /// Somebody invited goes in.
    Enter {
        /// By their number in it.
        participant: ParticipantId,
    },
    /// Nobody goes in any more who has not been in.
    Lock,
    /// They do again.
    Unlock,
    /// It is over for all.
    End,
}

/// What is known beside a conference when a command is decided.
#[derive(Debug, Clone, Copy)]
pub struct ConferenceContext<'a> {
    /// Who asks.
    pub by: Doer,
    /// The time, as an argument.
    pub now: DateTime<Utc>,
    /// What they may do.
    pub grants: &'a [Grant],
    /// How the body holds conferences.
    pub rules: &'a ConferenceRules,
    /// The windows of maintenance that were announced.
    pub announced: &'a AnnouncedWindows,
    /// By which clock windows are.
    pub zone: Tz,
    /// What the other conferences take.
    pub others: &'a [OccupiedSpan],
}
