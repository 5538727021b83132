//! What each event changes in a meeting.

use std::collections::BTreeMap;

use super::{Meeting, MeetingCall, MeetingEvent, MeetingMinutes, MeetingPlan, MeetingStep, MemberPost, RollEntry};

/// Makes it so. An event of a meeting that was never set up changes nothing.
#[must_use]
pub fn apply(meeting: Option<Meeting>, event: &MeetingEvent) -> Option<Meeting> {
    if let MeetingStep::MeetingPlanned { conference, plan } = &event.step {
        let MeetingPlan { words, members, items, notice_hours } = plan.clone();
        return Some(match meeting {
            None => Meeting {
                conference: *conference,
                words,
                members,
                items,
                notice_hours,
                invited: None,
                roll: Vec::new(),
                seats: Vec::new(),
                votes: BTreeMap::new(),
                minutes: None,
                last_at: event.at,
                steps: 1,
            },
            Some(before) => Meeting {
                words,
                members,
                items,
                notice_hours,
                last_at: event.at,
                steps: before.steps.saturating_add(1),
                ..before
            },
        });
    }
    let mut meeting = meeting?;
    meeting.last_at = event.at;
    meeting.steps = meeting.steps.saturating_add(1);
    match &event.step {
        // It was set up above.
        MeetingStep::MeetingPlanned { .. } => {}
        MeetingStep::MeetingCalled { is_urgent } => {
            meeting.invited = Some(MeetingCall { at: event.at, is_urgent: *is_urgent });
        }
        MeetingStep::RollCalled { member, is_present } => {
            meeting.roll.push(RollEntry { member: *member, at: event.at, is_present: *is_present });
        }
        MeetingStep::SeatNoted { member, is_there } => {
            meeting.seats.push(RollEntry { member: *member, at: event.at, is_present: *is_there });
        }
        MeetingStep::VoteEntered { item, vote } => {
            meeting.votes.insert(*item, vote.clone());
        }
        MeetingStep::MinutesMade { words, digest } => {
            let (words, digest) = (*words, *digest);
            meeting.minutes = Some(MeetingMinutes { words, digest, chair: None, secretary: None });
        }
        MeetingStep::MinutesSigned { member } => {
            let post = meeting.members.get(member).map(|member| member.post);
            if let (Some(minutes), Some(post)) = (&mut meeting.minutes, post) {
                match post {
                    MemberPost::Chair => minutes.chair = Some(event.at),
                    MemberPost::Secretary => minutes.secretary = Some(event.at),
                    MemberPost::Ordinary => {}
                }
            }
        }
    }
    Some(meeting)
}
