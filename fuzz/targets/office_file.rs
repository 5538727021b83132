//! Office files: what is no office is told in a sentence with its line; what is one can be written down, read back, folded, and
//! looked at, without anything breaking behind it.

#![no_main]

use chrono::{DateTime, TimeDelta, Utc};
use libfuzzer_sys::fuzz_target;
use office::{Command, Office, OfficeConfig, apply, decide, next_due};

/// Longer files than people write only make the fuzzer slow.
const FILE_BYTES_MAX: usize = 64 * 1024;
/// So often is the office asked what is due next.
const TURNS: usize = 8;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else { return };
    if text.len() > FILE_BYTES_MAX {
        return;
    }
    let config = match office_file::parse(text) {
        Ok(config) => config,
        Err(sentence) => {
            assert!(sentence.trim().len() > 10, "no sentence: {sentence:?}");
            assert!(!sentence.contains("Error {") && !sentence.contains("Some("), "for developers: {sentence}");
            return;
        }
    };
    assert!(config.check().is_ok(), "what was refused is taken");
    let written = serde_json::to_string(&config).expect("a configuration is written");
    let read: OfficeConfig = serde_json::from_str(&written).expect("and read back");
    assert_eq!(read, config, "and is the same");
    let mut now: DateTime<Utc> = "2026-11-24T07:00:00Z".parse().expect("a time");
    let mut office = Office::default();
    if let Ok(events) = decide(&office, &Command::Configure(Box::new(config)), now) {
        for event in &events {
            apply(&mut office, event);
        }
    }
    for _ in 0..TURNS {
        let Some(due) = next_due(&office, now) else { break };
        now = due.max(now + TimeDelta::seconds(1));
        if let Ok(events) = decide(&office, &Command::Tick, now) {
            for event in &events {
                apply(&mut office, event);
            }
        }
    }
    assert_eq!(office.check_invariants(), Ok(()));
});
