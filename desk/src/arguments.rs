//! The command line of the buttons.

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser};

/// Presses for the clerk who has opened the desk, whatever program they look at.
#[derive(Debug, Parser)]
#[command(name = "seira-desk", version)]
pub struct DeskArguments {
    /// The configuration of the buttons.
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
    /// Forget the hub with which the buttons were paired, and end: at their next start they ask to be let in anew.
    #[arg(long)]
    pub forget_hub: bool,
}

/// The command line, for manual and completions.
#[must_use]
pub fn command() -> clap::Command {
    DeskArguments::command()
}
