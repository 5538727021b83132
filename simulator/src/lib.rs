//! Plays random offices and days against the rules, checks their promises after every step, and compares ways of
//! calling people.

pub mod laws;
pub mod names;
pub mod people;
pub mod play;
pub mod policy;
pub mod tally;
pub mod town;
pub mod waits;
pub mod world;
