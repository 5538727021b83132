//! The rooms that somebody is before or in: who sits where, and the line to each. Nothing of it is kept: a room is here as
//! long as a page is open before it, and what is passed on is forgotten with the passing.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use rooms::{
    LineId, RoomId, RoomPass, SeatAllowance, SeatCommand, SeatNumber, SeatRefusal, Seats, Signal, SignalRefusal,
    receivers,
};
use tokio::sync::{mpsc, watch};

use crate::told::{SeatsTold, SignalTold, frame};

/// So many pages may be open before one room: three people, each with a forgotten one or two, and a few who must wait.
const PAGES_MAX: usize = 12;

/// The rooms that somebody is before or in; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct CallHouse(Arc<Mutex<BTreeMap<RoomId, LiveRoom>>>);

#[derive(Debug, Default)]
struct LiveRoom {
    seats: Seats,
    lines: BTreeMap<SeatNumber, SeatLine>,
    /// Told of each change of seats, and of what was decided about the room.
    changed: watch::Sender<u64>,
    pages: usize,
    serials: u64,
}

/// The line to a seat.
#[derive(Debug)]
struct SeatLine {
    /// Tells one line of a page from the next.
    serial: u64,
    frames: mpsc::Sender<String>,
    allowance: SeatAllowance,
}

/// A page that is open before a room, until it is dropped.
#[derive(Debug)]
pub struct RoomWatch {
    house: CallHouse,
    room: RoomId,
    /// Told of each change.
    pub changed: watch::Receiver<u64>,
}

impl Drop for RoomWatch {
    fn drop(&mut self) {
        let mut rooms = self.house.rooms();
        if let Some(room) = rooms.get_mut(&self.room) {
            room.pages -= 1;
            if room.pages == 0 {
                rooms.remove(&self.room);
            }
        }
    }
}

impl CallHouse {
    fn rooms(&self) -> MutexGuard<'_, BTreeMap<RoomId, LiveRoom>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page is open before a room; none where too many are.
    pub(super) fn watch(&self, room: RoomId) -> Option<RoomWatch> {
        let mut rooms = self.rooms();
        let live = rooms.entry(room).or_default();
        if live.pages >= PAGES_MAX {
            return None;
        }
        live.pages += 1;
        Some(RoomWatch { house: self.clone(), room, changed: live.changed.subscribe() })
    }

    /// Something was decided about a room: whoever is before it looks anew how the door stands.
    pub fn tell(&self, room: RoomId) {
        if let Some(live) = self.rooms().get(&room) {
            live.changed.send_modify(|count| *count += 1);
        }
    }

    /// Somebody whose door is open takes a seat, or their own again; `hello` is the first that the line says. Gives what tells
    /// this line from another.
    pub(super) fn sit(
        &self,
        room: RoomId,
        (pass, page): (RoomPass, LineId),
        (frames, hello): (&mpsc::Sender<String>, String),
        now: DateTime<Utc>,
    ) -> Result<u64, SeatRefusal> {
        let mut rooms = self.rooms();
        let live = rooms.entry(room).or_default();
        live.decide(SeatCommand::Sit(pass, page), now)?;
        live.serials += 1;
        let serial = live.serials;
        let Some((seat, _)) = live.seats.of(pass) else { return Err(SeatRefusal::Full) };
        let allowance = live.lines.get(&seat).map_or(SeatAllowance::new(now), |line| line.allowance);
        // A line whose reader does not keep up is given up by who keeps it.
        drop(frames.try_send(hello));
        live.lines.insert(seat, SeatLine { serial, frames: frames.clone(), allowance });
        live.tell_seats();
        Ok(serial)
    }

    /// Whether a seat is still that of this line.
    pub(super) fn has(&self, room: RoomId, pass: RoomPass, serial: u64) -> bool {
        self.rooms().get(&room).is_some_and(|live| live.has(pass, serial))
    }

    /// Whether somebody sits in a room, by whichever line.
    pub(super) fn sits(&self, room: RoomId, pass: RoomPass) -> bool {
        let sits = |live: &LiveRoom| live.seats.of(pass).is_some_and(|(seat, _)| live.lines.contains_key(&seat));
        self.rooms().get(&room).is_some_and(sits)
    }

    /// A line is gone: its seat is kept a while.
    pub(super) fn drop_line(&self, room: RoomId, pass: RoomPass, serial: u64, now: DateTime<Utc>) {
        let mut rooms = self.rooms();
        let Some(live) = rooms.get_mut(&room).filter(|live| live.has(pass, serial)) else { return };
        if let Some((seat, taken)) = live.seats.of(pass).map(|(seat, taken)| (seat, taken.line)) {
            if live.decide(SeatCommand::Drop(taken), now).is_err() {
                return;
            }
            live.lines.remove(&seat);
            live.tell_seats();
        }
    }

    /// Somebody goes for good.
    pub(super) fn leave(&self, room: RoomId, pass: RoomPass, now: DateTime<Utc>) {
        let mut rooms = self.rooms();
        let Some(live) = rooms.get_mut(&room) else { return };
        if live.decide(SeatCommand::Leave(pass), now).is_ok_and(|changed| changed) {
            live.tell_seats();
        }
    }

