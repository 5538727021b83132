//! The profiles that come with the program.

use crate::file::{self, ConfigFile};
use crate::nearest;
use crate::printer::PrinterProfile;
use crate::scanner::ScannerProfile;
use crate::screen::ScreenProfile;

/// The printers' files.
pub(crate) const PRINTERS: &[&str] = &[
    include_str!("../profiles/printers/epson-tm-t20iii.toml"),
    include_str!("../profiles/printers/generic-cp737.toml"),
    include_str!("../profiles/printers/generic-drawn.toml"),
    include_str!("../profiles/printers/generic-58mm.toml"),
];

/// The scanners' files.
pub(crate) const SCANNERS: &[&str] = &[
    include_str!("../profiles/scanners/newland-fm430.toml"),
    include_str!("../profiles/scanners/honeywell-presentation.toml"),
    include_str!("../profiles/scanners/generic-rs232.toml"),
    include_str!("../profiles/scanners/generic-keyboard.toml"),
];

/// The screens' files.
pub(crate) const SCREENS: &[&str] = &[
    include_str!("../profiles/screens/touch-22-portrait.toml"),
    include_str!("../profiles/screens/touch-15-landscape.toml"),
    include_str!("../profiles/screens/board-43-landscape.toml"),
];

/// A profile was asked for that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no printer profile \"{id}\"; {hint}")]
pub struct UnknownProfile {
    /// What was asked for.
    pub id: String,
    /// What could have been meant.
    pub hint: String,
}

/// Those of these files that can be read; a test reads and checks each.
fn of<T>(texts: &[&str], part: impl Fn(ConfigFile) -> Option<T>) -> Vec<T> {
    texts.iter().filter_map(|text| part(file::parse(text).ok()?)).collect()
}

/// The printers that come with the program, the most capable first.
#[must_use]
pub fn printers() -> Vec<PrinterProfile> {
    of(PRINTERS, |file| file.printer)
}

/// The scanners that come with the program.
#[must_use]
pub fn scanners() -> Vec<ScannerProfile> {
    of(SCANNERS, |file| file.scanner)
}

/// The screens that come with the program.
#[must_use]
pub fn screens() -> Vec<ScreenProfile> {
    of(SCREENS, |file| file.screen)
}

/// The printer profile of that name.
///
/// # Errors
/// There is none; the error says which could have been meant.
pub fn printer(id: &str) -> Result<PrinterProfile, UnknownProfile> {
    let all = printers();
    let ids: Vec<String> = all.iter().map(|profile| profile.id.clone()).collect();
    let unknown = || UnknownProfile { id: id.to_owned(), hint: nearest::one_of(id, &ids) };
    all.into_iter().find(|profile| profile.id == id).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_printer_is_answered_with_the_likely_one() {
        let said = printer("epson-tm-t20ii").unwrap_err().to_string();
        assert_eq!(said, "there is no printer profile \"epson-tm-t20ii\"; did you mean \"epson-tm-t20iii\"?");
        assert!(printer("star").unwrap_err().to_string().contains("known are epson-tm-t20iii, generic-cp737"));
    }
}
