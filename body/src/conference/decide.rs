//! What follows for a conference from a command, or why nothing does.

use chrono::TimeDelta;

use super::{
    CONFERENCE_DAYS_AHEAD_MAX, CONFERENCE_MINUTES_LATE_MAX, CONFERENCE_MINUTES_MAX, CONFERENCE_MINUTES_MIN,
    CONFERENCE_STEPS_MAX, Conference, ConferenceArrival, ConferenceCommand, ConferenceContext, ConferenceDoor,
    ConferenceEvent, ConferencePhase, ConferenceRefusal, ConferenceSpan, ConferenceStep, OccupiedSpan, Participant,
    fits, may_plan,
};
use crate::{AccountId, ConferenceId, Doer, ParticipantId};

/// Decides a command on a conference, or on none where it is planned. Changes nothing. What is so already gives no event.
///
/// # Errors
/// A [`ConferenceRefusal`] where the rules say no.
pub fn decide(
    conference: Option<&Conference>,
    command: &ConferenceCommand,
    context: &ConferenceContext<'_>,
) -> Result<Vec<ConferenceEvent>, ConferenceRefusal> {
    let at = conference.map_or(context.now, |conference| conference.last_at.max(context.now));
    let steps = match (command, conference) {
        (ConferenceCommand::Plan { .. }, Some(_)) => Vec::new(),
        (ConferenceCommand::Plan { conference, series, unit, words, span, places }, None) => {
            let coordinator = planner(context)?;
            if !may_plan(context.grants, *unit) {
                return Err(ConferenceRefusal::NotAllowed);
            }
            begins_in_time(*span, context)?;
            takes(*conference, *span, *places, context)?;
            let (conference, series, unit, words) = (*conference, *series, *unit, *words);
            let (span, places) = (*span, *places);
            vec![ConferenceStep::ConferencePlanned { conference, series, unit, coordinator, words, span, places }]
        }
        (_, None) => return Err(ConferenceRefusal::UnknownConference),
        (command, Some(conference)) => steps(conference, command, context)?,
    };
    Ok(steps.into_iter().map(|step| ConferenceEvent { at, by: context.by, step }).collect())
}

fn steps(
    conference: &Conference,
    command: &ConferenceCommand,
    context: &ConferenceContext<'_>,
) -> Result<Vec<ConferenceStep>, ConferenceRefusal> {
    let one = |step: ConferenceStep| Ok(vec![step]);
    match command {
        ConferenceCommand::Plan { .. } => Ok(Vec::new()),
        ConferenceCommand::Change { words, span, places } => {
            manager(conference, context)?;
            ahead(conference, context)?;
            has_steps(conference)?;
            let mut steps = Vec::new();
            if *span != conference.span || *places != conference.places {
                moved(conference, *span, *places, context)?;
                steps.push(ConferenceStep::ConferenceMoved { span: *span, places: *places });
            }
            steps.extend(words.map(|words| ConferenceStep::ConferenceReworded { words }));
            Ok(steps)
        }
        ConferenceCommand::Cancel => {
            manager(conference, context)?;
            match conference.phase {
                ConferencePhase::Cancelled => Ok(Vec::new()),
                ConferencePhase::Ended => Err(ConferenceRefusal::Over),
                ConferencePhase::Planned if context.now >= conference.span.until => Err(ConferenceRefusal::Over),
                ConferencePhase::Planned => one(ConferenceStep::ConferenceCancelled),
            }
        }
        ConferenceCommand::Invite => {
            manager(conference, context)?;
            ahead(conference, context)?;
            has_steps(conference)?;
            let (invited, places) = (conference.invited(), conference.places);
            if invited >= usize::from(places) {
                return Err(ConferenceRefusal::NoPlaceLeft { places });
            }
            let last = conference.participants.last_key_value().map_or(0, |(last, _)| last.0);
            let participant = ParticipantId(last.checked_add(1).ok_or(ConferenceRefusal::TooManySteps)?);
            one(ConferenceStep::ParticipantInvited { participant })
        }
        ConferenceCommand::Remove { participant } => {
            manager(conference, context)?;
            planned(conference)?;
            has_steps(conference)?;
            let found = conference.participants.get(participant).ok_or(ConferenceRefusal::UnknownParticipant)?;
            if found.is_removed {
                return Ok(Vec::new());
            }
            one(ConferenceStep::ParticipantRemoved { participant: *participant })
        }
        ConferenceCommand::RenewLink { participant } => {
            manager(conference, context)?;
            ahead(conference, context)?;
            has_steps(conference)?;
            let found = there(conference, *participant)?;
            let link = found.link.checked_add(1).ok_or(ConferenceRefusal::TooManySteps)?;
            one(ConferenceStep::LinkRenewed { participant: *participant, link })
        }
        ConferenceCommand::Answer { participant, answer } => {
            let found = there(conference, *participant)?;
            ahead(conference, context)?;
            if found.answer == *answer {
                return Ok(Vec::new());
            }
            has_steps(conference)?;
            one(ConferenceStep::ParticipantAnswered { participant: *participant, answer: *answer })
        }
        ConferenceCommand::Enter { participant } => {
            let step = ConferenceStep::ParticipantCame { participant: *participant };
            match conference.door(ConferenceArrival::Participant(*participant), context.now) {
                ConferenceDoor::Open { .. } => {
                    let has_come = conference.participants.get(participant).is_some_and(|one| one.has_come);
                    Ok(if has_come { Vec::new() } else { vec![step] })
                }
                ConferenceDoor::Waits { .. } => Err(ConferenceRefusal::NotYet),
                ConferenceDoor::Locked => Err(ConferenceRefusal::Locked),
                ConferenceDoor::Removed => Err(ConferenceRefusal::UnknownParticipant),
                ConferenceDoor::Cancelled => Err(ConferenceRefusal::Cancelled),
                ConferenceDoor::Over => Err(ConferenceRefusal::Over),
            }
        }
        ConferenceCommand::Lock | ConferenceCommand::Unlock => {
            manager(conference, context)?;
            ahead(conference, context)?;
            let locks = *command == ConferenceCommand::Lock;
            if locks == conference.is_locked {
                return Ok(Vec::new());
            }
            has_steps(conference)?;
            one(if locks { ConferenceStep::ConferenceLocked } else { ConferenceStep::ConferenceUnlocked })
        }
        ConferenceCommand::End => {
            manager(conference, context)?;
            match conference.phase {
                ConferencePhase::Ended => Ok(Vec::new()),
                ConferencePhase::Cancelled => Err(ConferenceRefusal::Cancelled),
                ConferencePhase::Planned if context.now < conference.span.from => Err(ConferenceRefusal::NotYet),
                ConferencePhase::Planned if context.now >= conference.span.closes() => Err(ConferenceRefusal::Over),
                ConferencePhase::Planned => one(ConferenceStep::ConferenceEnded),
            }
        }
    }
}

