//! How the room of a conference stands: its rules are the body's, and are read here as those of any other room. Guests come in
//! through the waiting page, where the pass is counted; a coordinator by a session and the grants of now.

use std::collections::BTreeSet;

use acts::Fault;
use body::{
    AccountId, Conference, ConferencePhase, Doer, Grant, MeetingCommand, MeetingContext, ParticipantId, meeting,
};
use rooms::{RoomAddress, RoomEnd, RoomHours, RoomPass, RoomProvider, RoomRole, RoomState};
use secrets::{CallPass, CallSubject, ConferencePass, CoordinatorPass};
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    exchange::CallExchange,
    standing::{CallDoors, CallStanding, ended, name_of, room_of, room_pass},
};

impl CallExchange {
    /// Somebody came through the waiting page of a conference: whoever is before its room looks anew, and lets them in.
    pub fn tell_conference(&self, public: Uuid) {
        self.house.tell(room_of(&self.key, CallSubject::Conference(public)));
    }

    /// Somebody took a seat in the room of a conference, or gave theirs up. Where a collective body meets there, that is kept
    /// (PRE-10); where it cannot be, the secretary's roll says who is there.
    pub(super) async fn note_seat(&self, pass: &CallPass, is_there: bool) {
        let CallPass::Participant(ConferencePass { conference: public, participant, .. }) = pass else { return };
        let (public, member, now) = (*public, ParticipantId(*participant), self.ledger.sober_now());
        let noted = self.ledger.writer.change(move |store| {
            let Some(row) = store.conference(public)? else { return Ok(()) };
            let Some(meeting) = store.meeting(row.conference.id)? else { return Ok(()) };
            let conference = &row.conference;
            let context = MeetingContext { by: Doer::Hub, link: None, now, grants: &[], conference, passages: &[] };
            let command = MeetingCommand::Seat { member, is_there };
            let Ok(events) = meeting::decide(Some(&meeting), &command, &context) else { return Ok(()) };
            match events.iter().fold(Some(meeting), meeting::apply) {
                Some(after) if !events.is_empty() => store.keep_meeting(&after, &events),
                Some(_) | None => Ok(()),
            }
        });
        drop(noted.await);
    }

    /// The room of a conference, for who has this pass.
    pub(super) async fn of_conference(&self, pass: &CallPass, public: Uuid) -> Result<CallStanding, Fault> {
        let account = pass.account();
        let found = self.ledger.readers.read(move |store| {
            let Some(row) = store.conference(public)? else { return Ok(None) };
            let grants = account.map(|account| store.grants_of(AccountId(account))).transpose()?;
            let address = store.conference_words(row.conference.words)?.address;
            Ok(Some((row.conference, address, grants.unwrap_or_default())))
        });
        let (conference, address, grants) = found.await?.ok_or(ProblemCode::NotFound)?;
        may_ask(&conference, pass, &grants)?;
        let provider = if address.is_empty() {
            self.provider.clone()
        } else {
            RoomProvider::Link(RoomAddress::read(&address).map_err(|_| ProblemCode::NotFound)?)
        };
        let room = room_of(&self.key, CallSubject::Conference(public));
        // Both only rise: no room of before is ever one of now.
        let removed = conference.participants.values().filter(|one| one.is_removed).count();
        let links: u64 = conference.participants.values().map(|one| u64::from(one.link)).sum();
        Ok(CallStanding {
            doors: CallDoors {
                name: name_of(&self.key, room, &format!("{removed}.{links}")),
                room,
                state: state(&conference),
                helper: None,
                by_telephone: false,
                provider,
                address: None,
            },
            pass: room_pass(pass),
        })
    }
}

/// Whether a pass is still one: the newest link of who is invited, the account of who may come in as a coordinator.
fn may_ask(conference: &Conference, pass: &CallPass, grants: &[Grant]) -> Result<(), Fault> {
    match pass {
        CallPass::Participant(ConferencePass { participant, link, .. }) => {
            let newest = conference.participants.get(&ParticipantId(*participant)).map(|one| one.link);
            if newest == Some(*link) { Ok(()) } else { Err(ended()) }
        }
        CallPass::Coordinator(CoordinatorPass { account, .. }) => {
            let may = conference.admits_coordinator(AccountId(*account), grants);
            if may { Ok(()) } else { Err(ProblemCode::NotAllowed.into()) }
        }
        CallPass::Guest(_) | CallPass::Helper(_) | CallPass::Host(_) => Err(ProblemCode::NotFound.into()),
    }
}

/// The same in the words of rooms.
fn state(conference: &Conference) -> RoomState {
    let guests = |holds: fn(&body::Participant) -> bool| -> BTreeSet<RoomPass> {
        let those = conference.participants.iter().filter(|(_, one)| holds(one));
        those.map(|(id, _)| RoomPass { role: RoomRole::Guest, number: u32::from(id.0) }).collect()
    };
    RoomState {
        hours: RoomHours { opens: conference.span.from, ends: conference.span.until },
        removed: guests(|one| one.is_removed),
        admitted: Some(guests(|one| one.has_come)),
        ended: match conference.phase {
            ConferencePhase::Planned => None,
            ConferencePhase::Cancelled => Some(RoomEnd::Cancelled),
            ConferencePhase::Ended => Some(RoomEnd::ForAll),
        },
    }
}

#[cfg(test)]
mod tests {
    use body::conference::{CONFERENCE_MINUTES_OVER, COORDINATORS_EARLY_MINUTES};
    use rooms::{HOSTS_EARLIER_MINUTES, KEPT_OPEN_MINUTES};

    #[test]
    fn pre_08_the_door_of_a_conference_is_the_door_of_its_room() {
        assert_eq!(
            (COORDINATORS_EARLY_MINUTES, CONFERENCE_MINUTES_OVER),
            (HOSTS_EARLIER_MINUTES, KEPT_OPEN_MINUTES),
            "both say when somebody comes in"
        );
    }
}
