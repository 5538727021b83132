//! The sentence for each reason to say no: what happened, and what to do next.

use chrono::{DateTime, Utc};
use wire::ProblemCode;

use crate::dates::Dates;

/// The sentence for a problem. Where the problem has a time and there is a sentence that speaks of it, that one is taken.
#[must_use]
pub fn problem(code: ProblemCode, at: Option<DateTime<Utc>>, now: DateTime<Utc>, dates: Dates) -> String {
    let id = format!("problem-{}", name(code));
    at.and_then(|at| dates.voice.try_with(&format!("{id}-at"), "at", &dates.at(at, now)))
        .unwrap_or_else(|| dates.voice.say(&id))
}

/// The code's name on the wire, e.g. `slot-taken`.
fn name(code: ProblemCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(_) | Err(_) => "unavailable".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;
    use crate::Voice;

    #[test]
    fn a_time_is_named_where_there_is_one() {
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        let dates = Dates { voice: Voice(Language::En), zone: chrono_tz::Europe::Athens, now };
        let opens = "2026-11-25T06:00:00Z".parse().unwrap();
        let with = problem(ProblemCode::OfficeClosed, Some(opens), now, dates);
        assert!(with.contains("open on Wednesday 25 November at 08:00."), "{with}");
        let without = problem(ProblemCode::OfficeClosed, None, now, dates);
        assert!(!without.contains("problem-") && without.ends_with('.'), "{without}");
    }

    #[test]
    fn every_code_has_its_sentences() {
        // Read from the source, so that a new code without a sentence is found.
        let source = include_str!("../../../wire/src/problem.rs");
        let body = source.split_once("pub enum ProblemCode {").unwrap().1.split_once("\n}").unwrap().0;
        let names: Vec<&str> =
            body.lines().filter_map(|line| line.trim().strip_suffix(',')).filter(|line| !line.contains(' ')).collect();
        assert!(names.len() > 40);
        for name in names {
            let mut id = "problem".to_owned();
            for character in name.chars() {
                if character.is_uppercase() {
                    id.push('-');
                }
                id.extend(character.to_lowercase());
            }
            for language in Language::ALL {
                assert!(Voice(language).try_with(&id, "at", "").is_some(), "{id} is missing in {}", language.tag());
            }
        }
    }
}
