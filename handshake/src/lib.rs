//! How a hub and a device come to know each other, and know each other again.
//!
//! At pairing both draw a number. The device binds itself to its own before it sees the hub's, the hub gives its own before it
//! sees the device's, and both screens then show three words that follow from both numbers, the hub's key and its CA. Whoever
//! stands between has to choose its numbers before it can know which words they make, so that there is nothing to try out:
//! one attempt in 2^33 passes. Later, at each start, the hub signs a number that the device has just drawn. Both sides of the
//! house compute the same here; neither clock, nor line, nor randomness is touched.

mod code_mark;
mod digest;
mod greeting;
mod identity;
mod pairing;
mod words;

pub use code_mark::{code_mark, is_code_mark};
pub use greeting::{Salutation, device_mark};
pub use identity::HubIdentity;
pub use pairing::{PairingTranscript, commitment};
pub use words::{NoThreeWords, ThreeWords};
