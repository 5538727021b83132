//! The board's command line.

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser};

/// Shows the waiting room who is called, where to, and who is next.
#[derive(Debug, Parser)]
#[command(name = "seira-display", version)]
pub struct DisplayArguments {
    /// The board's configuration.
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
    /// Forget the hub with which this board was paired, and end: at its next start it asks to be let in anew.
    #[arg(long)]
    pub forget_hub: bool,
}

/// The command line, for manual and completions.
#[must_use]
pub fn command() -> clap::Command {
    DisplayArguments::command()
}
