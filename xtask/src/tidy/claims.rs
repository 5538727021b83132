//! What the page of security says of itself: that the tests and files it names exist, and that its totals are those of its rows.

use std::collections::{BTreeMap, BTreeSet};

/// Where the claims are made.
const PAGE: &str = "docs/security.md";
/// A test is a sentence: its name has at least so many of these between its words.
const JOINTS_MIN: usize = 2;
/// What looks like a test on the page, and is a key of `hub.toml` or an attribute.
const NO_TESTS: &[&str] = &["admin_idle_minutes", "deny_unknown_fields"];
/// By their ends files are told from folders and addresses.
const FILE_ENDS: &[&str] = &["html", "js", "json", "md", "rs", "toml", "txt"];
/// What a row can say, in the order of the columns of the totals.
const VERDICTS: [&str; 4] = ["met", "partly", "not", "does not apply"];

/// How many rows say what.
type VerdictCount = [u32; VERDICTS.len()];

/// The page, and all that it could name.
#[derive(Debug, Default)]
pub struct SecurityClaims {
    page: Option<String>,
    tests: BTreeSet<String>,
    files: BTreeSet<String>,
}

impl SecurityClaims {
    /// Takes in a file of the repository.
    pub fn take(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned());
        if path == PAGE {
            self.page = Some(text.to_owned());
        } else if path.ends_with(".rs") {
            self.take_tests(text);
        }
    }

    fn take_tests(&mut self, text: &str) {
        let mut is_test = false;
        for line in text.lines().map(str::trim_start) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                is_test = true;
            } else if let Some(rest) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn ")) {
                if is_test {
                    self.tests.insert(rest.chars().take_while(|letter| is_of_name(*letter)).collect());
                }
                is_test = false;
            }
        }
    }

    /// What is claimed and is not so.
    pub fn faults(&self) -> Vec<String> {
        let Some(page) = &self.page else { return vec![format!("{PAGE} is not there")] };
        let named =
            page.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).filter_map(|word| self.untrue(word));
        let named: BTreeSet<String> = named.collect();
        named.into_iter().chain(untrue_totals(page)).map(|fault| format!("{PAGE}: {fault}")).collect()
    }

    /// What is wrong with a word in code letters.
    fn untrue(&self, word: &str) -> Option<String> {
        let is_name = word.chars().all(is_of_name) && word.matches('_').count() >= JOINTS_MIN;
        let is_file = word.contains('/') && word.rsplit_once('.').is_some_and(|(_, end)| FILE_ENDS.contains(&end));
        if is_name && !NO_TESTS.contains(&word) && !self.tests.contains(word) {
            Some(format!("there is no test {word}"))
        } else if is_file && !word.starts_with('/') && !self.files.contains(word) {
            Some(format!("there is no file {word}"))
        } else {
            None
        }
    }
}

/// Whether a letter can stand in the name of a function.
const fn is_of_name(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
}

/// Rows that say something else than a row can, and totals that are not those of their rows.
fn untrue_totals(page: &str) -> Vec<String> {
    let (mut counted, mut said) = (BTreeMap::<u32, VerdictCount>::new(), BTreeMap::<u32, VerdictCount>::new());
    let (mut all, mut faults) = (None, Vec::new());
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('*')).collect();
        if let Some(chapter) = cells.get(1).and_then(|number| chapter_of(number)) {
            let verdict = cells.get(4).copied().unwrap_or_default();
            match VERDICTS.iter().position(|known| *known == verdict) {
                Some(at) => counted.entry(chapter).or_default()[at] += 1,
                None => faults.push(format!("{}: \"{verdict}\" should be one of {}", cells[1], VERDICTS.join(", "))),
            }
        } else if let ["", name, met, partly, not, apart, ""] = cells.as_slice() {
            let numbers = [met, partly, not, apart].map(|cell| cell.parse::<u32>().ok());
            let [Some(met), Some(partly), Some(not), Some(apart)] = numbers else { continue };
            let (first, second) = name.split_once(' ').unwrap_or((name, ""));
            match first.parse::<u32>() {
                Ok(chapter) => drop(said.insert(chapter, [met, partly, not, apart])),
                Err(_) => all = Some((second.parse::<u32>().ok(), [met, partly, not, apart])),
            }
        }
    }
    let chapters: BTreeSet<&u32> = counted.keys().chain(said.keys()).collect();
    for chapter in chapters {
        let (is, says) = (counted.get(chapter), said.get(chapter));
        if is != says {
            faults.push(format!("V{chapter}: its rows are {is:?}, its total says {says:?} ({})", VERDICTS.join(", ")));
        }
    }
    let sums = counted.values().fold(VerdictCount::default(), |sums, one| [0, 1, 2, 3].map(|at| sums[at] + one[at]));
    let whole = Some((Some(sums.iter().sum::<u32>()), sums));
    if all != whole {
        faults.push(format!("all: the rows are {whole:?}, the total says {all:?} ({})", VERDICTS.join(", ")));
    }
    faults
}

/// The chapter of a requirement, `6.2.11`; none for other text.
fn chapter_of(number: &str) -> Option<u32> {
    let parts: Vec<u32> = number.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    (parts.len() == 3).then(|| parts[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOTALS: &str = "| 1 Words | 1 | 0 | 1 | 0 |\n| **all 2** | **1** | **0** | **1** | **0** |\n";
    const ROWS: &str = "| 1.1.1 | 2 | a | met | `a_name_is_one` |\n| 1.10.2 | 1 | b | **not** | none |\n";

    fn faults(page: &str) -> Vec<String> {
        let mut claims = SecurityClaims::default();
        claims.take(PAGE, page);
        claims.take("hub/a/src/a.rs", "#[test]\nfn a_name_is_one() {}\nfn a_name_is_none() {}\n");
        claims
            .take("hub/a/tests/b.rs", "    #[tokio::test(start_paused = true)]\n    async fn two_are_here_too() {}\n");
        claims.faults()
    }

    #[test]
    fn new_08_every_test_and_file_that_the_page_names_is_there() {
        let page = |said: &str| format!("{TOTALS}{ROWS}\n{said}\n");
        for right in
            ["`two_are_here_too`", "`hub/a/src/a.rs`", "`hours_max`, `admin_idle_minutes`, `/api/a.json`", "hub/a"]
        {
            assert_eq!(faults(&page(right)), Vec::<String>::new(), "{right}");
        }
        for wrong in
            ["`a_name_is_gone`", "`a_name_is_none`", "`hub/a/src/gone.rs`", "of `fld_21_gone` and `fld_21_gone`"]
        {
            assert_eq!(faults(&page(wrong)).len(), 1, "{wrong}");
        }
        assert_eq!(SecurityClaims::default().faults().len(), 1, "the page itself");
    }

    #[test]
    fn new_08_the_totals_are_those_of_the_rows() {
        assert_eq!(faults(&format!("{TOTALS}{ROWS}")), Vec::<String>::new());
        let more = "| 2.1.1 | 1 | c | partly | … |\n";
        assert_eq!(faults(&format!("{TOTALS}{ROWS}{more}")).len(), 2, "a chapter without a total, and the sum");
        assert_eq!(faults(&format!("{TOTALS}{}", ROWS.replace("met", "mostly"))).len(), 3, "no such verdict");
        assert_eq!(faults(&format!("{}{ROWS}", TOTALS.replace("all 2", "all 3"))).len(), 1);
        assert_eq!(faults(&format!("{}{ROWS}", TOTALS.replace("Words | 1 | 0", "Words | 0 | 1"))).len(), 1);
        assert_eq!(faults(ROWS).len(), 2, "no totals at all");
    }
}
