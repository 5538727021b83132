//! How much of its roll a printer has used: the kiosk that fills it counts the length of each ticket, and keeps the count over a
//! restart, until a new roll is put in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use firmware_config::PrinterProfile;
use paper::{Handling, Model, PlayedPrinter};
use peripherals::{PrinterFault, PrinterState};
use serde::{Deserialize, Serialize};

/// Of every ticket so much is white: the way from the head to the cutter.
const CUTTER_MM: u64 = 12;
/// From so many on, it is told in tens: nobody counts a roll.
const EXACT_BELOW: u64 = 20;

/// What was used of a roll.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct RollUse {
    /// Whether the roll was seen being put in; of any other nobody knows how much was used before.
    is_known: bool,
    /// Whether it was at its end, or near it: what is well after that is another.
    is_ending: bool,
    used_mm: u64,
    tickets: u64,
}

/// The roll in the printer.
#[derive(Debug)]
pub struct PaperRoll {
    file: PathBuf,
    roll_mm: u64,
    kept: RollUse,
}

impl PaperRoll {
    /// The roll as it was kept in a file; a new one has so many metres.
    #[must_use]
    pub fn open(file: &Path, metres: u16) -> Self {
        let kept = fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { file: file.to_owned(), roll_mm: u64::from(metres) * 1000, kept }
    }

    /// A ticket goes to the printer.
    pub(crate) fn take(&mut self, bytes: &[u8], profile: &PrinterProfile) {
        let Some(length) = length_mm(bytes, profile) else { return };
        let before = self.kept;
        self.keep(RollUse { used_mm: before.used_mm + length, tickets: before.tickets + 1, ..before });
    }

    /// The printer says how it is.
    pub(crate) fn see(&mut self, state: PrinterState) {
        let before = self.kept;
        match state {
            PrinterState::Fault(PrinterFault::PaperOut) | PrinterState::Ready { paper_low: true } => {
                self.keep(RollUse { is_ending: true, ..before });
            }
            PrinterState::Ready { paper_low: false } if before.is_ending => {
                self.keep(RollUse { is_known: true, ..RollUse::default() });
            }
            PrinterState::Starting | PrinterState::Ready { paper_low: false } | PrinterState::Fault(_) => {}
        }
    }

    /// For about how many tickets there is paper, if anybody can know.
    pub(crate) fn tickets_left(&self) -> Option<u32> {
        let RollUse { is_known, used_mm, tickets, .. } = self.kept;
        let each = used_mm.checked_div(tickets).filter(|each| is_known && *each > 0)?;
        let left = self.roll_mm.saturating_sub(used_mm) / each;
        let told = if left < EXACT_BELOW { left } else { left / 10 * 10 };
        u32::try_from(told).ok()
    }

    fn keep(&mut self, now: RollUse) {
        if now == self.kept {
            return;
        }
        self.kept = now;
        let text = serde_json::to_vec(&now).unwrap_or_default();
        // A count that is lost is no more than unknown until the next roll.
        if let Err(error) = fs::write(&self.file, text) {
            tracing::warn!(%error, "how much paper is left cannot be kept");
        }
    }
}

/// How long the ticket is that these bytes print.
fn length_mm(bytes: &[u8], profile: &PrinterProfile) -> Option<u64> {
    let mut machine = PlayedPrinter::new(Model::named(&profile.id)?);
    machine.print(bytes);
    machine.suffer(Handling::Tear);
    let rows: usize = machine.take_tickets().iter().map(|ticket| ticket.sheet.rows()).sum();
    Some(u64::try_from(rows).ok()? * 254 / (u64::from(profile.dpi).max(1) * 10) + CUTTER_MM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    const WELL: PrinterState = PrinterState::Ready { paper_low: false };
    const LOW: PrinterState = PrinterState::Ready { paper_low: true };
    const OUT: PrinterState = PrinterState::Fault(PrinterFault::PaperOut);
    const OPEN: PrinterState = PrinterState::Fault(PrinterFault::CoverOpen);

    #[test]
    fn prom_11_paper_is_counted_from_a_roll_that_was_seen_being_put_in() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper.json");
        let profile = firmware_config::printer("epson-tm-t20iii").unwrap();
        let ticket = ticket::encode(&trial::sample(), &profile);
        let length = length_mm(&ticket, &profile).unwrap();
        assert!((80..400).contains(&length), "{length} mm");
        let mut roll = PaperRoll::open(&file, 80);
        roll.see(WELL);
        roll.take(&ticket, &profile);
        assert_eq!(roll.tickets_left(), None, "nobody knows what was used before");
        for state in [OUT, OPEN, WELL] {
            roll.see(state);
        }
        assert_eq!(roll.tickets_left(), None, "no ticket says yet how long they are");
        roll.take(&ticket, &profile);
        let whole = u32::try_from((80_000 - length) / length / 10 * 10).unwrap();
        assert_eq!(roll.tickets_left(), Some(whole));
        // A restart forgets nothing, and neither does a cover that was open for a while.
        let mut roll = PaperRoll::open(&file, 80);
        for state in [PrinterState::Starting, OPEN, WELL] {
            roll.see(state);
        }
        assert_eq!(roll.tickets_left(), Some(whole));
        (0..100).for_each(|_| roll.take(&ticket, &profile));
        assert!(roll.tickets_left().unwrap() < whole - 80);
        roll.see(LOW);
        assert!(roll.tickets_left().is_some(), "the same roll");
        roll.see(OPEN);
        roll.see(WELL);
        assert_eq!(roll.tickets_left(), None, "another roll, of which nothing was used");
    }

    #[test]
    fn prom_11_the_last_tickets_of_a_roll_are_counted_one_by_one_and_never_below_none() {
        let left = |used_mm, tickets| {
            let kept = RollUse { is_known: true, is_ending: false, used_mm, tickets };
            PaperRoll { file: PathBuf::new(), roll_mm: 80_000, kept }.tickets_left()
        };
        assert_eq!(left(40_000, 200), Some(200));
        assert_eq!(left(40_100, 200), Some(190));
        assert_eq!(left(77_000, 385), Some(15));
        assert_eq!(left(90_000, 450), Some(0));
        assert_eq!(left(0, 0), None);
    }
}
