//! Rooms in which up to three people see and hear each other (PRE-08, OMB-20), as pure rules: when a room is open and for
//! whom, who sits where, what they may send to each other, with which servers' help their browsers connect, and who holds
//! a room instead.
//!
//! A room is named by an opaque id, and knows of nobody more than a pass: whose it is, its owner knows (a booking, a
//! conference). The clock and whatever is drawn at random come in as arguments.

mod allowance;
mod door;
mod ice;
mod jitsi;
mod pass;
mod provider;
mod room_address;
mod seats;
mod signal;
mod signing;

pub use allowance::SeatAllowance;
pub use door::{
    BY_TELEPHONE, HOSTS_EARLIER_MINUTES, KEPT_OPEN_MINUTES, RoomDoor, RoomEnd, RoomHours, RoomState, is_by_telephone,
};
pub use ice::{IceConfig, IceServer};
pub use jitsi::{JitsiEntry, JitsiFlaw, JitsiKey, JitsiServer};
pub use pass::{LineId, RoomId, RoomPass, RoomRole, SeatNumber};
pub use provider::RoomProvider;
pub use room_address::RoomAddress;
pub use seats::{SEAT_KEPT_SECONDS, SEATS_MAX, SeatCommand, SeatEvent, SeatRefusal, Seats, TakenSeat};
pub use signal::{Signal, SignalKind, SignalRefusal, receivers};
