//! How the room of a booking stands: its time from the promise, its end from what became of the visit, and who was shown out
//! from what is kept. All of it is looked up anew each time, so that a restart of the hub opens nothing again.

use std::{collections::BTreeSet, sync::Arc};

use acts::{Fault, booking_key};
use chrono::{DateTime, TimeDelta, Utc};
use office::{Booking, BookingId, BookingLife, Channel, Office, PersonId, VisitState};
use rooms::{RoomAddress, RoomDoor, RoomEnd, RoomHours, RoomId, RoomPass, RoomProvider, RoomRole, RoomState};
use secrets::{
    BookingKey, CallPass, CallSubject, ConferencePass, CoordinatorPass, HelperPass, Holder, HostPass, ServerKey,
};
use store::{CallMarks, ReadError};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::{
    change::{APPLICANT_OUT, FOR_ALL, HELPER_OUT, SERVED_OUT, bit},
    exchange::CallExchange,
};

/// A room, whoever asks.
#[derive(Debug, Clone)]
pub struct CallDoors {
    /// The opaque id by which seats and signals know it.
    pub room: RoomId,
    /// Its time, who was shown out, and whether it was ended.
    pub state: RoomState,
    /// The version of the link of a helper, if one is invited.
    pub helper: Option<u32>,
    /// It goes on by telephone.
    pub by_telephone: bool,
    /// Who holds it: whoever holds the body's rooms, unless an address was named for this one.
    pub provider: RoomProvider,
    /// The address that a clerk named for this one.
    pub address: Option<String>,
    /// Under which name somebody else's server holds it. Another once somebody was shown out: then those who stay are in
    /// another room, for which the one who left has nothing.
    pub name: RoomId,
}

/// A room, for somebody with a pass.
#[derive(Debug, Clone)]
pub struct CallStanding {
    /// The room.
    pub doors: CallDoors,
    /// What the room calls their pass.
    pub pass: RoomPass,
}

impl CallStanding {
    /// Whether who has the pass receives the others.
    pub fn is_host(&self) -> bool {
        self.pass.role == RoomRole::Host
    }

    /// Why the room leads nowhere any more, if it does not.
    pub fn over(&self, now: DateTime<Utc>) -> Option<RoomEnd> {
        match self.doors.state.door(self.pass, now) {
            RoomDoor::Over(end) => Some(end),
            RoomDoor::Waiting { .. } | RoomDoor::Open { .. } | RoomDoor::Outside { .. } => None,
        }
    }
}

/// What a room calls a holder of a booking's link.
pub(super) const fn guest(holder: Holder) -> RoomPass {
    let number = match holder {
        Holder::Applicant => 0,
        Holder::Served => 1,
    };
    RoomPass { role: RoomRole::Guest, number }
}

/// What a room calls a pass.
pub(super) fn room_pass(pass: &CallPass) -> RoomPass {
    match pass {
        CallPass::Guest(BookingKey { holder, .. }) => guest(*holder),
        CallPass::Helper(HelperPass { version, .. }) => RoomPass { role: RoomRole::Helper, number: *version },
        CallPass::Host(HostPass { account, .. }) | CallPass::Coordinator(CoordinatorPass { account, .. }) => {
            RoomPass { role: RoomRole::Host, number: *account }
        }
        CallPass::Participant(ConferencePass { participant, .. }) => {
            RoomPass { role: RoomRole::Guest, number: u32::from(*participant) }
        }
    }
}

/// A room: nobody reads anything in its name.
pub(super) fn room_of(key: &ServerKey, subject: CallSubject<'_>) -> RoomId {
    let of = match subject {
        CallSubject::Booking(office, booking) => format!("{office}.{booking}"),
        CallSubject::Conference(conference) => format!("conference {}", conference.simple()),
    };
    drawn(key, "room", &of)
}

/// The name of a room on somebody else's server, of which there is another after each turn.
pub(super) fn name_of(key: &ServerKey, room: RoomId, turn: &str) -> RoomId {
    drawn(key, "room elsewhere", &format!("{}.{turn}", room.0.simple()))
}

/// 128 bits that only this hub can make, and makes again alike.
fn drawn(key: &ServerKey, purpose: &str, of: &str) -> RoomId {
    let drawn = key.link_mac(purpose, of, 0);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&drawn[..16]);
    RoomId(Uuid::from_bytes(bytes))
}

/// Whether what a room is for is done, or was given up; none if it has none.
fn life(office: &Office, booking: &Booking) -> Option<(PersonId, bool)> {
    if booking.promise.channel != Channel::Teleconference {
        return None;
    }
    let (person, is_done) = match &booking.life {
        BookingLife::Confirmed { party } => (party.person, false),
        BookingLife::Arrived { party, visit } => {
            let is_done = office.visits.get(visit).is_none_or(|visit| match visit.state {
                VisitState::Finished { .. } | VisitState::Left { .. } | VisitState::Unserved { .. } => true,
                VisitState::Waiting { .. }
                | VisitState::Called { .. }
                | VisitState::Serving { .. }
                | VisitState::Parked { .. }
                | VisitState::Interrupted { .. }
                | VisitState::NoShow { .. } => false,
            });
            (party.person, is_done)
        }
        BookingLife::Cancelled { party, .. } | BookingLife::Void { party, .. } | BookingLife::Missed { party, .. } => {
            (party.person, true)
        }
        BookingLife::Held { .. } | BookingLife::Expired { .. } | BookingLife::Fixed { .. } => return None,
    };
    Some((person, is_done))
}

