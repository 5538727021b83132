//! The form of a profile's file: what it may hold, and on which line it does not.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::nearest;
use crate::printer::PrinterProfile;
use crate::scanner::ScannerProfile;
use crate::screen::ScreenProfile;

/// What one file holds: a profile, or several of them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// A printer's profile.
    pub printer: Option<PrinterProfile>,
    /// A scanner's profile.
    pub scanner: Option<ScannerProfile>,
    /// A screen's profile.
    pub screen: Option<ScreenProfile>,
}

/// Why a file cannot be used: the line, and words that name the key and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FileFault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub says: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.says)
    }
}

/// Reads TOML into a type, turning the parser's complaint into a line and plain words.
///
/// # Errors
/// The first key or value that does not fit.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, FileFault> {
    toml::from_str(text).map_err(|error| fault(text, &error))
}

/// The parser's complaint about a text, with its line.
pub(crate) fn fault(text: &str, error: &toml::de::Error) -> FileFault {
    let line = line_at(text, error.span().map_or(0, |span| span.start));
    FileFault { line, says: nearest::with_suggestion(error.message()) }
}

/// The line of a place in a text, counted from 1.
pub(crate) fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
