//! A ticket printer made of software: it understands ESC/POS as a printer does, answers, and draws its paper. Written from
//! the makers' byte tables; it shares no code with the encoder, so that the two judge each other.

mod command;
mod letters;
mod model;
mod play;
mod printer;
mod sheet;
mod status;

pub use model::{LetterPage, Model};
pub use play::{Control, Play, PlaySettings, log};
pub use printer::{CutTicket, PlayedPrinter};
pub use status::Handling;
