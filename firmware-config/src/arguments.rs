//! The command line of `firmware-config`.

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::words::SheetLanguage;

/// What the machines of a site need, checked, rendered and looked at.
#[derive(Debug, Parser)]
#[command(name = "firmware-config", version)]
pub struct ConfigArguments {
    /// What is to be done.
    #[command(subcommand)]
    pub task: ConfigTask,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum ConfigTask {
    /// Reads a site's or a profile's file and says what is wrong with it: line, key, and what would be right.
    Check {
        /// The file of a site, or of a profile.
        file: PathBuf,
    },
    /// Lists the profiles that come with the program.
    Profiles,
    /// Writes a folder for each machine of a site: what belongs on it, below files/, and its sheet to be printed.
    Render {
        /// The site's file.
        file: PathBuf,
        /// The folder, which is made.
        folder: PathBuf,
    },
    /// Writes what the packages bring: service units, and the users under which they run.
    Units {
        /// The folder that stands for "/".
        folder: PathBuf,
    },
    /// Looks at this machine, and says what is missing or wrong, with the command that mends it.
    Doctor {
        /// In which language findings are told.
        #[arg(long, value_enum, default_value_t = FindingLanguage::El)]
        language: FindingLanguage,
        /// The folder that stands for "/".
        #[arg(long, default_value = "/")]
        root: PathBuf,
    },
}

/// In which language findings are told.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FindingLanguage {
    /// Findings in Greek.
    El,
    /// Findings in English.
    En,
}

impl FindingLanguage {
    /// The language of the sentences.
    #[must_use]
    pub const fn of_sheets(self) -> SheetLanguage {
        match self {
            Self::El => SheetLanguage::Greek,
            Self::En => SheetLanguage::English,
        }
    }
}

/// The command line, for manual and completions.
#[must_use]
pub fn command() -> clap::Command {
    ConfigArguments::command()
}
