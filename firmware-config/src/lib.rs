//! What the machines of an office need: typed profiles of printers, scanners and screens, a site's description, and the files
//! rendered from it.
//!
//! Stands for CARD-08 and NEW-09.

pub mod arguments;
pub mod catalogue;
mod check;
pub mod doctor;
pub mod file;
mod nearest;
mod places;
pub mod printer;
pub mod render;
pub mod scanner;
pub mod screen;
pub mod site;
mod site_check;
pub mod words;

pub use catalogue::{UnknownProfile, printer, printers, scanners, screens};
pub use file::{ConfigFile, FileFault};
pub use printer::{
    Clear, CodePage, CodePageSlot, Confirm, Cut, Flow, Parity, PrinterProfile, PrinterStatus, Raster, Serial,
};
