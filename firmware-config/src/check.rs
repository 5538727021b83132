//! Reads a profile, and says what is wrong with it so that the reader can mend it.

use crate::file::{self, ConfigFile, FileFault};
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
            let says = "nothing here: expected a [site], [printer], [scanner] or [screen] table".to_owned();
            faults.push(FileFault { line: 1, says });
        }
        for fault in self.printer.iter().flat_map(PrinterProfile::faults) {
            let says = format!("{}: {}", fault.key, fault.says);
            faults.push(FileFault { line: line_of(text, fault.key), says });
        }
        faults
    }
}

/// The line on which a key is set.
fn line_of(text: &str, key: &str) -> usize {
    let sets = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(sets).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

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
        let texts = catalogue::every_text();
        for text in &texts {
            ConfigFile::read(text).unwrap_or_else(|faults| panic!("{faults:?} in\n{text}"));
        }
        let read = catalogue::printers().len() + catalogue::scanners().len() + catalogue::screens().len();
        assert_eq!(read, texts.len());
    }

    #[test]
    fn a_profile_is_named_as_its_file() {
        for folder in ["printers", "scanners", "screens"] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles").join(folder);
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                let named = format!("id = \"{}\"", path.file_stem().unwrap().to_str().unwrap());
                assert!(text.contains(&named), "{}: {named} is missing", path.display());
                assert!(catalogue::every_text().contains(&text), "{}: it is not in the program", path.display());
            }
        }
    }

    #[test]
    fn unknown_key_is_refused_with_line_and_the_right_one() {
        check(
            "baud = 38400",
            "bauds = 38400",
            "line 36: unknown field `bauds`, expected one of `baud`, `parity`, `flow`; did you mean `baud`?",
        );
    }

    #[test]
    fn unknown_value_is_refused_with_the_right_ones() {
        check(
            "confirm = \"gs_paren_h\"",
            "confirm = \"gs_paren_k\"",
            "line 21: unknown variant `gs_paren_k`, expected one of `gs_paren_h`, `gs_r`, `status_only`, `none`; did you mean `gs_paren_h`?",
        );
    }

    #[test]
    fn missing_key_is_named() {
        check("dpi = 203\n", "", "line 1: missing field `dpi`");
    }

    #[test]
    fn faults_of_sense_name_key_line_and_what_would_be_right() {
        check(
            "width_dots = 576",
            "width_dots = 577",
            "line 7: width_dots: 577 should be a multiple of 8, such as 576 or 384",
        );
        check("columns = 48", "columns = 80", "line 8: columns: 80 should be 1 to 48: a letter is 12 dots wide");
        check(
            "confirm = \"gs_paren_h\"",
            "confirm = \"gs_r\"",
            "line 21: confirm: \"gs_r\" needs asb = false: the answers of the two cannot be told apart",
        );
        check("max_band_rows = 128", "max_band_rows = 0", "line 19: max_band_rows: 0 should be 1 to 2303, such as 128");
    }

    #[test]
    fn empty_file_says_what_was_expected() {
        let said = ConfigFile::read("").unwrap_err();
        assert_eq!(
            said[0].to_string(),
            "line 1: nothing here: expected a [site], [printer], [scanner] or [screen] table"
        );
    }
}
