//! What a device says of itself: every fault that it has now (PROM-11).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What can be wrong with a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceFault {
    /// No paper.
    PrinterPaperOut,
    /// Little paper.
    PrinterPaperLow,
    /// The cover is open.
    PrinterCoverOpen,
    /// The printer does not answer.
    PrinterOffline,
    /// The scanner does not answer.
    ScannerOffline,
    /// No sound.
    SoundFailed,
    /// Something else.
    Other,
}

/// Every fault that a device has now; the newest report replaces the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FaultReport {
    /// The faults; none when all is well.
    pub faults: BTreeSet<DeviceFault>,
}