/// Who plans: somebody with an account.
fn planner(context: &ConferenceContext<'_>) -> Result<AccountId, ConferenceRefusal> {
    match context.by {
        Doer::Account(account) => Ok(account),
        Doer::Hub | Doer::Link => Err(ConferenceRefusal::NotAllowed),
    }
}

fn manager(conference: &Conference, context: &ConferenceContext<'_>) -> Result<(), ConferenceRefusal> {
    let account = planner(context)?;
    conference.is_managed_by(account, context.grants).then_some(()).ok_or(ConferenceRefusal::NotYours)
}

/// It was neither cancelled nor ended.
const fn planned(conference: &Conference) -> Result<(), ConferenceRefusal> {
    match conference.phase {
        ConferencePhase::Planned => Ok(()),
        ConferencePhase::Cancelled => Err(ConferenceRefusal::Cancelled),
        ConferencePhase::Ended => Err(ConferenceRefusal::Over),
    }
}

/// It will be, or is.
fn ahead(conference: &Conference, context: &ConferenceContext<'_>) -> Result<(), ConferenceRefusal> {
    planned(conference)?;
    if context.now >= conference.span.until { Err(ConferenceRefusal::Over) } else { Ok(()) }
}

const fn has_steps(conference: &Conference) -> Result<(), ConferenceRefusal> {
    if conference.steps < CONFERENCE_STEPS_MAX { Ok(()) } else { Err(ConferenceRefusal::TooManySteps) }
}

fn there(conference: &Conference, participant: ParticipantId) -> Result<&Participant, ConferenceRefusal> {
    let found = conference.participants.get(&participant).filter(|found| !found.is_removed);
    found.ok_or(ConferenceRefusal::UnknownParticipant)
}

fn begins_in_time(span: ConferenceSpan, context: &ConferenceContext<'_>) -> Result<(), ConferenceRefusal> {
    let ahead = span.from.signed_duration_since(context.now);
    if ahead < TimeDelta::minutes(-CONFERENCE_MINUTES_LATE_MAX) {
        return Err(ConferenceRefusal::InPast);
    }
    if ahead > TimeDelta::days(CONFERENCE_DAYS_AHEAD_MAX) {
        return Err(ConferenceRefusal::TooFar);
    }
    Ok(())
}

/// One that runs begins when it began, and ends later than now.
fn moved(
    conference: &Conference,
    span: ConferenceSpan,
    places: u16,
    context: &ConferenceContext<'_>,
) -> Result<(), ConferenceRefusal> {
    if context.now >= conference.span.from {
        if span.from != conference.span.from {
            return Err(ConferenceRefusal::Begun);
        }
        if span.until <= context.now {
            return Err(ConferenceRefusal::InPast);
        }
    } else {
        begins_in_time(span, context)?;
    }
    if conference.invited() > usize::from(places) {
        return Err(ConferenceRefusal::NoPlaceLeft { places });
    }
    takes(conference.id, span, places, context)
}

/// Whether it can take this time and so many people, beside all others.
fn takes(
    conference: ConferenceId,
    span: ConferenceSpan,
    places: u16,
    context: &ConferenceContext<'_>,
) -> Result<(), ConferenceRefusal> {
    let ConferenceContext { rules, announced, zone, others, .. } = context;
    let minutes = span.until.signed_duration_since(span.from).num_minutes();
    if (0..CONFERENCE_MINUTES_MIN).contains(&minutes) {
        return Err(ConferenceRefusal::TooShort);
    }
    if !(CONFERENCE_MINUTES_MIN..=CONFERENCE_MINUTES_MAX).contains(&minutes) {
        return Err(ConferenceRefusal::TooLong);
    }
    let most = rules.participants_each;
    if !(2..=most).contains(&places) {
        return Err(ConferenceRefusal::BadPlaces { most });
    }
    if let Some(window) = rules.window(announced, *zone, (span.from, span.until)) {
        return Err(ConferenceRefusal::Maintenance { from: window.from, to: window.to });
    }
    fits(rules, others, &OccupiedSpan::new(conference, span, places))
}
