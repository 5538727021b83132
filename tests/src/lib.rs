//! The stage of the stories: starts the real programs, and does to them what a person or a device would do.
//!
//! It links none of our crates but `wire`. Whoever is on it waits for a condition with a deadline, in [`wait`] alone.

pub mod authenticator;
pub mod booking;
pub mod browser;
pub mod calendar;
pub mod call;
pub mod cut_line;
pub mod device;
pub mod ear;
pub mod feed;
pub mod grants;
pub mod heard;
pub mod hostile;
pub mod house;
pub mod http;
pub mod hub;
pub mod kannel;
pub mod line;
pub mod lookalike;
pub mod mail;
pub mod members;
pub mod moody_mail;
pub mod papers;
pub mod picture;
pub mod printed;
pub mod printer;
pub mod process;
pub mod questions;
pub mod returned;
pub mod scanner;
pub mod screen;
pub mod sms_gateway;
pub mod sound;
pub mod staff;
mod view;
pub mod wait;
