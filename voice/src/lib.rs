//! What devices say aloud: numbers, times and codes in words, and the door to a program that speaks.
//!
//! The words are pure and the same for kiosk and board; [`Speaker`] alone starts anything.

mod call;
mod code;
mod letters;
mod loudness;
mod numbers;
mod reading;
mod speaker;
mod times;

pub use call::{CallWords, call};
pub use code::{in_letters, ticket_number};
pub use letters::letter;
pub use loudness::{Loudness, Tempo};
pub use numbers::{Gender, number};
pub use reading::read_aloud;
pub use speaker::{Mouth, Speaker, Utterance};
pub use times::time_of_day;
