//! What one file must and must not say.

/// A file that is longer hides a noun.
const FILE_LINES_MAX: usize = 700;

/// `word` may stand only in files under `home`, among those under `within`.
struct OnlyIn {
    word: &'static str,
    within: &'static str,
    home: &'static str,
}

const ONLY_IN: &[OnlyIn] = &[
    OnlyIn { word: "rusqlite", within: "hub/src/", home: "hub/src/store" },
    OnlyIn { word: "SELECT ", within: "hub/src/", home: "hub/src/store" },
    OnlyIn { word: "INSERT INTO", within: "hub/src/", home: "hub/src/store" },
    OnlyIn { word: "lettre", within: "hub/src/", home: "hub/src/mail" },
    OnlyIn { word: "serialport", within: "kiosk/src/", home: "peripherals/src" },
    // Stories wait for a condition with a deadline. One file does the waiting.
    OnlyIn { word: "sleep(", within: "tests/", home: "tests/src/wait.rs" },
];

/// What the rules of an office may never touch: clocks, dice, files, the network, the environment.
const IMPURE: &[&str] =
    &["SystemTime", "Instant::now", "Utc::now", "Local::now", "std::fs", "std::net", "std::env", "new_v4", "HashMap"];

/// Marks of work that is not done. Written in halves, so that this file passes its own check.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[ig", "nore"),
];

/// Places of one machine, which mean nothing on another.
const MACHINE_PATHS: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// Every fault of one file, each with its path and line.
pub fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if path.ends_with(".rs") {
        if !text.starts_with("//! ") {
            faults.push(format!("{path}: does not open with a `//!` sentence that says what it is for"));
        }
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            faults.push(format!("{path}: {lines} lines, past a sitting ({FILE_LINES_MAX}); which noun is missing?"));
        }
    }
    for (at, line) in text.lines().enumerate() {
        let said = line_faults(path, line);
        faults.extend(said.into_iter().map(|fault| format!("{path}:{}: {fault}", at + 1)));
    }
    faults
}

fn line_faults(path: &str, line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !path.ends_with(".lock") && !path.starts_with("docs/screens/") {
        let places = MACHINE_PATHS.iter().filter(|place| names_place(line, place));
        faults.extend(places.map(|place| format!("`{place}` is a place of one machine")));
    }
    if !path.ends_with(".rs") {
        return faults;
    }
    let marks = UNFINISHED.iter().filter(|mark| line.contains(**mark));
    faults.extend(marks.map(|mark| format!("`{mark}` marks work that is not done")));
    let code = line.split("//").next().unwrap_or_default();
    if path.starts_with("office/src/") {
        let impure = IMPURE.iter().filter(|word| code.contains(**word));
        faults.extend(impure.map(|word| format!("`{word}`: the rules of an office are pure")));
    }
    let strays = ONLY_IN.iter().filter(|rule| path.starts_with(rule.within) && !path.starts_with(rule.home));
    let strays = strays.filter(|rule| code.contains(rule.word));
    faults.extend(strays.map(|rule| format!("`{}` belongs in {}", rule.word, rule.home)));
    faults
}

/// Whether a line names a place from the root on, not as a part of a longer path or address.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | ')' | '$' | '/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expect: &[&str]) {
        let faults = faults(path, text);
        assert_eq!(faults.len(), expect.len(), "{faults:?}");
        assert!(faults.iter().zip(expect).all(|(fault, part)| fault.contains(part)), "{faults:?}");
    }

    #[test]
    fn a_file_says_first_what_it_is_for() {
        check("hub/src/a.rs", "//! A.\nfn a() {}\n", &[]);
        check("hub/src/a.rs", "fn a() {}\n", &["does not open"]);
        check("README.md", "Seira\n", &[]);
    }

    #[test]
    fn card_09_the_programs_stand_at_the_top() {
        let root = crate::cargo::root().expect("the repository");
        for name in ["Cargo.toml", "kiosk", "display", "hub", "firmware-config", "tests", "README.md"] {
            assert!(root.join(name).exists(), "{name}");
        }
    }

    #[test]
    fn a_file_is_not_longer_than_a_sitting() {
        check("hub/src/a.rs", &format!("//! A.\n{}", "\n".repeat(FILE_LINES_MAX)), &["past a sitting"]);
    }

    #[test]
    fn unfinished_marks_are_found_with_their_line() {
        for mark in UNFINISHED {
            check("hub/src/a.rs", &format!("//! A.\n{mark} x\n"), &["hub/src/a.rs:2"]);
        }
    }

    #[test]
    fn sql_mail_and_serial_lines_stay_at_home() {
        check("hub/src/store/journal.rs", "//! A.\nuse rusqlite::Row;\n", &[]);
        check("hub/src/pages/book.rs", "//! A.\nuse rusqlite::Row;\n", &["belongs in hub/src/store"]);
        check("hub/src/pages/book.rs", "//! A.\n// rusqlite is not spoken here.\n", &[]);
        check("hub/src/pages/book.rs", "//! A.\nlet a = \"SELECT 1\";\n", &["belongs in hub/src/store"]);
        check("hub/src/writer.rs", "//! A.\nuse lettre::Message;\n", &["belongs in hub/src/mail"]);
        check("kiosk/src/ticket.rs", "//! A.\nuse serialport::new;\n", &["belongs in peripherals/src"]);
    }

    #[test]
    fn stories_do_not_sleep() {
        check(
            "tests/tests/stories/walk_in.rs",
            "//! A.\nstd::thread::sleep(second);\n",
            &["belongs in tests/src/wait.rs"],
        );
    }

    #[test]
    fn the_office_reads_no_clock() {
        check("office/src/slots.rs", "//! A.\nlet now = Utc::now();\n", &["pure"]);
        check("hub/src/clock.rs", "//! A.\nlet now = Utc::now();\n", &[]);
    }

    #[test]
    fn a_place_of_one_machine_is_found_and_a_part_of_an_address_is_not() {
        check("README.md", &format!("see {}main\n", MACHINE_PATHS[0]), &["README.md:1"]);
        check("README.md", &format!("see https://example.org{}main\n", MACHINE_PATHS[0]), &[]);
    }
}
