//! A page as somebody hears it: the tree that Chromium gives to a screen reader, written out as text, and kept as a golden file.
//!
//! axe-core looks for broken rules; nobody but a person can say whether what is read aloud makes sense. So each page is kept as text
//! that a person reads once, and whatever changes in it is seen in the change that brings it.

use std::{collections::HashMap, env, fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::browser::Browser;

/// Where it is set, pages that are read otherwise than before are written anew instead of being refused.
const UPDATE: &str = "UPDATE_GOLDEN";

/// A node of the tree, as the browser's tools give it (Chrome DevTools Protocol, `Accessibility.AXNode`).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TreeNode {
    node_id: String,
    #[serde(default)]
    ignored: bool,
    role: Option<TreeValue>,
    name: Option<TreeValue>,
    description: Option<TreeValue>,
    value: Option<TreeValue>,
    #[serde(default)]
    properties: Vec<TreeProperty>,
    #[serde(default)]
    child_ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct TreeValue {
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Deserialize)]
struct TreeProperty {
    name: String,
    value: TreeValue,
}

/// What a screen reader says of a thing besides its name.
const SAID: [&str; 12] = [
    "level",
    "required",
    "invalid",
    "checked",
    "pressed",
    "expanded",
    "selected",
    "disabled",
    "readonly",
    "multiline",
    "modal",
    "live",
];

impl TreeValue {
    fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }
}

impl TreeNode {
    fn role(&self) -> String {
        self.role.as_ref().map(TreeValue::text).unwrap_or_default()
    }

    fn said(part: Option<&TreeValue>) -> Option<String> {
        part.map(TreeValue::text).filter(|text| !text.is_empty()).map(|text| steadied(&text))
    }

    /// Its name; one that an older browser gives its own buttons twice over is one.
    fn named(&self) -> Option<String> {
        let name = Self::said(self.name.as_ref())?;
        let half = name.len() / 2;
        let is_word = name.contains(char::is_lowercase);
        let is_twice = is_word && name.is_char_boundary(half) && name[half..].strip_prefix(' ') == Some(&name[..half]);
        Some(if is_twice { name[..half].to_owned() } else { name })
    }

    /// Whether it only holds others.
    fn is_silent(&self, role: &str, name: Option<&str>) -> bool {
        let holds = matches!(role, "none" | "generic" | "paragraph" | "LabelText" | "LayoutTable" | "");
        self.ignored || matches!(role, "RootWebArea" | "InlineTextBox" | "LineBreak") || holds && name.is_none()
    }

    /// How it is read, if at all; what it is named by is not read once more below it.
    fn line(&self, above: &str) -> Option<String> {
        let (role, name) = (self.role(), self.named());
        if self.is_silent(&role, name.as_deref()) {
            return None;
        }
        if role == "StaticText" {
            return name.filter(|name| !above.contains(name.as_str()));
        }
        let is_heading = role == "heading";
        let mut line = role;
        if let Some(name) = name {
            let _ = write!(line, " «{name}»");
        }
        if let Some(value) = Self::said(self.value.as_ref()) {
            let _ = write!(line, " = {value}");
        }
        for said in SAID {
            let Some(property) = self.properties.iter().find(|property| property.name == said) else { continue };
            match property.value.text().as_str() {
                "" | "false" | "off" => {}
                // A list's items have levels that nobody hears.
                _ if said == "level" && !is_heading => {}
                "true" => {
                    let _ = write!(line, ", {said}");
                }
                value => {
                    let _ = write!(line, ", {said} {value}");
                }
            }
        }
        if let Some(description) = Self::said(self.description.as_ref()) {
            let _ = write!(line, " ({description})");
        }
        Some(line)
    }
}

/// A value in a line for programs is drawn, if it is as long.
const DRAWN_VALUE_MIN: usize = 16;

/// What is another in each run: every digit is a 0, a code is Xs, and an address is said to be one. Booking codes are two words of
/// four letters or digits, recovery codes of five, so that every such word counts as one.
fn steadied(line: &str) -> String {
    line.split(' ').map(steadied_word).collect::<Vec<_>>().join(" ")
}