    /// Passes on what a seat sends, to seats of the same room alone.
    pub(super) fn pass_on(
        &self,
        room: RoomId,
        pass: RoomPass,
        signal: &Signal,
        now: DateTime<Utc>,
    ) -> Result<(), SignalRefusal> {
        let mut rooms = self.rooms();
        let live = rooms.get_mut(&room).ok_or(SignalRefusal::NoSeat)?;
        let (from, to) = receivers(&live.seats, pass, signal)?;
        let own = live.lines.get_mut(&from).ok_or(SignalRefusal::NoSeat)?;
        if !own.allowance.take(now) {
            return Err(SignalRefusal::TooFast);
        }
        let Signal { line, kind, text, .. } = signal;
        let told = frame("signal", &SignalTold { from, line: *line, kind: *kind, text });
        for seat in to {
            if let Some(line) = live.lines.get(&seat) {
                line.frames.try_send(told.clone()).map_err(|_| SignalRefusal::TooFast)?;
            }
        }
        Ok(())
    }

    /// How many sit in a room now.
    pub fn present(&self, room: RoomId) -> usize {
        let rooms = self.rooms();
        rooms.get(&room).map_or(0, |live| live.seats.taken().filter(|(_, seat)| seat.dropped_at.is_none()).count())
    }
}

impl LiveRoom {
    /// Decides, and makes it so; says whether anything changed.
    fn decide(&mut self, command: SeatCommand, now: DateTime<Utc>) -> Result<bool, SeatRefusal> {
        let events = self.seats.decide(command, now)?;
        for event in &events {
            self.seats.apply(*event);
        }
        let taken: Vec<SeatNumber> = self.seats.taken().map(|(number, _)| number).collect();
        self.lines.retain(|number, _| taken.contains(number));
        if !events.is_empty() {
            self.changed.send_modify(|count| *count += 1);
        }
        Ok(!events.is_empty())
    }

    fn has(&self, pass: RoomPass, serial: u64) -> bool {
        let seat = self.seats.of(pass).and_then(|(seat, _)| self.lines.get(&seat));
        seat.is_some_and(|line| line.serial == serial)
    }

    /// Says to every seat who sits where.
    fn tell_seats(&self) {
        for (seat, line) in &self.lines {
            drop(line.frames.try_send(frame("seats", &SeatsTold::to(*seat, &self.seats))));
        }
    }
}

#[cfg(test)]
mod tests {
    use rooms::{RoomRole, SignalKind};
    use uuid::Uuid;

    use super::*;

    const ROOM: RoomId = RoomId(Uuid::from_u128(1));
    const OTHER: RoomId = RoomId(Uuid::from_u128(2));
    const GUEST: RoomPass = RoomPass { role: RoomRole::Guest, number: 0 };
    const HOST: RoomPass = RoomPass { role: RoomRole::Host, number: 7 };

    fn page(number: u128) -> LineId {
        LineId(Uuid::from_u128(number))
    }

    #[test]
    fn omb_20_what_is_sent_stays_in_its_room_and_nothing_of_a_room_is_kept() {
        let (house, now) = (CallHouse::default(), DateTime::UNIX_EPOCH);
        let (frames, mut read) = mpsc::channel(8);
        let (others, mut elsewhere) = mpsc::channel(8);
        let watches = (house.watch(ROOM).unwrap(), house.watch(OTHER).unwrap());
        house.sit(ROOM, (GUEST, page(1)), (&frames, "hello".into()), now).unwrap();
        house.sit(OTHER, (HOST, page(2)), (&others, "hello".into()), now).unwrap();
        let chat = |line| Signal { line, to: None, kind: SignalKind::Chat, text: "Καλημέρα".into() };
        assert_eq!(house.pass_on(OTHER, HOST, &chat(page(2)), now), Ok(()));
        assert_eq!(
            house.pass_on(ROOM, HOST, &chat(page(2)), now),
            Err(SignalRefusal::NoSeat),
            "another booking's pass"
        );
        let (host, mut of_host) = mpsc::channel(8);
        let serial = house.sit(ROOM, (HOST, page(3)), (&host, "hello".into()), now).unwrap();
        assert_eq!(house.pass_on(ROOM, HOST, &chat(page(3)), now), Ok(()));
        let said: Vec<String> = std::iter::from_fn(|| read.try_recv().ok()).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said[3].starts_with("event: signal\n") && said[3].contains("Καλημέρα"));
        let own: Vec<String> = std::iter::from_fn(|| of_host.try_recv().ok()).collect();
        assert!(own.iter().all(|frame| !frame.starts_with("event: signal")), "not to oneself: {own:?}");
        let far: Vec<String> = std::iter::from_fn(|| elsewhere.try_recv().ok()).collect();
        assert!(far.iter().all(|frame| !frame.contains("Καλημέρα")), "{far:?}");
        // A reload takes the seat, and the line before has it no more.
        let (again, _of_again) = mpsc::channel(8);
        house.sit(ROOM, (HOST, page(4)), (&again, "hello".into()), now).unwrap();
        assert!(!house.has(ROOM, HOST, serial));
        house.drop_line(ROOM, HOST, serial, now);
        assert_eq!(house.present(ROOM), 2);
        drop(watches);
        assert!(house.rooms().is_empty());
    }

    #[test]
    fn omb_20_before_a_room_stand_so_many_pages_and_no_more() {
        let house = CallHouse::default();
        let open: Vec<RoomWatch> = (0..20).filter_map(|_| house.watch(ROOM)).collect();
        assert_eq!(open.len(), PAGES_MAX);
        assert!(house.watch(OTHER).is_some());
        drop(open);
        assert!(house.watch(ROOM).is_some());
    }
}
