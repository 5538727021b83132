//! Printer answers: whatever a printer, its line and the time do, each ticket ends once, nothing is believed that the printer
//! did not say, and the machine never stands still for ever.

#![no_main]

use std::{collections::BTreeMap, sync::LazyLock, time::Duration};

use firmware_config::{Confirm, PrinterProfile};
use fuzz::Crumbs;
use libfuzzer_sys::fuzz_target;
use peripherals::{
    Evidence, PrintOutcome,
    printer_core::{PrintJob, PrinterAction, PrinterCore, PrinterEvent, PrinterInput},
};

static PROFILES: LazyLock<Vec<PrinterProfile>> = LazyLock::new(firmware_config::printers);
/// So many times of its own a machine with nothing to hear may need until every ticket has ended.
const TURNS_MAX: usize = 10_000;

struct FuzzedPrinter {
    core: PrinterCore,
    confirm: Confirm,
    now: Duration,
    /// Tickets that were handed in, and how often each ended.
    ended: BTreeMap<u64, u32>,
    /// Bytes that the printer sent.
    heard: usize,
    /// Whether the line is open, is to be opened, or neither.
    line: LineState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineState {
    Shut,
    Wanted,
    Open,
}

impl FuzzedPrinter {
    /// The line is opened, or is gone.
    fn line_changes(&mut self) {
        match self.line {
            LineState::Shut => {}
            LineState::Wanted => {
                self.line = LineState::Open;
                self.on(PrinterInput::Opened);
            }
            LineState::Open => {
                self.line = LineState::Shut;
                self.on(PrinterInput::Lost);
            }
        }
    }

    /// There is no line to be opened.
    fn line_is_absent(&mut self) {
        if self.line == LineState::Wanted {
            self.line = LineState::Shut;
            self.on(PrinterInput::Absent);
        }
    }

    fn on(&mut self, input: PrinterInput) {
        for action in self.core.on(input, self.now) {
            match action {
                PrinterAction::Tell(PrinterEvent::Job { id, outcome }) => {
                    let times = self.ended.get_mut(&id).expect("a ticket that nobody handed in");
                    *times += 1;
                    assert_eq!(*times, 1, "ticket {id} ended twice, now with {outcome:?}");
                    if let PrintOutcome::Printed(evidence) = outcome {
                        let wanted = match self.confirm {
                            Confirm::GsParenH => Evidence::ProcessId,
                            Confirm::GsR => Evidence::InOrder,
                            Confirm::StatusOnly | Confirm::None => Evidence::CleanStatus,
                        };
                        assert_eq!(evidence, wanted, "believed by something else than it has");
                        assert!(self.heard > 0, "a printer that never said anything is believed");
                    }
                }
                PrinterAction::Say(bytes) => assert!(bytes.len() <= 64, "a question of {} bytes", bytes.len()),
                PrinterAction::Open => self.line = LineState::Wanted,
                PrinterAction::Close => self.line = LineState::Shut,
                PrinterAction::DropUnsent | PrinterAction::Tell(PrinterEvent::State(_)) => {}
            }
        }
    }
}

fuzz_target!(|input: &[u8]| {
    let mut crumbs = Crumbs::of(input);
    let profile = PROFILES[usize::from(crumbs.byte()) % PROFILES.len()].clone();
    let confirm = profile.confirm;
    let core = PrinterCore::new(profile);
    let mut printer =
        FuzzedPrinter { core, confirm, now: Duration::ZERO, ended: BTreeMap::new(), heard: 0, line: LineState::Shut };
    printer.on(PrinterInput::Due);
    while !crumbs.is_over() {
        match crumbs.byte() % 8 {
            0 => printer.line_changes(),
            1 => printer.line_is_absent(),
            2 => {
                let bytes = crumbs.piece().to_vec();
                if printer.line == LineState::Open {
                    printer.heard += bytes.len();
                    printer.on(PrinterInput::Received(bytes));
                }
            }
            3 => {
                let id = printer.ended.len() as u64;
                printer.ended.insert(id, 0);
                printer.on(PrinterInput::Job(PrintJob { id, label: String::new(), bytes: crumbs.piece().to_vec() }));
            }
            4 => {
                let count = usize::from(crumbs.byte()).min(printer.core.outgoing().len());
                printer.on(PrinterInput::Wrote(count));
            }
            5 => {
                while !printer.core.outgoing().is_empty() {
                    printer.on(PrinterInput::Wrote(printer.core.outgoing().len()));
                }
            }
            6 => {
                if let Some(due) = printer.core.due() {
                    printer.now = printer.now.max(due);
                    printer.on(PrinterInput::Due);
                }
            }
            _ => printer.now += Duration::from_millis(crumbs.number(2)),
        }
    }
    // The line is gone for good: every ticket that was handed in has ended, once.
    if printer.line == LineState::Open {
        printer.line_changes();
    }
    for _ in 0..TURNS_MAX {
        if printer.ended.values().all(|times| *times == 1) {
            return;
        }
        if printer.line == LineState::Wanted {
            printer.line_is_absent();
            continue;
        }
        let due = printer.core.due().expect("a ticket waits, and nothing is waited for");
        printer.now = printer.now.max(due);
        printer.on(PrinterInput::Due);
    }
    panic!("tickets wait for ever: {:?}", printer.ended);
});
