//! What the machines of an office need: typed profiles of printers, scanners and screens, and the files rendered from them.
//!
//! Stands for CARD-08.

pub mod catalogue;
mod check;
pub mod file;
pub mod machine;
mod nearest;
pub mod printer;
pub mod render;
pub mod scanner;
pub mod screen;

pub use catalogue::{UnknownProfile, printer, printers, scanners, screens};
pub use file::{ConfigFile, FileFault};
pub use printer::{
    Clear, CodePage, CodePageSlot, Confirm, Cut, Flow, Parity, PrinterProfile, PrinterStatus, Raster, Serial,
};
