//! What follows for a meeting from a command, or why nothing does.

use chrono::TimeDelta;

use super::{
    ITEMS_MAX, MEETING_STEPS_MAX, MEMBERS_MAX, Meeting, MeetingCommand, MeetingContext, MeetingEvent, MeetingPlan,
    MeetingRefusal, MeetingStep, MemberPost, NOTICE_HOURS_MAX, SEATS_MAX, TextDigest, VOTING_MIN, VoteRecord,
};
use crate::{ConferencePhase, Doer, ParticipantId, WordsId};

/// Decides a command on a meeting, or on none where it is set up. Changes nothing. What is so already gives no event.
///
/// # Errors
/// A [`MeetingRefusal`] where the rules say no.
pub fn decide(
    meeting: Option<&Meeting>,
    command: &MeetingCommand,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, MeetingRefusal> {
    let at = meeting.map_or(context.now, |meeting| meeting.last_at.max(context.now));
    let steps = match (command, meeting) {
        (MeetingCommand::Plan(plan), meeting) => planned(meeting, plan, context)?,
        (_, None) => return Err(MeetingRefusal::NoMeeting),
        (MeetingCommand::Call { is_urgent }, Some(meeting)) => called(meeting, *is_urgent, context)?,
        (MeetingCommand::CallRoll { member, is_present }, Some(meeting)) => {
            runs(meeting, context)?;
            if !meeting.members.contains_key(member) {
                return Err(MeetingRefusal::UnknownMember);
            }
            if meeting.is_present(*member, context.passages, at) == *is_present {
                return Ok(Vec::new());
            }
            vec![MeetingStep::RollCalled { member: *member, is_present: *is_present }]
        }
        (MeetingCommand::Seat { member, is_there }, Some(meeting)) => seated(meeting, *member, *is_there, context)?,
        (MeetingCommand::Vote { item, vote }, Some(meeting)) => voted(meeting, *item, vote, context)?,
        (MeetingCommand::MakeMinutes { words, digest }, Some(meeting)) => {
            runs(meeting, context)?;
            vec![MeetingStep::MinutesMade { words: *words, digest: Some(*digest) }]
        }
        (MeetingCommand::Sign { member, words, digest }, Some(meeting)) => {
            signed(meeting, *member, (*words, *digest), context)?
        }
    };
    Ok(steps.into_iter().map(|step| MeetingEvent { at, by: context.by, step }).collect())
}

fn planned(
    meeting: Option<&Meeting>,
    plan: &MeetingPlan,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingStep>, MeetingRefusal> {
    manager(context)?;
    if meeting.is_some_and(|meeting| meeting.invited.is_some()) {
        return Err(MeetingRefusal::Called);
    }
    if let Some(meeting) = meeting {
        has_steps(meeting)?;
    }
    members(plan, context)?;
    if plan.items == 0 || plan.items > ITEMS_MAX {
        return Err(MeetingRefusal::BadAgenda { most: ITEMS_MAX });
    }
    if plan.notice_hours > NOTICE_HOURS_MAX {
        return Err(MeetingRefusal::BadNotice { most: NOTICE_HOURS_MAX });
    }
    Ok(vec![MeetingStep::MeetingPlanned { conference: context.conference.id, plan: plan.clone() }])
}

fn members(plan: &MeetingPlan, context: &MeetingContext<'_>) -> Result<(), MeetingRefusal> {
    let is_invited = |id: &ParticipantId| context.conference.participants.get(id).is_some_and(|one| !one.is_removed);
    if plan.members.len() > MEMBERS_MAX || !plan.members.keys().all(is_invited) {
        return Err(MeetingRefusal::UnknownMember);
    }
    let holders = |post| plan.members.values().filter(|member| member.post == post).count();
    if holders(MemberPost::Chair) != 1 {
        return Err(MeetingRefusal::OneChair);
    }
    if holders(MemberPost::Secretary) != 1 {
        return Err(MeetingRefusal::OneSecretary);
    }
    let regular =
        |id: &ParticipantId| plan.members.get(id).is_some_and(|member| member.votes && member.substitutes.is_none());
    let stands_in = plan.members.iter().filter_map(|(id, member)| member.substitutes.map(|whom| (id, whom, member)));
    for (id, whom, member) in stands_in {
        if *id == whom || !regular(&whom) || !member.votes {
            return Err(MeetingRefusal::BadSubstitute);
        }
    }
    if plan.members.keys().filter(|id| regular(id)).count() < VOTING_MIN {
        return Err(MeetingRefusal::TooFewVoting { least: u8::try_from(VOTING_MIN).unwrap_or(u8::MAX) });
    }
    Ok(())
}

fn called(
    meeting: &Meeting,
    is_urgent: bool,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingStep>, MeetingRefusal> {
    manager(context)?;
    if meeting.invited.is_some() {
        return Ok(Vec::new());
    }
    has_steps(meeting)?;
    let from = context.conference.span.from;
    let latest = from.checked_sub_signed(TimeDelta::hours(meeting.notice_hours.into())).unwrap_or(from);
    if context.now > latest && !is_urgent {
        return Err(MeetingRefusal::TooLate { latest });
    }
    Ok(vec![MeetingStep::MeetingCalled { is_urgent: context.now > latest }])
}

/// What the room says: of members alone, from the invitation until the minutes are signed.
fn seated(
    meeting: &Meeting,
    member: ParticipantId,
    is_there: bool,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingStep>, MeetingRefusal> {
    if context.by != Doer::Hub {
        return Err(MeetingRefusal::NotYours);
    }
    let is_asked = meeting.members.contains_key(&member) && meeting.invited.is_some() && !meeting.is_signed();
    let sat = meeting.seats.iter().rev().find(|one| one.member == member).is_some_and(|one| one.is_present);
    if !is_asked || sat == is_there || meeting.seats.len() >= SEATS_MAX {
        return Ok(Vec::new());
    }
    Ok(vec![MeetingStep::SeatNoted { member, is_there }])
}

fn voted(
    meeting: &Meeting,
    item: u8,
    vote: &VoteRecord,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingStep>, MeetingRefusal> {
    runs(meeting, context)?;
    if item == 0 || item > meeting.items {
        return Err(MeetingRefusal::UnknownItem);
    }
    let quorum = meeting.quorum(context.passages, context.now);
    if !quorum.is_there() {
        return Err(MeetingRefusal::NoQuorum { needed: quorum.needed, present: quorum.present });
    }
    let voters = meeting.voters(context.passages, context.now);
    match vote {
        VoteRecord::ByName(names) if names.keys().all(|name| voters.contains(name)) => {}
        VoteRecord::ByName(_) => return Err(MeetingRefusal::CannotVote),
        VoteRecord::Result(count) if count.in_all() <= u32::from(quorum.present) => {}
        VoteRecord::Result(_) => return Err(MeetingRefusal::TooManyVotes { most: quorum.present }),
    }
    if meeting.votes.get(&item) == Some(vote) {
        return Ok(Vec::new());
    }
    Ok(vec![MeetingStep::VoteEntered { item, vote: vote.clone() }])
}

fn signed(
    meeting: &Meeting,
    member: ParticipantId,
    (words, digest): (WordsId, TextDigest),
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingStep>, MeetingRefusal> {
    // It is their own link that signs, and no coordinator for them.
    if context.by != Doer::Link || context.link != Some(member) {
        return Err(MeetingRefusal::NotSigner);
    }
    let is_invited = context.conference.participants.get(&member).is_some_and(|one| !one.is_removed);
    let Some(found) = meeting.members.get(&member).filter(|_| is_invited) else {
        return Err(MeetingRefusal::UnknownMember);
    };
    if context.now >= meeting.links_end(context.conference) {
        return Err(MeetingRefusal::LinksEnded);
    }
    let Some(minutes) = meeting.minutes.filter(|minutes| minutes.words == words) else {
        return Err(MeetingRefusal::OtherMinutes);
    };
    if minutes.digest.is_some_and(|made| made != digest) {
        return Err(MeetingRefusal::MinutesChanged);
    }
    let has_signed = match found.post {
        MemberPost::Chair => minutes.chair.is_some(),
        MemberPost::Secretary => minutes.secretary.is_some(),
        MemberPost::Ordinary => return Err(MeetingRefusal::NotSigner),
    };
    Ok(if has_signed { Vec::new() } else { vec![MeetingStep::MinutesSigned { member }] })
}

fn manager(context: &MeetingContext<'_>) -> Result<(), MeetingRefusal> {
    let manages = |account| context.conference.is_managed_by(account, context.grants);
    if !context.by.account().is_some_and(manages) {
        return Err(MeetingRefusal::NotYours);
    }
    is_held(context)
}

/// Who enters what happened: whoever manages the conference, and the secretary by their own link.
fn keeper(meeting: &Meeting, context: &MeetingContext<'_>) -> Result<(), MeetingRefusal> {
    match context.by {
        Doer::Account(_) | Doer::Hub => manager(context),
        Doer::Link if !context.link.is_some_and(|link| meeting.is_kept_by(link, context.conference)) => {
            Err(MeetingRefusal::NotSecretary)
        }
        Doer::Link if context.now >= meeting.links_end(context.conference) => Err(MeetingRefusal::LinksEnded),
        Doer::Link => is_held(context),
    }
}

const fn is_held(context: &MeetingContext<'_>) -> Result<(), MeetingRefusal> {
    match context.conference.phase {
        ConferencePhase::Planned | ConferencePhase::Ended => Ok(()),
        ConferencePhase::Cancelled => Err(MeetingRefusal::Cancelled),
    }
}

/// It has begun, and its minutes are not signed: afterwards, too, the secretary enters what is missing.
fn runs(meeting: &Meeting, context: &MeetingContext<'_>) -> Result<(), MeetingRefusal> {
    keeper(meeting, context)?;
    if meeting.is_signed() {
        return Err(MeetingRefusal::Signed);
    }
    if meeting.invited.is_none() {
        return Err(MeetingRefusal::NotCalled);
    }
    if context.now < context.conference.span.opens_for_coordinators() {
        return Err(MeetingRefusal::NotYet);
    }
    has_steps(meeting)
}

const fn has_steps(meeting: &Meeting) -> Result<(), MeetingRefusal> {
    if meeting.steps < MEETING_STEPS_MAX { Ok(()) } else { Err(MeetingRefusal::TooManySteps) }
}
