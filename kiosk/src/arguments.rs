//! The kiosk's command line.

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, Subcommand};

/// Lets citizens check in or take a number, and prints their tickets.
#[derive(Debug, Parser)]
#[command(name = "seira-kiosk", version)]
pub struct KioskArguments {
    /// The kiosk's configuration.
    #[arg(long, value_name = "FILE", default_value = "/etc/seira/kiosk.toml", global = true)]
    pub config: PathBuf,
    /// Forget the hub with which this kiosk was paired, and end: at its next start it asks to be let in anew.
    #[arg(long)]
    pub forget_hub: bool,
    /// Something to be tried by hand, while the kiosk does not run: systemctl stop seira-kiosk.
    #[command(subcommand)]
    pub trial: Option<KioskTrial>,
}

/// What can be tried by hand.
#[derive(Debug, Subcommand)]
pub enum KioskTrial {
    /// The ticket printer.
    #[command(subcommand)]
    Printer(PrinterTrial),
    /// What reads citizens' codes.
    #[command(subcommand)]
    Scanner(ScannerTrial),
}

/// What can be tried with the printer.
#[derive(Debug, Subcommand)]
pub enum PrinterTrial {
    /// Print a ticket that says that it is a trial, and tell what the printer says of it.
    Test,
    /// Tell how the printer is, and what became of the last tickets.
    Status,
    /// Print the Greek alphabet in each place where printers keep it: the right number belongs into the model's profile.
    GreekPage,
    /// Write the ticket of the test as a picture, without a printer.
    Render {
        /// The new file (PNG).
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

/// What can be tried with the scanner.
#[derive(Debug, Subcommand)]
pub enum ScannerTrial {
    /// Show what it reads, until interrupted.
    Watch,
}

/// The command line, for manual and completions.
#[must_use]
pub fn command() -> clap::Command {
    KioskArguments::command()
}
