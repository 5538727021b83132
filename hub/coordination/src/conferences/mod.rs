//! Conferences (PRE-06 to PRE-09): planned, changed, cancelled, joined by personal links, counted. One file, one use case.

pub mod change;
mod figures;
pub mod guest;
mod house;
pub mod invite;
pub mod list;
mod mails;
pub mod maintenance;
pub mod manage;
pub mod meeting;
mod meeting_view;
mod minutes;
pub mod plan;
mod refusal;
pub mod secretary;
mod step;
mod typed;
pub mod view;
pub mod year;

pub use house::{ConferenceHouse, ConferenceRoom};
pub use minutes::{post_sentence, seat_said};
pub use refusal::ConferenceFlaw;
pub use typed::{AddressLine, ConferenceTexts};

/// A coordinator has so many conferences ahead, at most.
pub const AHEAD_MAX: u32 = 200;
/// So many addresses are read of one form.
pub const ADDRESSES_MAX: usize = 500;
/// A title has so many characters at most.
pub const TITLE_MAX: usize = 300;
/// A description has so many: both languages fit into one form with a list of addresses, as browsers send them.
pub const DESCRIPTION_MAX: usize = 3_000;
/// An address of a conference has so many.
pub const URL_MAX: usize = 2_000;
/// A name has so many.
pub const NAME_MAX: usize = 150;