fn steadied_word(word: &str) -> String {
    if word.contains("://") {
        return "https://…".to_owned();
    }
    // A hash, a key or a signature in a line for programs.
    if let Some((name, value)) = word.split_once('=')
        && value.len() >= DRAWN_VALUE_MIN
    {
        return format!("{name}=…");
    }
    let core = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let is_upper = core.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let is_token =
        core.len() >= 8 && digits > 0 && core.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let drawn = is_upper && matches!(core.len(), 4 | 5) || is_token && digits < core.len();
    let steady = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() && drawn => 'X',
        letter if letter.is_ascii_digit() => '0',
        letter => letter,
    };
    word.chars().map(steady).collect()
}

/// The way to a page without its query; what it names in each run anew is left out.
fn steadied_way(address: &str) -> String {
    let way = address.split_once("://").map_or(address, |(_, rest)| rest);
    let way = way.split_once('/').map_or("", |(_, way)| way);
    let way = way.split(['?', '#']).next().unwrap_or_default();
    let is_word = |part: &&str| part.len() <= 16 && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let parts: Vec<&str> = way.split('/').map(|part| Some(part).filter(is_word).unwrap_or("…")).collect();
    format!("/{}", parts.join("/"))
}

/// The page that is open, as it is read from its title to its end; its way stands above.
///
/// # Errors
/// When the browser is gone.
pub fn read_aloud(browser: &Browser) -> Result<String> {
    let tree = browser.devtools("Accessibility.getFullAXTree", &serde_json::json!({}))?;
    let nodes: Vec<TreeNode> = serde_json::from_value(tree["nodes"].clone()).context("a tree")?;
    let by_id: HashMap<&str, &TreeNode> = nodes.iter().map(|node| (node.node_id.as_str(), node)).collect();
    let root = nodes.first().context("a page has a root")?;
    let title = root.named().unwrap_or_default();
    let mut text = format!("{}\n{title}\n", steadied_way(&browser.address()?));
    // A way of its own instead of recursion: pages nest as deep as somebody writes them.
    let mut ahead = vec![(root, 0_usize, String::new())];
    while let Some((node, depth, above)) = ahead.pop() {
        let line = node.line(&above);
        let (depth, above) = match &line {
            Some(line) => {
                let _ = writeln!(text, "{}{}", "  ".repeat(depth), line);
                (depth + 1, line.clone())
            }
            None => (depth, above),
        };
        let below = node.child_ids.iter().rev().filter_map(|id| by_id.get(id.as_str()));
        ahead.extend(below.map(|child| (*child, depth, above.clone())));
    }
    Ok(text)
}

/// By which clock the dates of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeardDates {
    /// By the story's own: they are the same in each run.
    Story,
    /// By the machine's, which has another day tomorrow: days and months are not compared.
    Machine,
}

