//! What the kiosk tells its hub about its own devices, so that staff see it (PROM-11).

use serde::Serialize;

use crate::devices::printer::{Cause, PrinterState};

/// The path of the report, behind `/api/v1/`.
pub const REPORT_PATH: &str = "devices/self/faults";

/// Something that staff must mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The roll is at its end.
    PrinterPaperOut,
    /// The roll is near its end.
    PrinterPaperLow,
    /// The cover is open.
    PrinterCoverOpen,
    /// The printer does not answer, or cannot print.
    PrinterOffline,
    /// The scanner does not answer.
    ScannerOffline,
}

/// Every fault there is now; it replaces the report before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The faults; none when all is well.
    pub faults: Vec<Fault>,
}

impl Fault {
    /// What a printer's state means for staff.
    #[must_use]
    pub const fn of_printer(state: PrinterState) -> Option<Self> {
        match state {
            PrinterState::Starting | PrinterState::Ready { paper_low: false } => None,
            PrinterState::Ready { paper_low: true } => Some(Self::PrinterPaperLow),
            PrinterState::Fault(Cause::PaperOut) => Some(Self::PrinterPaperOut),
            PrinterState::Fault(Cause::CoverOpen) => Some(Self::PrinterCoverOpen),
            PrinterState::Fault(Cause::Offline | Cause::NoAnswer | Cause::Unplugged | Cause::Error) => {
                Some(Self::PrinterOffline)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_11_a_report_reads_as_the_hub_takes_it() {
        let report = Report { faults: vec![Fault::PrinterPaperOut, Fault::ScannerOffline] };
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(json, r#"{"faults":["printer-paper-out","scanner-offline"]}"#);
    }
}
