//! Reads a profile or machine file, and says what is wrong with it so that the reader can mend it.

use crate::catalogue;
use crate::file::{self, ConfigFile, FileFault};
use crate::nearest;
use crate::printer::PrinterProfile;

impl ConfigFile {
    /// Reads and checks a file's text.
    ///
    /// # Errors
    /// Everything that is wrong: the first fault of form, or else all faults of sense.
    pub fn read(text: &str) -> Result<Self, Vec<FileFault>> {
        let file: Self = file::parse(text).map_err(|fault| vec![fault])?;
        let faults = file.faults_of_sense(text);
        if faults.is_empty() { Ok(file) } else { Err(faults) }
    }

    fn faults_of_sense(&self, text: &str) -> Vec<FileFault> {
        let mut faults = Vec::new();
        if *self == Self::default() {
            let says = "nothing here: expected a [printer], [scanner], [screen] or [machine] table".to_owned();
            faults.push(FileFault { line: 1, says });
        }
        for fault in self.printer.iter().flat_map(PrinterProfile::faults) {
            let says = format!("{}: {}", fault.key, fault.says);
            faults.push(FileFault { line: line_of(text, fault.key, ""), says });
        }
        if let Some(machine) = &self.machine {
            let mut known = |key: &str, id: &str, ids: Vec<String>| {
                if !ids.iter().any(|known| known == id) {
                    let says = format!("{key}: there is no profile \"{id}\"; {}", nearest::one_of(id, &ids));
                    faults.push(FileFault { line: line_of(text, key, id), says });
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
        faults
    }
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
            ConfigFile::read(&GOOD.replacen(from, to, 1)).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(said.join("\n"), expect);
    }

    #[test]
    fn every_profile_that_comes_along_is_read_and_sound() {
        for text in catalogue::PRINTERS.iter().chain(catalogue::SCANNERS).chain(catalogue::SCREENS) {
            ConfigFile::read(text).unwrap_or_else(|faults| panic!("{faults:?} in\n{text}"));
        }
        assert_eq!(
            (catalogue::printers().len(), catalogue::scanners().len(), catalogue::screens().len()),
            (catalogue::PRINTERS.len(), catalogue::SCANNERS.len(), catalogue::SCREENS.len())
        );
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
        let said = ConfigFile::read("").unwrap_err();
        assert_eq!(
            said[0].to_string(),
            "line 1: nothing here: expected a [printer], [scanner], [screen] or [machine] table"
        );
    }
}
