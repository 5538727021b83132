//! Doc lines that say nothing: one word, or no other words than the name below has. Whoever reads the name has read them.

/// Where such lines still stand; empty is the aim.
const LEFT: &[&str] = &[
    "hub/acts/src/agent_sign_in.rs",
    "hub/acts/src/hold.rs",
    "hub/acts/src/requests/submit.rs",
    "hub/acts/src/set_agent_password.rs",
    "hub/acts/src/set_new_password.rs",
];

/// Words that say nothing beside a name.
const SMALL: &[&str] = &[
    "a", "all", "an", "and", "are", "as", "each", "every", "for", "in", "is", "it", "its", "of", "one", "own", "that",
    "the", "their", "this", "what", "when", "where", "whether", "which", "who", "whom", "whose", "why", "with",
];

/// What stands before a name.
const BEFORE_NAMES: &[&str] =
    &["const", "static", "async", "unsafe", "fn", "struct", "enum", "trait", "type", "union", "mod", "mut"];

/// The words of a name, `BookingLife` and `booking_life` alike.
fn words_of_name(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter == '_' || was_small && letter.is_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        was_small = letter.is_lowercase() || letter.is_ascii_digit();
        if let Some(word) = words.last_mut().filter(|_| letter != '_') {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// The name that a line gives to something.
fn name(item: &str) -> &str {
    let bare = item.trim_start();
    let bare = match bare.strip_prefix("pub") {
        Some(rest) => rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest),
        None => bare,
    };
    let mut parts =
        bare.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|part| !part.is_empty());
    parts.find(|part| !BEFORE_NAMES.contains(part)).unwrap_or_default()
}

/// Whether a doc line says nothing of a name. Whoever writes code into it says something.
fn says_nothing(said: &str, name: &str) -> bool {
    let words: Vec<String> = said
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let named = words_of_name(name);
    let is_named = |word: &str| named.iter().any(|part| part == word || word.strip_suffix('s') == Some(part.as_str()));
    !said.contains('`')
        && (words.len() == 1 || words.iter().all(|word| SMALL.contains(&word.as_str()) || is_named(word)))
}

/// Every such line of a file.
pub fn faults(path: &str, text: &str) -> Vec<String> {
    let is_test = path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("tests.rs");
    if !path.ends_with(".rs") || is_test || LEFT.iter().any(|left| path.starts_with(left)) {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_doc = |line: &str| line.starts_with("///");
    let mut faults = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(said) = line.strip_prefix("///").map(str::trim).filter(|said| !said.is_empty()) else { continue };
        // What a longer comment says stands in several lines.
        let is_alone = !at.checked_sub(1).is_some_and(|before| is_doc(lines[before]));
        let below = &lines[at + 1..];
        if !is_alone || below.first().is_some_and(|line| is_doc(line)) {
            continue;
        }
        let mut in_attribute = false;
        let item = below.iter().find(|line| {
            let is_attribute = in_attribute || line.starts_with("#[");
            in_attribute = is_attribute && !line.ends_with(']');
            !is_attribute
        });
        if says_nothing(said, item.map_or("", |item| name(item))) {
            faults.push(format!("{path}:{}: `{said}` says no more than the name below", at + 1));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: usize) {
        let faults = faults("body/src/lib.rs", text);
        assert_eq!(faults.len(), expect, "{text}: {faults:?}");
    }

    #[test]
    fn card_09_a_doc_line_says_more_than_the_name_below() {
        check("/// Which.\npub of: u32,", 1);
        check("/// When.\npub at: u32,", 1);
        check("/// The role.\n#[must_use]\npub const fn role(self) -> Role {", 1);
        check("/// A desk.\n#[expect(\n    dead_code,\n    reason = \"none\"\n)]\npub(crate) struct Desk;", 1);
        check("    /// Its units.\n    pub units: u32,", 1);
        check("/// Of which kind it is.\nfn kind() {", 1);
        check("/// Which desk.\npub office: u32,", 0);
        check("/// What its holder may do there.\npub const fn role(self) -> Role {", 0);
        check("/// The role\n/// that somebody has.\npub role: u32,", 0);
        check("/// `[ldap]`.\npub ldap: u32,", 0);
        check("// Which.\nlet a = 1;", 0);
        assert!(faults("body/tests/life.rs", "/// Which.\nfn a() {}").is_empty());
    }

    #[test]
    fn a_name_is_found_behind_what_stands_before_it() {
        for (item, expect) in [
            ("pub(crate) async fn run(room: Room) {", "run"),
            ("const LEVELS: u8 = 1;", "LEVELS"),
            ("Office(OfficeId),", "Office"),
            ("pub struct OpenIdConfig {", "OpenIdConfig"),
        ] {
            assert_eq!(name(item), expect);
        }
        assert_eq!(words_of_name("BookingLife"), ["booking", "life"]);
        assert_eq!(words_of_name("booking_life"), ["booking", "life"]);
        assert_eq!(words_of_name("LEVELS"), ["levels"]);
    }
}
