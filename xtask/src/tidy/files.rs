//! What one file must and must not say.

use super::rooms::PAGE_SOURCES;

/// A file that is longer hides a noun.
const FILE_LINES_MAX: usize = 700;

/// `word` may stand only in files under `homes`, among the sources under `within`.
struct WordHome {
    word: &'static str,
    within: &'static str,
    /// The first is named to whoever strays.
    homes: &'static [&'static str],
}

// A second home is the place where it stands until the hub's rooms are crates; whoever moves it strikes it out.
const STORE: &[&str] = &["hub/store/"];
const POST: &[&str] = &["hub/post/"];
const SERIAL_LINES: &[&str] = &["peripherals/"];

const ONLY_IN: &[WordHome] = &[
    WordHome { word: "rusqlite", within: "hub/", homes: STORE },
    // Who asks is known to `access`, which grants a scope by it; the program's own figures are about all.
    WordHome { word: "OfficeScope::granted", within: "hub/", homes: &["hub/access/", "hub/store/", "hub/src/"] },
    WordHome { word: "SELECT ", within: "hub/", homes: STORE },
    WordHome { word: "INSERT INTO", within: "hub/", homes: STORE },
    WordHome { word: "DELETE FROM", within: "hub/", homes: STORE },
    WordHome { word: "lettre", within: "hub/", homes: POST },
    WordHome { word: "serialport", within: "kiosk/", homes: SERIAL_LINES },
    WordHome { word: "serialport", within: "attendant/", homes: SERIAL_LINES },
    // Stories wait for a condition with a deadline. One file does the waiting.
    WordHome { word: "sleep(", within: "tests/", homes: &["tests/src/wait.rs"] },
    // What judges the tickets takes nothing from what writes them, not by a path either.
    WordHome { word: "../ticket", within: "paper/", homes: &["ticket/"] },
];

impl WordHome {
    /// Whether the rule is about a file. The tests of a room of the hub may look into its store.
    fn is_about(&self, path: &str) -> bool {
        let is_source = !self.within.starts_with("hub/") || path.contains("/src/");
        is_source && path.starts_with(self.within) && !self.homes.iter().any(|home| path.starts_with(home))
    }
}

/// Where requests are answered: from typed requests and outcomes, so that nobody there puts JSON together by hand.
const DOORS: &[&[&str]] = &[PAGE_SOURCES, &["hub/api/src/"]];

/// JSON that is put together by hand.
const LOOSE_JSON: &str = "json!(";

/// What stands on a clock: `secrets` gets each moment handed in.
const CLOCKS: &[&str] = &["SystemTime", "Instant::now", "Utc::now", "Local::now"];

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

/// What gives `chrono` a clock. One crate that asks for it gives it to all.
const CLOCK_FEATURES: &[&str] = &["\"clock\"", "\"now\"", "\"default\""];

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
    let mut in_tests = !path.contains("/src/") || path.ends_with("tests.rs");
    for (at, line) in text.lines().enumerate() {
        // Tests of a file stand at its end.
        in_tests |= line.trim() == "#[cfg(test)]";
        let mut said = line_faults(path, line);
        if !in_tests
            && DOORS.iter().copied().flatten().any(|door| path.starts_with(door))
            && code(line).contains(LOOSE_JSON)
        {
            said.push(format!("`{LOOSE_JSON}`: an answer is a type"));
        }
        faults.extend(said.into_iter().map(|fault| format!("{path}:{}: {fault}", at + 1)));
    }
    faults
}

/// A line without its comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