impl CallExchange {
    /// The room of a booking.
    ///
    /// # Errors
    /// `not-found` for one that has none; that the store cannot be read.
    pub async fn doors(&self, office: &OfficeHandle, booking: BookingId) -> Result<CallDoors, Fault> {
        let (person, is_done, promise) = {
            let known = office.read();
            // A booking leaves the office's memory when its day is over.
            let booking = known.bookings.get(&booking).ok_or(ProblemCode::BookingMissed)?;
            let (person, is_done) = life(&known, booking).ok_or(ProblemCode::NotFound)?;
            (person, is_done, booking.promise.clone())
        };
        let (start, minutes) = (promise.start, TimeDelta::minutes(promise.minutes.into()));
        let marks = self.marks(person, start).await?;
        let ended = if is_done {
            Some(RoomEnd::Done)
        } else if rooms::is_by_telephone(marks.shut) {
            Some(RoomEnd::ByTelephone)
        } else if marks.shut & FOR_ALL != 0 {
            Some(RoomEnd::ForAll)
        } else {
            None
        };
        let is_out = |holder: &Holder| marks.shut & bit(*holder) != 0;
        let removed: BTreeSet<RoomPass> =
            [Holder::Applicant, Holder::Served].iter().filter(|holder| is_out(holder)).map(|one| guest(*one)).collect();
        let room = room_of(&self.key, CallSubject::Booking(&office.key, booking));
        // The first helper who is asked in moves nobody to another room.
        let turn = format!("{}.{}", marks.helper.max(1), marks.shut & (APPLICANT_OUT | SERVED_OUT));
        let named = marks.address.as_deref().and_then(|address| RoomAddress::read(address).ok());
        let state =
            RoomState { hours: RoomHours { opens: start, ends: start + minutes }, removed, admitted: None, ended };
        Ok(CallDoors {
            name: name_of(&self.key, room, &turn),
            room,
            state,
            helper: (marks.helper > 0 && marks.shut & HELPER_OUT == 0).then_some(marks.helper),
            by_telephone: rooms::is_by_telephone(marks.shut),
            provider: named.map_or_else(|| self.provider.clone(), RoomProvider::Link),
            address: marks.address,
        })
    }

    /// Something about a booking was decided elsewhere, e.g. a link of it ended: whoever is before its room looks anew.
    pub fn tell(&self, office: &OfficeHandle, booking: BookingId) {
        self.house.tell(room_of(&self.key, CallSubject::Booking(&office.key, booking)));
    }

    async fn marks(&self, person: PersonId, start: DateTime<Utc>) -> Result<CallMarks, ReadError> {
        self.ledger.readers.read(move |store| store.call_marks(person, start)).await
    }

    /// The office that a pass is of.
    ///
    /// # Errors
    /// `not-found`, and `office-set-aside` while nothing can be asked of it.
    pub(super) fn office(&self, office: &str) -> Result<Arc<OfficeHandle>, ProblemCode> {
        let handle = self.offices.get(office).ok_or(ProblemCode::NotFound)?;
        if handle.aside().is_some() { Err(ProblemCode::OfficeSetAside) } else { Ok(Arc::clone(handle)) }
    }

    /// The room that a pass is for.
    ///
    /// # Errors
    /// `not-found` where the pass has ended, and what [`Self::doors`] says.
    pub async fn standing(&self, pass: &CallPass) -> Result<CallStanding, Fault> {
        let (office, booking) = match pass.subject() {
            CallSubject::Booking(office, booking) => (office, booking),
            CallSubject::Conference(conference) => return self.of_conference(pass, conference).await,
        };
        let handle = self.office(office)?;
        let mut doors = self.doors(&handle, booking).await?;
        let own = room_pass(pass);
        match pass {
            CallPass::Guest(given) => {
                let known = handle.read().bookings.get(&booking).cloned().ok_or(ProblemCode::BookingMissed)?;
                if booking_key::run(&self.ledger.readers, &handle, &known, given.holder).await? != *given {
                    return Err(ended());
                }
            }
            // A link before the newest has ended, and so has one that was taken back: their holders are told so alike.
            CallPass::Helper(HelperPass { version, .. }) if doors.helper != Some(*version) => {
                doors.state.removed.insert(own);
            }
            CallPass::Helper(_) | CallPass::Host(_) | CallPass::Participant(_) | CallPass::Coordinator(_) => {}
        }
        Ok(CallStanding { doors, pass: own })
    }
}

/// A newer link has taken the place of this one.
pub(super) fn ended() -> Fault {
    Fault { words: Some(text::words("link-ended", &[])), ..ProblemCode::NotFound.into() }
}
