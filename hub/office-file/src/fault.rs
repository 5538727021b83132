//! What is wrong with an office's file, or a body's, in words that name the key, the line, and what would be right.

use std::{fmt::Write, ops::Range};

use office::ConfigFault;

/// Something wrong at a place of the file.
#[derive(Debug)]
pub struct Wrong {
    /// The key whose value is wrong.
    pub key: &'static str,
    /// Where its value stands.
    pub span: Range<usize>,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Wrong {
    /// What is wrong, with its line and key, as whoever wrote the file is told.
    pub fn sentence(&self, text: &str) -> String {
        format!("line {}: {}: {}", line_of(text, self.span.start), self.key, self.what)
    }
}

/// The line of a place, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

/// What the TOML reader found: a key that is not known, a value of another kind.
pub fn of_toml(error: &toml::de::Error) -> String {
    // Its own words name the line and show it, and list what it expected.
    error.to_string().replacen("TOML parse error at ", "", 1)
}

/// What contradicts itself: every fault, each with the line of its key.
pub fn of_check(text: &str, faults: &[ConfigFault]) -> String {
    sentences(text, faults.iter().map(|fault| (fault.path.clone(), fault.problem.to_string())))
}

/// Faults as they are told: keys from the top, and what is wrong with each.
pub fn sentences(text: &str, faults: impl Iterator<Item = (String, String)>) -> String {
    let mut told = String::new();
    for (path, problem) in faults {
        let _ = match place_of(text, &path) {
            Some(at) => writeln!(told, "line {}: {path}: {problem}", line_of(text, at)),
            None => writeln!(told, "{path}: {problem}"),
        };
    }
    told.trim_end().to_owned()
}

/// Where a key like `services.3.planned_minutes` stands: the third `[[services]]`, and the key below it.
fn place_of(text: &str, path: &str) -> Option<usize> {
    let mut parts = path.split('.');
    let table = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let heads = [format!("[[{table}]]"), format!("[{table}]"), format!("[{table}.")];
    let number = rest.first().and_then(|part| part.parse::<usize>().ok());
    let starts: Vec<usize> = heads.iter().flat_map(|head| text.match_indices(head).map(|(at, _)| at)).collect();
    let start = match number {
        Some(number) => nth_table(text, table, number).or_else(|| starts.first().copied())?,
        None => starts.first().copied().unwrap_or(0),
    };
    let key = rest.iter().rev().find(|part| part.parse::<usize>().is_err()).copied().unwrap_or(table);
    let below = text.get(start..)?;
    let mut at = start;
    for line in below.split_inclusive('\n') {
        let name = line.split(['=', ' ']).next().unwrap_or_default().trim();
        if name == key {
            return Some(at);
        }
        at += line.len();
    }
    Some(start)
}

/// The table whose number it is: by its own `number` or `id`, else by its place.
fn nth_table(text: &str, table: &str, number: usize) -> Option<usize> {
    let head = format!("[[{table}]]");
    let places: Vec<usize> = text.match_indices(&head).map(|(at, _)| at).collect();
    let is_own = |start: &&usize| {
        let below = text.get(**start..).unwrap_or_default();
        let lines = below.lines().skip(1).take_while(|line| !line.starts_with('['));
        lines
            .filter_map(|line| line.split_once('='))
            .any(|(name, value)| matches!(name.trim(), "number" | "id") && value.trim() == number.to_string())
    };
    places.iter().find(is_own).or_else(|| places.get(number.saturating_sub(1))).copied()
}