/// The first letters of days and months, in both languages and in whatever case they stand.
const DAYS: [&str; 14] = [
    "Δευτέρα",
    "Τρίτη",
    "Τετάρτη",
    "Πέμπτη",
    "Παρασκευή",
    "Σάββατο",
    "Κυριακή",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 24] = [
    "Ιανουαρίου",
    "Φεβρουαρίου",
    "Μαρτίου",
    "Απριλίου",
    "Μαΐου",
    "Ιουνίου",
    "Ιουλίου",
    "Αυγούστου",
    "Σεπτεμβρίου",
    "Οκτωβρίου",
    "Νοεμβρίου",
    "Δεκεμβρίου",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A page of the machine's clock, without its days: each is the first of them.
fn undated(read: &str) -> String {
    let one = |text: String, names: &[&str]| {
        let (greek, english) = names.split_at(names.len() / 2);
        [greek, english]
            .into_iter()
            .fold(text, |text, names| names.iter().skip(1).fold(text, |text, name| text.replace(name, names[0])))
    };
    // A day of one figure has one.
    one(one(read.to_owned(), &DAYS), &MONTHS).replace(" 00 ", " 0 ")
}

/// How the line begins that every page of staff shows while the disk is slow (`disk-slow`).
const SLOW_DISK: [&str; 2] = ["Ο δίσκος του συστήματος καθυστερεί", "The disk of this system is slow"];
const STATUS: &str = "status, live polite";

/// The page as it is while the machine's disk keeps up: a machine at work on other things may be told to be slow, and then that
/// stands on every page.
fn without_slow_disk(read: &str) -> String {
    let is_slow = |line: &&str| SLOW_DISK.iter().any(|begin| line.trim_start().starts_with(begin));
    let lines: Vec<&str> = read.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_emptied = |at: usize| {
        let within: Vec<&&str> = lines[at + 1..].iter().take_while(|line| depth(line) > depth(lines[at])).collect();
        lines[at].trim() == STATUS && !within.is_empty() && within.iter().all(|line| is_slow(line))
    };
    let kept = (0..lines.len()).filter(|at| !is_slow(&lines[*at]) && !is_emptied(*at));
    let mut kept = kept.map(|at| lines[at]).collect::<Vec<_>>().join("\n");
    if read.ends_with('\n') {
        kept.push('\n');
    }
    kept
}

/// Holds the page that is open against what was kept of it under this name, in a folder of the tests' `heard/`; says what is read
/// otherwise. With `UPDATE_GOLDEN` it is kept anew.
///
/// # Errors
/// When the browser is gone, or nothing can be written.
pub fn compare(browser: &Browser, folder: &str, name: &str, dates: HeardDates) -> Result<Option<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("heard").join(folder).join(format!("{name}.txt"));
    let read = without_slow_disk(&read_aloud(browser)?);
    let read = if dates == HeardDates::Machine { undated(&read) } else { read };
    ensure!(read.lines().count() > 3, "{name}: nothing is read: {read}");
    let kept = fs::read_to_string(&file).unwrap_or_default();
    if kept == read {
        return Ok(None);
    }
    if env::var_os(UPDATE).is_some() {
        fs::create_dir_all(file.parent().context("a folder")?)?;
        fs::write(&file, read)?;
        return Ok(None);
    }
    let other = kept.lines().zip(read.lines()).find(|(kept, read)| kept != read);
    let (kept, read) = other
        .map_or((kept.lines().count().to_string(), read.lines().count().to_string()), |(kept, read)| {
            (kept.trim().to_owned(), read.trim().to_owned())
        });
    Ok(Some(format!(
        "is read otherwise than in heard/{folder}/{name}.txt (UPDATE_GOLDEN=1 writes it anew): «{read}» instead of «{kept}»"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_between_runs_is_steady() {
        assert_eq!(steadied("StaticText «Στις 09:15, θυρίδα 2»"), "StaticText «Στις 00:00, θυρίδα 0»");
        assert_eq!(steadied("Κωδικός ραντεβού: K7M4 2QXA"), "Κωδικός ραντεβού: XXXX XXXX");
        assert_eq!(steadied_way("http://127.0.0.1:4711/staff/kep/bookings/K7M42QXA?lang=el"), "/staff/kep/bookings/…");
        let later = undated("rowheader «Δευτέρα 00 Δεκεμβρίου»\nAdded Friday 0 May 0000");
        assert_eq!(later, undated("rowheader «Κυριακή 0 Νοεμβρίου»\nAdded Sunday 00 March 0000"));
        assert_eq!(steadied("link «http://127.0.0.1:4711/booking/abc»"), "link https://…");
    }

    #[test]
    fn a_slow_disk_is_no_part_of_a_page_and_other_news_is() {
        let slow =
            "main\n  status, live polite\n    The disk of this system is slow, and so on\n  heading «A», level 1\n";
        assert_eq!(without_slow_disk(slow), "main\n  heading «A», level 1\n");
        let both = "main\n  status, live polite\n    Ο δίσκος του συστήματος καθυστερεί και\n    Saved.\n";
        assert_eq!(without_slow_disk(both), "main\n  status, live polite\n    Saved.\n");
        let other = "main\n  status, live polite\n    Saved.\n  log";
        assert_eq!(without_slow_disk(other), other);
        let empty = "main\n  status, live polite\n  log";
        assert_eq!(without_slow_disk(empty), empty);
    }
}
