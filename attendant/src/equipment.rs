//! What hangs on this kiosk, and what is wrong with it.

use std::{collections::BTreeSet, time::Duration};

use crossbeam_channel::Receiver;
use firmware_config::{Confirm, PrinterProfile};
use peripherals::{
    KeyboardFramer, PrintOutcome, PrinterEvent, PrinterFault, PrinterHandle, PrinterState, Scan, ScanEvent,
};
use walk::WalkInput;
use wire::DeviceFault;

/// What hangs on the kiosk.
#[derive(Default)]
pub struct Peripherals {
    /// The printer and its model.
    pub printer: Option<(PrinterHandle, PrinterProfile)>,
    /// The scanner on a serial line.
    pub scanner: Option<Receiver<ScanEvent>>,
    /// The scanner that types.
    pub keyboard: Option<KeyboardFramer>,
    printer_fault: Option<DeviceFault>,
    scanner_fault: Option<DeviceFault>,
    ticket_fault: Option<DeviceFault>,
}

impl Peripherals {
    /// A printer with its model, and a scanner on a serial line.
    #[must_use]
    pub fn on_lines(printer: (PrinterHandle, PrinterProfile), scanner: Receiver<ScanEvent>) -> Self {
        Self { printer: Some(printer), scanner: Some(scanner), ..Self::default() }
    }

    /// Reads printer and scanner; true when their faults have changed.
    pub(crate) fn read(&mut self, inputs: &mut Vec<WalkInput>) -> bool {
        let before = self.faults();
        if let Some((printer, profile)) = &self.printer {
            for event in printer.events().try_iter() {
                match event {
                    PrinterEvent::State(state) => self.printer_fault = fault_of(state),
                    PrinterEvent::Job { id, outcome } => {
                        let seen = seen(id, outcome, profile);
                        let is_doubtful = outcome == PrintOutcome::Unconfirmed && seen == WalkInput::NotPrinted(id);
                        self.ticket_fault = is_doubtful.then_some(DeviceFault::TicketUnconfirmed);
                        inputs.push(seen);
                    }
                }
            }
        }
        for event in self.scanner.iter().flat_map(Receiver::try_iter) {
            match event {
                ScanEvent::Code(code) => inputs.push(WalkInput::Scanned(code)),
                // What is no code is asked about all the same, so that whoever scanned it is told.
                ScanEvent::Unreadable => inputs.push(WalkInput::Scanned(String::new())),
                ScanEvent::Plugged => self.scanner_fault = None,
                ScanEvent::Unplugged => self.scanner_fault = Some(DeviceFault::ScannerOffline),
            }
        }
        before != self.faults()
    }

    /// Codes from a scanner that types.
    pub(crate) fn take_typed(&mut self, typed: &[char], now: Duration) -> Vec<WalkInput> {
        let Some(framer) = &mut self.keyboard else { return Vec::new() };
        let mut scans: Vec<Scan> = typed.iter().filter_map(|key| framer.key(*key, now)).collect();
        scans.extend(framer.silence(now));
        let code = |scan| match scan {
            Scan::Code(code) => code,
            Scan::Unreadable => String::new(),
        };
        scans.into_iter().map(|scan| WalkInput::Scanned(code(scan))).collect()
    }

    /// What is wrong with them now.
    pub(crate) fn faults(&self) -> BTreeSet<DeviceFault> {
        [self.printer_fault, self.scanner_fault, self.ticket_fault].into_iter().flatten().collect()
    }
}

/// What the citizen is told of a ticket. A printer that can say that it has printed, and did not say so, has not: the number
/// stays on the screen. Of one that never says anything, "sent" is all that can be known.
fn seen(id: u64, outcome: PrintOutcome, profile: &PrinterProfile) -> WalkInput {
    match (outcome, profile.confirm) {
        (PrintOutcome::Printed(_), _) | (PrintOutcome::Unconfirmed, Confirm::None) => WalkInput::Printed(id),
        (PrintOutcome::Failed(_), _)
        | (PrintOutcome::Unconfirmed, Confirm::GsParenH | Confirm::GsR | Confirm::StatusOnly) => {
            WalkInput::NotPrinted(id)
        }
    }
}

/// What a printer's state means for staff.
const fn fault_of(state: PrinterState) -> Option<DeviceFault> {
    match state {
        PrinterState::Starting | PrinterState::Ready { paper_low: false } => None,
        PrinterState::Ready { paper_low: true } => Some(DeviceFault::PrinterPaperLow),
        PrinterState::Fault(PrinterFault::PaperOut) => Some(DeviceFault::PrinterPaperOut),
        PrinterState::Fault(PrinterFault::CoverOpen) => Some(DeviceFault::PrinterCoverOpen),
        PrinterState::Fault(PrinterFault::Cutter) => Some(DeviceFault::PrinterCutter),
        PrinterState::Fault(PrinterFault::Hot) => Some(DeviceFault::PrinterHot),
        PrinterState::Fault(
            PrinterFault::Offline | PrinterFault::NoAnswer | PrinterFault::Unplugged | PrinterFault::Error,
        ) => Some(DeviceFault::PrinterOffline),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use peripherals::Evidence;

    #[test]
    fn new_04_what_a_printer_did_not_confirm_is_not_printed() {
        let profile = |id: &str| firmware_config::printer(id).unwrap();
        for (model, outcome, is_printed) in [
            ("epson-tm-t20iii", PrintOutcome::Printed(Evidence::ProcessId), true),
            ("epson-tm-t20iii", PrintOutcome::Unconfirmed, false),
            ("generic-drawn", PrintOutcome::Unconfirmed, false),
            ("generic-cp737", PrintOutcome::Unconfirmed, false),
            ("generic-58mm", PrintOutcome::Unconfirmed, true),
            ("generic-58mm", PrintOutcome::Failed(PrinterFault::Unplugged), false),
        ] {
            let expected = if is_printed { WalkInput::Printed(3) } else { WalkInput::NotPrinted(3) };
            assert_eq!(seen(3, outcome, &profile(model)), expected, "{model}, {outcome:?}");
        }
    }
}
