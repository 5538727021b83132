//! What a device tells its hub about itself, so that staff see it and mend it (PROM-11).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Something that staff must mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceFault {
    /// The roll is at its end.
    PrinterPaperOut,
    /// The roll is near its end.
    PrinterPaperLow,
    /// Somebody left the printer's cover open.
    PrinterCoverOpen,
    /// The printer does not answer, or cannot print.
    PrinterOffline,
    /// Paper is in the printer's cutter.
    PrinterCutter,
    /// The printer's head is too hot; it goes on by itself.
    PrinterHot,
    /// The printer did not say that the last ticket came out.
    TicketUnconfirmed,
    /// The scanner does not answer.
    ScannerOffline,
    /// No sound can be made.
    SoundFailed,
    /// A board chimes, and does not say who is called.
    VoiceFailed,
    /// The kiosk cannot write its own journal: without the hub it would give no numbers.
    JournalFailed,
    /// Another hub answered at its hub's address.
    FalseHub,
    /// Something else.
    Other,
}

/// `POST /api/v1/devices/self/faults`: every fault that a device has now; the newest report replaces the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FaultReport {
    /// The faults; none when all is well.
    pub faults: BTreeSet<DeviceFault>,
}
