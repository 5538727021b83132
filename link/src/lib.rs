//! A device's link to its hub: pairing, the feed, commands and the hub's clock, on threads behind channels, so that no
//! frame ever waits.
//!
//! It knows no engine and no rule of an office: kiosk and display hang on it, and its tests play the hub.

mod back_off;
mod clock;
mod commands;
mod config;
mod ends;
mod feed;
mod greeting;
mod lines;
mod news;
mod pairing;
mod sse;
mod token;
mod wake;

pub use clock::{HubClock, machine_now};
pub use commands::{CommandReply, DeviceCommand, NoAnswer, Urgency};
pub use config::LinkConfig;
pub use ends::{FarEnd, HubLink};
pub use handshake::ThreeWords;
pub use news::{Estrangement, LinkState, News};
pub use token::{Credentials, HubPin, TokenFile, forget_hub};
pub use wake::Wake;
