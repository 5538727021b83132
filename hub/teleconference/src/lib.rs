//! The rooms of bookings by teleconference and of conferences (OMB-07, OMB-20, PRE-08): who may come in and when, the line to each seat, what is passed
//! on between seats, and what a clerk does about a room. The rules themselves are in `rooms`.

mod change;
mod conference;
mod exchange;
mod line;
mod live;
mod standing;
mod told;

pub use change::{CallChange, CallParty, CallStep, run as change};
pub use exchange::{CallExchange, ExchangeParts};
pub use line::CallLine;
pub use live::CallHouse;
pub use rooms::{RoomAddress, RoomEnd, RoomProvider};
pub use standing::{CallDoors, CallStanding};
