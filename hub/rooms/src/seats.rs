//! Who sits in a room: three at most, one seat a pass. A reload or a line that dropped takes the same seat again, for which it
//! is kept a while; only then may somebody else have it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::pass::{LineId, RoomPass, SeatNumber};

/// So many sit in a room: each is connected with each, which more would be too much for.
pub const SEATS_MAX: u8 = 3;
/// A seat whose line dropped is kept for so long.
pub const SEAT_KEPT_SECONDS: i64 = 60;

/// Who has a seat, and how their line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenSeat {
    /// By whom.
    pub pass: RoomPass,
    /// By which page of theirs.
    pub line: LineId,
    /// Since when the line is gone, if it is.
    pub dropped_at: Option<DateTime<Utc>>,
}

impl TakenSeat {
    /// Whether it is kept for who had it.
    fn is_kept(&self, now: DateTime<Utc>) -> bool {
        self.dropped_at.is_none_or(|at| now - at < TimeDelta::seconds(SEAT_KEPT_SECONDS))
    }
}

/// The seats that are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seats(BTreeMap<SeatNumber, TakenSeat>);

/// What can be asked about seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatCommand {
    /// Somebody whose door is open comes in, with a page.
    Sit(RoomPass, LineId),
    /// The line of a page is gone.
    Drop(LineId),
    /// Somebody goes, or is shown out.
    Leave(RoomPass),
}

/// What can happen to seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatEvent {
    /// A seat is taken, or taken again by another page of the same pass.
    Taken {
        /// Its number at the table.
        seat: SeatNumber,
        /// By whom.
        pass: RoomPass,
        /// With which page.
        line: LineId,
    },
    /// Its line is gone.
    Dropped {
        /// Its number at the table.
        seat: SeatNumber,
        /// The moment at which it was seen to be gone.
        at: DateTime<Utc>,
    },
    /// It is free.
    Freed(SeatNumber),
}

/// Why nobody sat down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SeatRefusal {
    /// Every seat is taken.
    #[error("every seat is taken")]
    Full,
}

impl Seats {
    /// Every seat that is taken, by number.
    pub fn taken(&self) -> impl Iterator<Item = (SeatNumber, &TakenSeat)> {
        self.0.iter().map(|(number, seat)| (*number, seat))
    }

    /// The seat of a pass.
    pub fn of(&self, pass: RoomPass) -> Option<(SeatNumber, &TakenSeat)> {
        self.taken().find(|(_, seat)| seat.pass == pass)
    }

    /// The seat with this number, if somebody has it whose line is there.
    pub fn present(&self, number: SeatNumber) -> Option<&TakenSeat> {
        self.0.get(&number).filter(|seat| seat.dropped_at.is_none())
    }

    /// What follows from a command.
    ///
    /// # Errors
    /// [`SeatRefusal::Full`]; nothing has changed then.
    pub fn decide(&self, command: SeatCommand, now: DateTime<Utc>) -> Result<Vec<SeatEvent>, SeatRefusal> {
        match command {
            SeatCommand::Sit(pass, line) => self.sit(pass, line, now),
            SeatCommand::Drop(line) => {
                let dropped = self.taken().find(|(_, seat)| seat.line == line && seat.dropped_at.is_none());
                Ok(dropped.map(|(seat, _)| SeatEvent::Dropped { seat, at: now }).into_iter().collect())
            }
            SeatCommand::Leave(pass) => Ok(self.of(pass).map(|(seat, _)| SeatEvent::Freed(seat)).into_iter().collect()),
        }
    }

    fn sit(&self, pass: RoomPass, line: LineId, now: DateTime<Utc>) -> Result<Vec<SeatEvent>, SeatRefusal> {
        if let Some((seat, _)) = self.of(pass) {
            return Ok(vec![SeatEvent::Taken { seat, pass, line }]);
        }
        let free = (0..SEATS_MAX).map(SeatNumber).find(|number| !self.0.contains_key(number));
        if let Some(seat) = free {
            return Ok(vec![SeatEvent::Taken { seat, pass, line }]);
        }
        let (seat, _) = self.taken().find(|(_, seat)| !seat.is_kept(now)).ok_or(SeatRefusal::Full)?;
        Ok(vec![SeatEvent::Freed(seat), SeatEvent::Taken { seat, pass, line }])
    }

    /// What has happened.
    pub fn apply(&mut self, event: SeatEvent) {
        match event {
            SeatEvent::Taken { seat, pass, line } => {
                self.0.insert(seat, TakenSeat { pass, line, dropped_at: None });
            }
            SeatEvent::Dropped { seat, at } => {
                self.0.entry(seat).and_modify(|seat| seat.dropped_at = Some(at));
            }
            SeatEvent::Freed(seat) => {
                self.0.remove(&seat);
            }
        }
    }
}