fn line_faults(path: &str, line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !path.ends_with(".lock") && !path.starts_with("docs/screens/") {
        let places = MACHINE_PATHS.iter().filter(|place| names_place(line, place));
        faults.extend(places.map(|place| format!("`{place}` is a place of one machine")));
    }
    if path.ends_with("Cargo.toml") && line.starts_with("chrono") && CLOCK_FEATURES.iter().any(|it| line.contains(it)) {
        faults.push("`chrono` is taken without its clock, so that no rule of an office can read one".to_owned());
    }
    if !path.ends_with(".rs") {
        return faults;
    }
    let marks = UNFINISHED.iter().filter(|mark| line.contains(**mark));
    faults.extend(marks.map(|mark| format!("`{mark}` marks work that is not done")));
    let code = code(line);
    if path.starts_with("office/src/") || path.starts_with("vocabulary/src/") {
        let impure = IMPURE.iter().filter(|word| code.contains(**word));
        faults.extend(impure.map(|word| format!("`{word}`: the rules of an office are pure")));
    }
    if path.starts_with("hub/secrets/src/") {
        let clocks = CLOCKS.iter().filter(|word| code.contains(**word));
        faults.extend(clocks.map(|word| format!("`{word}`: the moment is handed in")));
    }
    let strays = ONLY_IN.iter().filter(|rule| rule.is_about(path) && code.contains(rule.word));
    faults.extend(strays.map(|rule| format!("`{}` belongs in {}", rule.word, rule.homes[0])));
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
        check("hub/pages/src/book.rs", "//! A.\nuse rusqlite::Row;\n", &["belongs in hub/store"]);
        check("hub/pages/src/book.rs", "//! A.\n// rusqlite is not spoken here.\n", &[]);
        check("hub/pages/src/book.rs", "//! A.\nlet a = \"SELECT 1\";\n", &["belongs in hub/store"]);
        check("hub/src/serve.rs", "//! A.\nuse rusqlite::Row;\n", &["belongs in hub/store"]);
        check("kiosk/src/ticket.rs", "//! A.\nuse serialport::new;\n", &["belongs in peripherals"]);
        check("hub/store/src/journal.rs", "//! A.\nuse rusqlite::Row;\n", &[]);
        check("hub/post/src/lib.rs", "//! A.\nuse lettre::Message;\n", &[]);
        check("peripherals/src/line.rs", "//! A.\nuse serialport::new;\n", &[]);
        check("hub/writer/src/lib.rs", "//! A.\nlet a = \"DELETE FROM a\";\n", &["belongs in hub/store"]);
        check("hub/acts/src/lib.rs", "//! A.\nuse lettre::Message;\n", &["belongs in hub/post"]);
        check("hub/tests/program/durability.rs", "//! A.\nuse rusqlite::Row;\n", &[]);
        check("hub/secrets/src/lib.rs", "//! A.\nlet now = Utc::now();\n", &["handed in"]);
    }

    #[test]
    fn doors_make_no_json_by_hand() {
        check("hub/pages/src/staff.rs", "//! A.\nlet a = json!({});\n", &["an answer is a type"]);
        check("hub/api/src/lib.rs", "//! A.\nlet a = serde_json::json!({});\n", &["an answer is a type"]);
        check("hub/api/src/lib.rs", "//! A.\n#[cfg(test)]\nmod tests { fn a() { json!({}); } }\n", &[]);
        check("hub/api/tests/api.rs", "//! A.\nlet a = json!({});\n", &[]);
        for sources in PAGE_SOURCES {
            check(&format!("{sources}a.rs"), "//! A.\nlet a = json!({});\n", &["an answer is a type"]);
        }
    }

    #[test]
    fn paper_takes_nothing_of_ticket_by_a_path() {
        check("paper/src/lib.rs", "//! A.\n#[path = \"../../ticket/src/page.rs\"]\n", &["belongs in ticket"]);
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
        check("hub/Cargo.toml", "chrono = { workspace = true, features = [\"clock\"] }\n", &["without its clock"]);
    }

    #[test]
    fn a_place_of_one_machine_is_found_and_a_part_of_an_address_is_not() {
        check("README.md", &format!("see {}main\n", MACHINE_PATHS[0]), &["README.md:1"]);
        check("README.md", &format!("see https://example.org{}main\n", MACHINE_PATHS[0]), &[]);
    }
}
