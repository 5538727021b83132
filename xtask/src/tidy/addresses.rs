//! Addresses of pages and of our own files are written in one place, the table of `hub/paths`: whatever else leads somewhere names
//! the page, so that one that has gone, or is called otherwise, does not compile.

use std::collections::BTreeSet;

/// Where every address is written.
const TABLE: &str = "hub/paths/src/lib.rs";
/// The doors that have routes of their own: the API, and what the program itself tells who watches over the machine.
const OTHER_DOORS: &[&str] = &["hub/api/", "hub/src/watch.rs"];

/// What the house's files say that looks like an address, and what the table says there is.
#[derive(Debug, Default)]
pub struct PageAddresses {
    /// With what addresses begin, `staff` of `/staff/{office}/house`.
    heads: BTreeSet<String>,
    /// What stands in sources, each with its place: whether it is an address is known once the table has been read.
    said: Vec<(String, String)>,
    /// What stands in templates, where nothing else begins like an address, each with its place.
    shown: Vec<(String, String)>,
}

/// The first part of what follows a slash; `staff.ftl` is a file's name.
fn head(rest: &str) -> &str {
    rest.split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '.'))
        .next()
        .unwrap_or_default()
}

/// What follows each slash with which an address could begin: at the head of a text, in a question, behind a value.
fn slashes(line: &str) -> impl Iterator<Item = &str> {
    let begins = move |(at, _): &(usize, &str)| line[..*at].ends_with(['"', '=', '}']);
    line.match_indices('/').filter(begins).map(move |(at, _)| &line[at + 1..])
}

impl PageAddresses {
    /// Takes in a file of the repository.
    pub fn take(&mut self, path: &str, text: &str) {
        let is_of_hub = path.starts_with("hub/") && !OTHER_DOORS.iter().any(|door| path.starts_with(door));
        if path == TABLE {
            let literals = text.lines().filter_map(|line| line.split_once(" = \"/")).map(|(_, rest)| head(rest));
            self.heads.extend(literals.filter(|head| !head.is_empty()).map(str::to_owned));
        } else if is_of_hub && path.contains("/templates/") {
            self.take_template(path, text);
        } else if is_of_hub && path.ends_with(".rs") && path.contains("/src/") && !path.ends_with("tests.rs") {
            let own = text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(own, _)| own);
            for (nth, line) in own.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                let place = || format!("{path}:{}", nth + 1);
                self.said.extend(slashes(code).map(|rest| (place(), head(rest).to_owned())));
            }
        }
    }

    fn take_template(&mut self, path: &str, text: &str) {
        for (nth, line) in text.lines().enumerate() {
            // `/>` ends a drawing's line; a slash between two values is one that people read.
            let begins = slashes(line).filter(|rest| !rest.starts_with('>') && !rest.starts_with("{{"));
            self.shown.extend(begins.map(|rest| (format!("{path}:{}", nth + 1), head(rest).to_owned())));
        }
    }

    /// Every address that is written by hand.
    pub fn faults(&self) -> Vec<String> {
        let said = self.said.iter().filter(|(_, head)| self.heads.contains(head));
        let all = said.chain(&self.shown);
        all.map(|(place, head)| format!("{place}: `/{head}…` is an address: it is a `Page` of {TABLE}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: &str =
        "    Front = \"/\";\n    Member = \"/account\";\n    Day { office: &'a str } = \"/staff/{office}\";\n";

    fn check(path: &str, text: &str, expect: usize) {
        let mut addresses = PageAddresses::default();
        addresses.take(path, text);
        addresses.take(TABLE, PAGES);
        let faults = addresses.faults();
        assert_eq!(faults.len(), expect, "{faults:?}");
    }

    #[test]
    fn card_09_a_page_is_named_in_sources_and_not_written() {
        check("hub/staff-pages/src/a.rs", "let a = format!(\"/staff/{office}\");", 1);
        check("hub/post/src/a.rs", "link: post.url(\"/account\"),", 1);
        check("hub/stationery/src/a.rs", "asking(\"done=1&next=/account\")", 1);
        check("hub/stationery/src/a.rs", "format!(\"{url}/account?a=1\")", 1);
        check("hub/stationery/src/a.rs", "a.split('/'); a.join(\"/\"); // \"/account\"", 0);
        check(
            "hub/office-file/src/a.rs",
            "read(\"/accounts\"); named(\"a/account\"); kind(\"text/staff\"); concat!(language, \"/staff.ftl\")",
            0,
        );
        check("hub/stationery/src/a.rs", "a();\n#[cfg(test)]\nmod tests {\n    is(\"/account\");", 0);
        check("hub/api/src/a.rs", "path = \"/account\"", 0);
        check("hub/tests/pages.rs", "get(\"/account\")", 0);
        check("tests/tests/a.rs", "get(\"/account\")", 0);
    }

    #[test]
    fn card_09_a_page_is_named_in_templates_and_not_written() {
        check("hub/a/templates/a.html", "<a href=\"/account\">", 1);
        check("hub/a/templates/a.html", "<a href=\"/\">{{ f.say(\"back\") }}</a>", 1);
        check("hub/a/templates/a.html", "<a href=\"/no-page-of-ours\">", 1);
        check("hub/a/templates/a.html", "{% block home %}/{% if of_staff %}staff{% endif %}{% endblock %}", 1);
        check(
            "hub/a/templates/a.html",
            "<a href=\"{{ paths::Page::Member }}\">{{ done }}/{{ all }}</a><path d=\"M1\"/>",
            0,
        );
    }
}
