//! What devices say aloud: numbers, times and codes in words, and the door to a program that speaks.
//!
//! The words are pure and the same for kiosk and board. [`Speaker`] has a program speak, [`spoken`] has it write down what it
//! would say.

mod call;
mod clip;
mod code;
mod letters;
mod loudness;
mod numbers;
mod program;
mod reading;
mod speaker;
mod times;

pub use call::{CallWords, call};
pub use clip::{NoClip, SpokenClip, spoken};
pub use code::{in_letters, ticket_number};
pub use letters::letter;
pub use loudness::{Loudness, Tempo};
pub use numbers::{Gender, number};
pub use program::{Mouth, Utterance};
pub use reading::read_aloud;
pub use speaker::Speaker;
pub use times::time_of_day;
