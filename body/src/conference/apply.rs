//! What each event changes in a conference.

use std::collections::BTreeMap;

use super::{AnswerGiven, Conference, ConferenceEvent, ConferencePhase, ConferenceStep, Participant};

/// Makes it so. An event of a conference that was never planned changes nothing.
#[must_use]
pub fn apply(conference: Option<Conference>, event: &ConferenceEvent) -> Option<Conference> {
    if let ConferenceStep::ConferencePlanned { conference, series, unit, coordinator, words, span, places } =
        &event.step
    {
        return Some(Conference {
            id: *conference,
            series: *series,
            unit: *unit,
            coordinator: *coordinator,
            words: *words,
            span: *span,
            places: *places,
            sequence: 0,
            phase: ConferencePhase::Planned,
            is_locked: false,
            participants: BTreeMap::new(),
            last_at: event.at,
            steps: 1,
        });
    }
    let mut conference = conference?;
    conference.last_at = event.at;
    conference.steps = conference.steps.saturating_add(1);
    match &event.step {
        // It was made above.
        ConferenceStep::ConferencePlanned { .. } => {}
        ConferenceStep::ConferenceMoved { span, places } => {
            (conference.span, conference.places) = (*span, *places);
            conference.sequence = conference.sequence.saturating_add(1);
        }
        ConferenceStep::ConferenceReworded { words } => {
            conference.words = *words;
            conference.sequence = conference.sequence.saturating_add(1);
        }
        ConferenceStep::ConferenceCancelled => {
            conference.phase = ConferencePhase::Cancelled;
            conference.sequence = conference.sequence.saturating_add(1);
        }
        ConferenceStep::ParticipantInvited { participant } => {
            let fresh = Participant { answer: AnswerGiven::None, is_removed: false, link: 0, has_come: false };
            conference.participants.insert(*participant, fresh);
        }
        ConferenceStep::ParticipantRemoved { participant } => {
            if let Some(one) = conference.participants.get_mut(participant) {
                one.is_removed = true;
            }
        }
        ConferenceStep::LinkRenewed { participant, link } => {
            if let Some(one) = conference.participants.get_mut(participant) {
                one.link = *link;
            }
        }
        ConferenceStep::ParticipantAnswered { participant, answer } => {
            if let Some(one) = conference.participants.get_mut(participant) {
                one.answer = *answer;
            }
        }
        ConferenceStep::ParticipantCame { participant } => {
            if let Some(one) = conference.participants.get_mut(participant) {
                one.has_come = true;
            }
        }
        ConferenceStep::ConferenceLocked => conference.is_locked = true,
        ConferenceStep::ConferenceUnlocked => conference.is_locked = false,
        ConferenceStep::ConferenceEnded => conference.phase = ConferencePhase::Ended,
    }
    Some(conference)
}
