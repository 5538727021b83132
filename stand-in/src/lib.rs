//! What a kiosk does by itself while its hub is away: it gives numbers that were leased to it, takes check-ins by what the hub
//! had sent before, and hands everything in when the hub is back, once each (PROM-07).
//!
//! It is pure: time and drawn ids come in. What it decides is a [`StandInRecord`]; whoever carries it puts that on the disk
//! first, then lets it [`StandIn::apply`] it, and only then prints. It holds no rule of an office: it compares times and marks
//! that came from the hub.

mod codes;
mod larder;
mod numbers;
mod record;
mod stand_in;

pub use larder::Larder;
pub use record::StandInRecord;
pub use stand_in::{LocalAnswer, StandIn, problem};
