//! How a print job ends: what speaks for the ticket, or what kept the printer from it.

use serde::{Deserialize, Serialize};

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintOutcome {
    /// The ticket is in the printer's mouth.
    Printed(Evidence),
    /// All was sent and nothing speaks against it; nothing says so either.
    Unconfirmed,
    /// It is not, or not whole.
    Failed(PrinterFault),
}

/// By what a ticket is believed to be printed, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The printer said so of this ticket.
    ProcessId,
    /// The printer answered a question that stood behind the ticket.
    InOrder,
    /// The printer was well before and after.
    CleanStatus,
}

/// Why a printer does not print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterFault {
    /// The roll is at its end.
    PaperOut,
    /// Somebody left the cover open.
    CoverOpen,
    /// It says that it is offline, and not why.
    Offline,
    /// It says nothing: switched off, or the cable is wrong.
    NoAnswer,
    /// The line itself is gone.
    Unplugged,
    /// Paper is in the cutter.
    Cutter,
    /// The head is too hot; the printer goes on by itself.
    Hot,
    /// Something else is in trouble, and it says not what.
    Error,
}
