//! SpokenSentences that nobody speaks: an id of `text/` that stands in no source and no template is a leftover, which people still
//! translate.

use std::collections::BTreeSet;

/// The fixed part of a name that is put together is at least so long: what is shorter fits everything.
const FIXED_MIN: usize = 4;

/// Every sentence, and all that could be the name of one.
#[derive(Debug, Default)]
pub struct SpokenSentences {
    /// The file and the id of each.
    ids: Vec<(String, String)>,
    /// Words between quotation marks.
    words: BTreeSet<String>,
    /// Names that are put together, by what stands before, between and behind the values.
    patterns: BTreeSet<Vec<String>>,
}

/// Whether a letter can stand in an id.
const fn is_of_id(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
}

/// Whether what a file says counts: tests only look at sentences that others speak.
fn speaks(path: &str) -> bool {
    let is_test = path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("tests.rs");
    let is_template = path.contains("/templates/");
    !is_test && (path.ends_with(".rs") || is_template)
}

impl SpokenSentences {
    /// Takes in a file of the repository.
    pub fn take(&mut self, path: &str, text: &str) {
        if path.starts_with("text/") && path.ends_with(".ftl") {
            self.take_text(path, text);
        } else if speaks(path) {
            let own = text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(own, _)| own);
            self.take_source(own);
        }
    }

    fn take_text(&mut self, path: &str, text: &str) {
        for line in text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase())) {
            self.ids.extend(line.split_once(" =").map(|(id, _)| (path.to_owned(), id.to_owned())));
        }
        // A sentence within another.
        let within = text.split("{ ").skip(1).filter_map(|rest| rest.split_once(" }"));
        self.words.extend(within.map(|(word, _)| word).filter(|word| word.chars().all(is_of_id)).map(str::to_owned));
    }

    fn take_source(&mut self, text: &str) {
        // Templates speak within attributes, whose quotation marks are the same: whatever stands between two is looked at.
        for part in text.split('"') {
            if !part.is_empty() && part.chars().all(is_of_id) {
                self.words.insert(part.to_owned());
            } else if let Some(pattern) = pattern(part) {
                self.patterns.insert(pattern);
            }
        }
    }

    /// Whether somebody speaks it. A name that begins with a value, e.g. `{id}-below`, has a known word before its end.
    fn is_spoken(&self, id: &str) -> bool {
        let fits = |pattern: &Vec<String>| match pattern.split_first() {
            Some((first, [last])) if first.is_empty() => {
                id.strip_suffix(last.as_str()).is_some_and(|stem| self.words.contains(stem))
            }
            Some((first, rest)) => {
                let Some(mut left) = id.strip_prefix(first.as_str()) else { return false };
                let ends = rest.last().is_none_or(|last| left.len() > last.len() && left.ends_with(last.as_str()));
                let between = rest.iter().all(|part| match left.find(part.as_str()) {
                    Some(at) => {
                        left = &left[at + part.len()..];
                        true
                    }
                    None => false,
                });
                ends && between
            }
            None => false,
        };
        self.words.contains(id) || self.patterns.iter().any(fits)
    }

    /// Those that nobody speaks.
    pub fn faults(&self) -> Vec<String> {
        let dead = self.ids.iter().filter(|(_, id)| !self.is_spoken(id));
        dead.map(|(path, id)| format!("{path}: nobody speaks {id}")).collect()
    }
}

/// What a name is put together of, `weekday-{number}`; none for other text.
fn pattern(text: &str) -> Option<Vec<String>> {
    let mut fixed = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        fixed.push(before.to_owned());
        (_, rest) = behind.split_once('}')?;
    }
    if fixed.is_empty() {
        return None;
    }
    fixed.push(rest.to_owned());
    let is_name = fixed.iter().all(|part| part.chars().all(is_of_id));
    let is_told = fixed.iter().any(|part| part.len() >= FIXED_MIN);
    (is_name && is_told).then_some(fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(source: &str, ids: &[&str]) -> Vec<String> {
        let mut all = SpokenSentences::default();
        let text: String = ids.iter().map(|id| format!("{id} = …\n")).collect();
        all.take("text/el/pages.ftl", &text);
        all.take("hub/text/src/x.rs", source);
        all.faults()
    }

    #[test]
    fn what_nobody_speaks_is_found_and_what_is_put_together_is_not() {
        assert_eq!(sentences("say(\"hello\")", &["hello"]), Vec::<String>::new());
        assert_eq!(sentences("say(\"hello\")", &["hello", "gone"]), ["text/el/pages.ftl: nobody speaks gone"]);
        let weekdays = "say(&format!(\"weekday-{}\", 1))";
        assert_eq!(sentences(weekdays, &["weekday-1", "weekday-7"]).len(), 0);
        assert_eq!(sentences(weekdays, &["weekday-", "the-weekday-1"]).len(), 2);
        let below = "let id = \"closed\"; say(&format!(\"{id}-below\"))";
        assert_eq!(sentences(below, &["closed", "closed-below", "opened-below"]).len(), 1);
        assert_eq!(sentences("#[cfg(test)]\nmod tests {\n say(\"hello\")", &["hello"]).len(), 1, "a test alone");
        assert_eq!(sentences("say(\"a\")", &["a = { term-b }\nterm-b"]).len(), 0, "within another");
        // In a template, within an attribute.
        let mut all = SpokenSentences::default();
        all.take("text/el/pages.ftl", "held-left = …\n");
        all.take("hub/a/templates/a.html", "<p data-left=\"{{ f.say(\"held-left\") }}\">");
        assert_eq!(all.faults().len(), 0);
    }
}
