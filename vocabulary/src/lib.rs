//! The few nouns that the rules and the wire both say, so that nobody translates one into the other.
//!
//! `office` and `wire` stay strangers to each other: what stands here means the same to both, and knows neither.

pub mod civil;
mod identity;
mod language;
mod late_choice;
mod needs;
mod numbered;
mod pictogram;
mod repeated;
pub mod strict;
mod unseen;
mod words;

pub use civil::{CivilDate, CivilInstant, CivilMoment, CivilTime, NoCivilTime};
pub use identity::{Assurance, Level};
pub use language::Language;
pub use late_choice::LateChoice;
pub use needs::Needs;
pub use pictogram::Pictogram;
pub use repeated::RepeatedHour;
pub use unseen::is_unseen;
pub use words::Words;
