//! Body files: what is no body is told in a sentence with its line; what is one can be written down, read back, and have a
//! request of each of its categories submitted, worked on and reopened, without anything breaking behind it.

#![no_main]

use std::sync::LazyLock;

use body::{
    AccountId, Asker, BWish, BodyConfig, Case, CaseCommand, CaseContext, CaseId, CategoryId, Doer, ProtocolSeries,
    ProtocolSource, SeriesKind, WordsId, case,
};
use chrono::{DateTime, TimeDelta, Utc};
use libfuzzer_sys::fuzz_target;
use office::OfficeConfig;
use vocabulary::{Assurance, Level};

/// Longer files than people write only make the fuzzer slow.
const FILE_BYTES_MAX: usize = 64 * 1024;
/// Of so many categories a request is submitted.
const CATEGORIES: usize = 8;

/// The office beside which the body stands.
static OFFICE: LazyLock<OfficeConfig> =
    LazyLock::new(|| office_file::parse(include_str!("../../hub/samples/kep.toml")).expect("the sample"));

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else { return };
    if text.len() > FILE_BYTES_MAX {
        return;
    }
    let config = match body_file::parse(text, &[&OFFICE]) {
        Ok(set_up) => set_up.config,
        Err(sentence) => {
            assert!(sentence.trim().len() > 10, "no sentence: {sentence:?}");
            assert!(!sentence.contains("Error {") && !sentence.contains("Some("), "for developers: {sentence}");
            return;
        }
    };
    assert!(config.check().is_ok(), "what was refused is taken");
    let written = serde_json::to_string(&config).expect("a configuration is written");
    let read: BodyConfig = serde_json::from_str(&written).expect("and read back");
    assert_eq!(read, config, "and is the same");
    let all: Vec<CategoryId> = config.categories.keys().copied().take(CATEGORIES).collect();
    all.into_iter().for_each(|category| live(&config, category));
});

/// The life of a request of a category.
fn live(config: &BodyConfig, category: CategoryId) {
    let (applicant, worker) = (AccountId(100), AccountId(7));
    let kind = match config.protocol {
        ProtocolSource::Own => SeriesKind::Official,
        ProtocolSource::Adapter { .. } => SeriesKind::Provisional,
    };
    let series = ProtocolSeries::new(kind);
    let mut now: DateTime<Utc> = "2026-12-22T07:00:00Z".parse().expect("a time");
    let words = WordsId("00000000-0000-4000-8000-00000000000f".parse().expect("an id"));
    let mut request: Option<Case> = None;
    let steps = [
        (applicant, CaseCommand::Submit { case: CaseId(1), category, way: None, words }),
        (worker, CaseCommand::Take),
        (worker, CaseCommand::Ask { question: words }),
        (applicant, CaseCommand::Answer { answer: words }),
        (worker, CaseCommand::Finish { words: None }),
        (applicant, CaseCommand::Reopen { reason: words }),
    ];
    for (by, command) in steps {
        let wish = BWish::None;
        let applicant = Asker::SignedIn { level: Level::B, assurance: Assurance::Taxisnet, wish };
        let context = CaseContext {
            by: Doer::Account(by),
            now,
            config,
            series: &series,
            applicant,
            b_open: true,
            has_file: true,
        };
        for event in case::decide(request.as_ref(), &command, &context).unwrap_or_default() {
            let before = request.as_ref().map(|request| request.clock.due);
            request = case::apply(request.take(), &event);
            let after = request.as_ref().map(|request| request.clock.due);
            assert!(before.is_none() || before <= after, "due earlier than before");
        }
        now += TimeDelta::days(9);
    }
    assert!(request.is_some(), "nobody can ask for it");
}
