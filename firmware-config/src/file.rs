//! Reads a profile or machine file, and says what is wrong with it so that the reader can mend it.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalogue;
use crate::machine::Machine;
use crate::printer::PrinterProfile;
use crate::scanner::ScannerProfile;
use crate::screen::ScreenProfile;

/// What one file holds: a profile, or a machine, or several of them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// A printer's profile.
    pub printer: Option<PrinterProfile>,
    /// A scanner's profile.
    pub scanner: Option<ScannerProfile>,
    /// A screen's profile.
    pub screen: Option<ScreenProfile>,
    /// A machine.
    pub machine: Option<Machine>,
}

/// Why a file cannot be used: the line, and words that name the key and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Wrong {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub says: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.says)
    }
}

impl File {
    /// Reads and checks a file's text.
    ///
    /// # Errors
    /// Everything that is wrong: the first fault of form, or else all faults of sense.
    pub fn read(text: &str) -> Result<Self, Vec<Wrong>> {
        let file: Self = parse(text).map_err(|wrong| vec![wrong])?;
        let wrongs = file.faults_of_sense(text);
        if wrongs.is_empty() { Ok(file) } else { Err(wrongs) }
    }

    fn faults_of_sense(&self, text: &str) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if *self == Self::default() {
            let says = "nothing here: expected a [printer], [scanner], [screen] or [machine] table".to_owned();
            wrongs.push(Wrong { line: 1, says });
        }
        for fault in self.printer.iter().flat_map(PrinterProfile::faults) {
            let says = format!("{}: {}", fault.key, fault.says);
            wrongs.push(Wrong { line: line_of(text, fault.key, ""), says });
        }
        if let Some(machine) = &self.machine {
            let mut known = |key: &str, id: &str, ids: Vec<String>| {
                if !ids.iter().any(|known| known == id) {
                    let says = format!("{key}: there is no profile \"{id}\"; {}", one_of(id, &ids));
                    wrongs.push(Wrong { line: line_of(text, key, id), says });
                }
            };
            known("screen", &machine.screen, catalogue::screens().into_iter().map(|profile| profile.id).collect());
            if let Some(printer) = &machine.printer {
                known("profile", &printer.profile, catalogue::printers().into_iter().map(|p| p.id).collect());
            }
            if let Some(scanner) = &machine.scanner {
                known("profile", &scanner.profile, catalogue::scanners().into_iter().map(|p| p.id).collect());
            }
        }
        wrongs
    }
}

/// Reads TOML into a type, turning the parser's complaint into a line and plain words.
///
/// # Errors
/// The first key or value that does not fit.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Wrong> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Wrong { line, says: with_suggestion(error.message()) }
    })
}

/// Adds "did you mean" to serde's list of expected names, if one of them is near.
fn with_suggestion(message: &str) -> String {
    let names: Vec<String> = message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    match names.split_first() {
        Some((wrong, expected)) if message.starts_with("unknown") => match nearest(wrong, expected) {
            Some(near) => format!("{message}; did you mean `{near}`?"),
            None => message.to_owned(),
        },
        _ => message.to_owned(),
    }
}

/// Names the nearest of some ids, or all of them.
#[must_use]
pub fn one_of(wrong: &str, ids: &[String]) -> String {
    match nearest(wrong, ids) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("known are {}", ids.join(", ")),
    }
}

fn nearest<'a>(wrong: &str, names: &'a [String]) -> Option<&'a String> {
    let allowed = wrong.chars().count() / 3 + 1;
    names.iter().map(|name| (distance(wrong, name), name)).filter(|(d, _)| *d <= allowed).min().map(|(_, name)| name)
}

/// How many letters have to be put in, left out or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = before + usize::from(from != *to);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The line on which a key is set, to a value with `part` in it.
fn line_of(text: &str, key: &str, part: &str) -> usize {
    let sets = |line: &str| {
        line.trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('=') && rest.contains(part))
    };
    text.lines().position(sets).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../profiles/printers/epson-tm-t20iii.toml");

    #[track_caller]
    fn check(from: &str, to: &str, expect: &str) {
        assert!(GOOD.contains(from), "the profile has {from}");
        let said: Vec<String> =
            File::read(&GOOD.replacen(from, to, 1)).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(said.join("\n"), expect);
    }

    #[test]
    fn unknown_key_is_refused_with_line_and_the_right_one() {
        check(
            "baud = 38400",
            "bauds = 38400",
            "line 34: unknown field `bauds`, expected one of `baud`, `parity`, `flow`; did you mean `baud`?",
        );
    }

    #[test]
    fn unknown_value_is_refused_with_the_right_ones() {
        check(
            "confirm = \"gs_paren_h\"",
            "confirm = \"gs_paren_k\"",
            "line 22: unknown variant `gs_paren_k`, expected one of `gs_paren_h`, `gs_r`, `status_only`, `none`; did you mean `gs_paren_h`?",
        );
    }

    #[test]
    fn missing_key_is_named() {
        check("dpi = 203\n", "", "line 2: missing field `dpi`");
    }

    #[test]
    fn faults_of_sense_name_key_line_and_what_would_be_right() {
        check(
            "width_dots = 576",
            "width_dots = 577",
            "line 8: width_dots: 577 should be a multiple of 8, such as 576 or 384",
        );
        check("columns = 48", "columns = 80", "line 9: columns: 80 should be 1 to 48: a letter is 12 dots wide");
        check(
            "confirm = \"gs_paren_h\"",
            "confirm = \"gs_r\"",
            "line 22: confirm: \"gs_r\" needs asb = false: the answers of the two cannot be told apart",
        );
        check("max_band_rows = 128", "max_band_rows = 0", "line 20: max_band_rows: 0 should be 1 to 2303, such as 128");
    }

    #[test]
    fn empty_file_says_what_was_expected() {
        let said = File::read("").unwrap_err();
        assert_eq!(
            said[0].to_string(),
            "line 1: nothing here: expected a [printer], [scanner], [screen] or [machine] table"
        );
    }
}
