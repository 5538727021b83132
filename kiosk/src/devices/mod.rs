//! What hangs on a kiosk: printer and scanner, each on a thread of its own behind channels, so that a frame never waits.

pub mod line;
pub mod printer;
pub mod printer_core;
pub mod printer_replies;
pub mod scanner;
pub mod scanner_framer;
