//! The profiles that come with the program: every file of the folder `profiles/`.

use std::borrow::Cow;

use rust_embed::{EmbeddedFile, RustEmbed};

use crate::file::{self, ConfigFile};
use crate::nearest;
use crate::printer::PrinterProfile;
use crate::scanner::ScannerProfile;
use crate::screen::ScreenProfile;

#[derive(RustEmbed)]
#[folder = "profiles/printers"]
struct PrinterFiles;

#[derive(RustEmbed)]
#[folder = "profiles/scanners"]
struct ScannerFiles;

#[derive(RustEmbed)]
#[folder = "profiles/screens"]
struct ScreenFiles;

/// The texts of a folder, in the order of their names.
fn texts(names: impl Iterator<Item = Cow<'static, str>>, get: fn(&str) -> Option<EmbeddedFile>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let text = |name: &Cow<'static, str>| String::from_utf8(get(name)?.data.into_owned()).ok();
    names.iter().filter_map(text).collect()
}

#[cfg(test)]
/// The text of every profile that comes along.
pub(crate) fn every_text() -> Vec<String> {
    let printers = texts(PrinterFiles::iter(), PrinterFiles::get);
    let scanners = texts(ScannerFiles::iter(), ScannerFiles::get);
    printers.into_iter().chain(scanners).chain(texts(ScreenFiles::iter(), ScreenFiles::get)).collect()
}

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
fn of<T>(texts: &[String], part: impl Fn(ConfigFile) -> Option<T>) -> Vec<T> {
    texts.iter().filter_map(|text| part(file::parse(text).ok()?)).collect()
}

/// The printers that come with the program, by name.
#[must_use]
pub fn printers() -> Vec<PrinterProfile> {
    of(&texts(PrinterFiles::iter(), PrinterFiles::get), |file| file.printer)
}

/// The scanners that come with the program, by name.
#[must_use]
pub fn scanners() -> Vec<ScannerProfile> {
    of(&texts(ScannerFiles::iter(), ScannerFiles::get), |file| file.scanner)
}

/// The screens that come with the program, by name.
#[must_use]
pub fn screens() -> Vec<ScreenProfile> {
    of(&texts(ScreenFiles::iter(), ScreenFiles::get), |file| file.screen)
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

/// The scanner profile of that name, if there is one.
#[must_use]
pub fn scanner(id: &str) -> Option<ScannerProfile> {
    scanners().into_iter().find(|profile| profile.id == id)
}

/// The screen profile of that name, if there is one.
#[must_use]
pub fn screen(id: &str) -> Option<ScreenProfile> {
    screens().into_iter().find(|profile| profile.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_printer_is_answered_with_the_likely_one() {
        let said = printer("epson-tm-t20x").unwrap_err().to_string();
        assert_eq!(said, "there is no printer profile \"epson-tm-t20x\"; did you mean \"epson-tm-t20ii\"?");
        assert!(printer("dot-matrix-of-1987").unwrap_err().to_string().contains("epson-tm-t20iii"));
    }
}
