//! What is told to a page before a room, as events of its line: how the door stands, who sits where, and what others send.

use chrono::{DateTime, Utc};
use rooms::{IceServer, LineId, RoomEnd, RoomRole, SeatNumber, Seats, SignalKind};
use serde::Serialize;

/// How the door stands.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum DoorTold<'a> {
    /// It opens by itself.
    Waiting {
        /// The page counts down to this moment.
        opens: DateTime<Utc>,
    },
    /// It is open, and who is told so sits in it.
    Open {
        /// Until then.
        until: DateTime<Utc>,
        /// It was promised until then: the page says when that is near.
        ends: DateTime<Utc>,
        /// With which servers' help browsers connect.
        ice: Vec<IceServer>,
        /// Everything goes through them.
        relay: bool,
    },
    /// It is open, and somebody else holds the room.
    Led {
        /// The address of whoever holds the room, for a browser to be led to.
        to: &'a str,
        /// It was promised until then.
        ends: DateTime<Utc>,
    },
    /// It is open, and shown within the page, by a server that lets in who has its token.
    Within {
        /// The address, with the token.
        to: &'a str,
        /// It was promised until then.
        ends: DateTime<Utc>,
    },
    /// It is open for who came through the waiting page, and they did not: the page leads there.
    Outside,
    /// Every seat is taken.
    Full,
    /// It leads nowhere.
    Over {
        /// The page says so in words.
        why: RoomEnd,
    },
    /// Another page of the same pass has the seat.
    Elsewhere,
}

/// Who sits where.
#[derive(Debug, Serialize)]
pub struct SeatsTold {
    own: SeatNumber,
    seats: Vec<SeatTold>,
}

#[derive(Debug, Serialize)]
struct SeatTold {
    seat: SeatNumber,
    role: RoomRole,
    line: LineId,
    here: bool,
}

impl SeatsTold {
    /// As who sits there is told.
    pub fn to(own: SeatNumber, seats: &Seats) -> Self {
        let told = |(seat, taken): (SeatNumber, &rooms::TakenSeat)| SeatTold {
            seat,
            role: taken.pass.role,
            line: taken.line,
            here: taken.dropped_at.is_none(),
        };
        Self { own, seats: seats.taken().map(told).collect() }
    }
}

/// What another seat sends.
#[derive(Debug, Serialize)]
pub struct SignalTold<'a> {
    /// The seat of who sends it.
    pub from: SeatNumber,
    /// From which page.
    pub line: LineId,
    /// Whether it is about the line between two browsers, or words of the chat.
    pub kind: SignalKind,
    /// What it says.
    pub text: &'a str,
}

/// An event as it is sent.
pub fn frame(name: &str, told: &impl Serialize) -> String {
    let json = serde_json::to_string(told).unwrap_or_else(|_| "null".to_owned());
    format!("event: {name}\ndata: {json}\n\n")
}
