//! The secretary of a collective body (PRE-10) calls the roll, enters votes and makes the minutes by a link of their own, without
//! an account: whoever coordinates the conference can do the same, and need not be there.

use acts::Fault;
use body::{Doer, MeetingRefusal, ParticipantId};
use secrets::ConferencePass;

use super::{
    ConferenceRoom,
    meeting::{MeetingFlaw, MeetingHand, MeetingPress, MeetingView, behind, enter},
};

/// The meeting, for its secretary, from the invitation of its members on; nothing for anybody else.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(room: ConferenceRoom<'_>, pass: ConferencePass) -> Result<Option<MeetingView>, Fault> {
    let now = room.ledger.clock.now();
    let found = room.ledger.readers.read(move |store| {
        let Some(view) = behind(store, &pass)? else { return Ok(None) };
        let conference = &view.row.conference;
        let is_theirs = view.meeting.as_ref().is_some_and(|meeting| {
            let is_kept = meeting.is_kept_by(ParticipantId(pass.participant), conference);
            is_kept && meeting.invited.is_some() && now < meeting.links_end(conference)
        });
        Ok(is_theirs.then_some(view))
    });
    Ok(found.await?)
}

/// The secretary enters something.
///
/// # Errors
/// That the hub cannot write.
pub async fn press(
    room: ConferenceRoom<'_>,
    pass: ConferencePass,
    press: MeetingPress,
) -> Result<Result<(), MeetingFlaw>, Fault> {
    room.change(move |store, body, now| {
        let Some(view) = behind(store, &pass)? else {
            return Ok(Err(MeetingFlaw::Rule(MeetingRefusal::UnknownMember)));
        };
        let hand = MeetingHand { by: Doer::Link, link: Some(ParticipantId(pass.participant)), grants: &[] };
        enter(store, body, view, (hand, press), now)
    })
    .await
}
