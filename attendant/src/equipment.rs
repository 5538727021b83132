//! What hangs on this kiosk, and what is wrong with it.

use std::{collections::BTreeSet, time::Duration};

use crossbeam_channel::{Receiver, Sender, unbounded};
use firmware_config::{Confirm, PrinterProfile};
use peripherals::{
    KeyboardFramer, KeypadEvent, PrintOutcome, PrinterEvent, PrinterFault, PrinterHandle, PrinterState, Scan, ScanEvent,
};
use walk::{KeypadKey, WalkInput};
use wire::DeviceFault;

use crate::paper_roll::PaperRoll;

/// What hangs on the kiosk.
#[derive(Default)]
pub struct Peripherals {
    /// The printer and its model.
    pub printer: Option<(PrinterHandle, PrinterProfile)>,
    /// What is left of its roll.
    pub paper: Option<PaperRoll>,
    /// The scanner on a serial line.
    pub scanner: Option<Receiver<ScanEvent>>,
    /// The scanner that types.
    pub keyboard: Option<KeyboardFramer>,
    /// The keypad on a serial line.
    pub keypad: Option<Receiver<KeypadEvent>>,
    sound: SoundFaults,
    printer_fault: Option<DeviceFault>,
    scanner_fault: Option<DeviceFault>,
    ticket_fault: Option<DeviceFault>,
    keypad_fault: Option<DeviceFault>,
}

/// Which of the two that sound cannot be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SoundMaker {
    Voice,
    Notes,
}

/// Whether those that sound can be heard, as they say themselves.
pub(crate) struct SoundFaults {
    tell: Sender<(SoundMaker, bool)>,
    told: Receiver<(SoundMaker, bool)>,
    voice: bool,
    notes: bool,
}

impl Default for SoundFaults {
    fn default() -> Self {
        let (tell, told) = unbounded();
        Self { tell, told, voice: false, notes: false }
    }
}

impl Peripherals {
    /// A printer with its model, and a scanner on a serial line.
    #[must_use]
    pub fn on_lines(printer: (PrinterHandle, PrinterProfile), scanner: Receiver<ScanEvent>) -> Self {
        Self { printer: Some(printer), scanner: Some(scanner), ..Self::default() }
    }

    /// Hears from the voice whether it can speak.
    pub fn note_voice(&mut self) -> impl Fn(bool) + Send + use<> {
        self.note(SoundMaker::Voice)
    }

    /// Hears from the notes whether they can sound.
    pub fn note_sound(&mut self) -> impl Fn(bool) + Send + use<> {
        self.note(SoundMaker::Notes)
    }

    fn note(&mut self, maker: SoundMaker) -> impl Fn(bool) + Send + use<> {
        let tell = self.sound.tell.clone();
        move |failed| {
            // The attendant lives as long as those that sound.
            tell.send((maker, failed)).ok();
        }
    }

    /// What the voice and the notes tell about themselves.
    pub(crate) fn sound_news(&self) -> Receiver<(SoundMaker, bool)> {
        self.sound.told.clone()
    }

    /// Keys of a keypad on a serial line; what its jack tells goes to the walk.
    fn take_keypad(&mut self, inputs: &mut Vec<WalkInput>, keys: &mut Vec<KeypadKey>) {
        for event in self.keypad.iter().flat_map(Receiver::try_iter) {
            match event {
                KeypadEvent::Up => keys.push(KeypadKey::Up),
                KeypadEvent::Down => keys.push(KeypadKey::Down),
                KeypadEvent::Choose => keys.push(KeypadKey::Choose),
                KeypadEvent::Back => keys.push(KeypadKey::Back),
                KeypadEvent::Repeat => keys.push(KeypadKey::Repeat),
                KeypadEvent::Volume => keys.push(KeypadKey::Volume),
                KeypadEvent::HeadsetIn => inputs.push(WalkInput::Headset(true)),
                KeypadEvent::HeadsetOut => inputs.push(WalkInput::Headset(false)),
                KeypadEvent::Plugged => self.keypad_fault = None,
                KeypadEvent::Unplugged => self.keypad_fault = Some(DeviceFault::Other),
            }
        }
    }

    /// Reads printer, scanner, keypad and what sounds tell; true when their faults have changed.
    pub(crate) fn read(&mut self, inputs: &mut Vec<WalkInput>, keys: &mut Vec<KeypadKey>) -> bool {
        let before = self.faults();
        for (maker, failed) in self.sound.told.try_iter() {
            match maker {
                SoundMaker::Voice => self.sound.voice = failed,
                SoundMaker::Notes => self.sound.notes = failed,
            }
        }
        if let Some((printer, profile)) = &self.printer {
            for event in printer.events().try_iter() {
                match event {
                    PrinterEvent::State(state) => {
                        self.printer_fault = fault_of(state);
                        if let Some(paper) = &mut self.paper {
                            paper.see(state);
                        }
                    }
                    PrinterEvent::Job { id, outcome } => {
                        let seen = seen(id, outcome);
                        // Of a printer that never says anything, "sent" is all that can be known, and no news for staff.
                        let is_doubtful = outcome == PrintOutcome::Unconfirmed && profile.confirm != Confirm::None;
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
        self.take_keypad(inputs, keys);
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

    /// For about how many tickets there is paper, if anybody can know.
    pub(crate) fn tickets_left(&self) -> Option<u32> {
        self.paper.as_ref().and_then(PaperRoll::tickets_left)
    }

    /// What is wrong with them now.
    pub(crate) fn faults(&self) -> BTreeSet<DeviceFault> {
        let silent = (self.sound.voice || self.sound.notes).then_some(DeviceFault::SoundFailed);
        [self.printer_fault, self.scanner_fault, self.keypad_fault, self.ticket_fault, silent]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// What the citizen is told of a ticket: what is not confirmed may have come out, and is not told as printed.
const fn seen(id: u64, outcome: PrintOutcome) -> WalkInput {
    match outcome {
        PrintOutcome::Printed(_) => WalkInput::Printed(id),
        PrintOutcome::Unconfirmed => WalkInput::Unconfirmed(id),
        PrintOutcome::Failed(_) => WalkInput::NotPrinted(id),
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
        assert_eq!(seen(3, PrintOutcome::Printed(Evidence::ProcessId)), WalkInput::Printed(3));
        assert_eq!(seen(3, PrintOutcome::Unconfirmed), WalkInput::Unconfirmed(3));
        assert_eq!(seen(3, PrintOutcome::Failed(PrinterFault::Unplugged)), WalkInput::NotPrinted(3));
    }
}
