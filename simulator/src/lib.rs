//! Plays random offices and days against the rules, checks their promises after every step, and compares ways of
//! calling people.

#[path = "../../office/tests/brute_force/mod.rs"]
#[expect(clippy::unwrap_used, reason = "the judge of the rules' own tests, where a panic is a failure")]
mod brute_force;
pub mod laws;
pub mod names;
pub mod people;
pub mod play;
pub mod policy;
pub mod several_desks;
pub mod tally;
pub mod town;
pub mod waits;
pub mod world;
