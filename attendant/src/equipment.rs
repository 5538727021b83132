//! What hangs on this kiosk, and what is wrong with it.

use std::{collections::BTreeSet, time::Duration};

use crossbeam_channel::Receiver;
use firmware_config::PrinterProfile;
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
}

impl Peripherals {
    /// A printer with its model, and a scanner on a serial line.
    #[must_use]
    pub fn on_lines(printer: (PrinterHandle, PrinterProfile), scanner: Receiver<ScanEvent>) -> Self {
        Self { printer: Some(printer), scanner: Some(scanner), ..Self::default() }
    }

    /// Reads printer and scanner; true when their faults have changed.
    pub(crate) fn read(&mut self, inputs: &mut Vec<WalkInput>) -> bool {
        let before = (self.printer_fault, self.scanner_fault);
        if let Some((printer, _)) = &self.printer {
            for event in printer.events().try_iter() {
                match event {
                    PrinterEvent::State(state) => self.printer_fault = fault_of(state),
                    PrinterEvent::Job { id, outcome: PrintOutcome::Printed(_) | PrintOutcome::Unconfirmed } => {
                        inputs.push(WalkInput::Printed(id));
                    }
                    PrinterEvent::Job { id, outcome: PrintOutcome::Failed(_) } => {
                        inputs.push(WalkInput::NotPrinted(id))
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
        before != (self.printer_fault, self.scanner_fault)
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
        [self.printer_fault, self.scanner_fault].into_iter().flatten().collect()
    }
}

/// What a printer's state means for staff.
const fn fault_of(state: PrinterState) -> Option<DeviceFault> {
    match state {
        PrinterState::Starting | PrinterState::Ready { paper_low: false } => None,
        PrinterState::Ready { paper_low: true } => Some(DeviceFault::PrinterPaperLow),
        PrinterState::Fault(PrinterFault::PaperOut) => Some(DeviceFault::PrinterPaperOut),
        PrinterState::Fault(PrinterFault::CoverOpen) => Some(DeviceFault::PrinterCoverOpen),
        PrinterState::Fault(
            PrinterFault::Offline | PrinterFault::NoAnswer | PrinterFault::Unplugged | PrinterFault::Error,
        ) => Some(DeviceFault::PrinterOffline),
    }
}
