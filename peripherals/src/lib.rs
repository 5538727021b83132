//! What hangs on a kiosk: printer and scanner, each on a thread of its own behind channels, so that a frame never waits.
//!
//! What a printer is asked and believed is a pure machine ([`printer_core`]), and so is what makes codes of a scanner's
//! bytes ([`scanner_framer`]); the threads carry bytes and time between them and a serial line.

pub mod job_ledger;
mod key_table;
pub mod keypad;
mod line;
pub mod print_outcome;
pub mod printer;
pub mod printer_core;
mod printer_replies;
pub mod scanner;
pub mod scanner_framer;

pub use job_ledger::{JobLedger, JobRecord, JobStage};
pub use keypad::KeypadEvent;
pub use print_outcome::{Evidence, PrintOutcome, PrinterFault};
pub use printer::PrinterHandle;
pub use printer_core::{PrintJob, PrinterEvent, PrinterState};
pub use scanner::{ScanEvent, ScannerKind};
pub use scanner_framer::{KeyboardFramer, Scan};
