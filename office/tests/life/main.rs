//! The life of bookings, visits, desks and days: every rule told as a story, and properties over random days.

#![expect(clippy::unwrap_used, reason = "tests: an absence is a failure")]

#[path = "../script/mod.rs"]
mod script;

mod arrivals;
mod away;
mod bookings;
mod calls;
mod configuration;
mod day;
mod desks;
mod golden;
mod learning;
mod mailing;
mod night;
mod properties;
mod serving;
mod time;
