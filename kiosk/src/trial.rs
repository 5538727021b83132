//! `seira-kiosk printer …` and `seira-kiosk scanner …`: what is tried by hand, as the configuration says what hangs where.

use std::io;

use anyhow::{Context, Result};
use attendant::trial;
use peripherals::ScannerKind;

use crate::{
    arguments::{KioskTrial, PrinterTrial, ScannerTrial},
    config::{JOBS, KioskConfig},
};

/// Tries it; false if it did not go well.
///
/// # Errors
/// There is no such device in the configuration, or the output cannot be written.
pub fn run(config: &KioskConfig, wanted: &KioskTrial) -> Result<bool> {
    let mut out = io::stdout().lock();
    match wanted {
        KioskTrial::Printer(wanted) => {
            let printer = config.printer.as_ref().context("the configuration has no [printer]")?;
            let profile = printer.profile()?;
            let test = || ticket::encode(&trial::sample(), &profile);
            Ok(match wanted {
                PrinterTrial::Test => trial::print(&printer.port, &profile, test(), &mut out)?,
                PrinterTrial::Status => trial::status(&printer.port, &profile, &config.state.join(JOBS), &mut out)?,
                PrinterTrial::GreekPage => {
                    trial::print(&printer.port, &profile, ticket::greek_test_page(&profile), &mut out)?
                }
                PrinterTrial::Render { to } => {
                    trial::render(&profile, &test(), to).with_context(|| to.display().to_string())?;
                    true
                }
            })
        }
        KioskTrial::Scanner(ScannerTrial::Watch) => {
            let scanner = config.scanner.as_ref().context("the configuration has no [scanner]")?;
            let port = scanner.port.as_ref().context("the scanner types into the window: it has no port of its own")?;
            let kind = if scanner.keyboard { ScannerKind::Keyboard } else { ScannerKind::Serial };
            trial::watch(port, kind, None, &mut out)?;
            Ok(true)
        }
    }
}
