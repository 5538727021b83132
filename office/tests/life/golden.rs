//! One of every event as JSON: an old journal must always be readable.
//!
//! Each file in `tests/golden/` is an event as it was once written. It is read, written again, and must be the same. A
//! kind of event without a file fails; `UPDATE_GOLDEN=1` writes the files that are missing, and touches no other.

use std::collections::BTreeMap;
use std::path::PathBuf;

use office::{Event, EventKind};

use crate::script::check;

/// Days in which everything happens once.
const DAYS: [&str; 3] = [
    "
    service certificates 20m telephone
    service building 60m
    desk 1 serves certificates building
    desk 2 serves certificates
    rule recalls_before_no_show 0
    rule recall_interval_seconds 0
    rule remote_attempts_max 1
    07:00 suspend tickets
    07:01 resume tickets
    07:02 H holds certificates at 09:00
    07:03 H extends
    07:04 H releases
    07:05 G holds certificates at 13:40 agent 1
    07:05 G is entrusted to 4
    07:05 C holds certificates at 12:00
    07:06 C confirms
    07:07 A books certificates at 10:00
    07:08 B books certificates at 11:00
    07:09 B moves to 11:20
    07:10 B cancels
    07:10 office cancels C
    07:10 C takes 12:40
    07:10 change details of C
    07:11 T books certificates at 13:00 by telephone
    07:12 M books certificates at 13:20
    08:00 open 1
    08:00 open 2
    08:01 break 2 until 08:10
    08:02 resume 2
    08:03 ready 2
    08:04 W1 walks in for certificates
    08:05 recall W1 at 2
    08:06 put back W1 at 2
    08:07 next at 2
    08:08 W1 appears
    08:09 park W1
    08:10 close 2
    08:11 W2 walks in for certificates
    08:12 amend W2 2 persons 1 cases
    08:13 note W2
    08:13 W2 needs escort
    08:13 help rings at door
    08:13 clerk 1 goes to help
    08:13 help ends
    08:14 W2 leaves
    08:15 W2 stays
    08:16 no note W2
    08:17 next at 1
    08:18 W1 does not appear
    08:19 W1 comes back
    08:20 D comes to desk 1 for certificates
    08:22 D shows identity representation papers complete
    08:25 finish D
    08:26 hand over 1 from 1 to 9
    08:30 next at 1
    08:31 W1 appears
    08:32 transfer W1 to building because mistake
    08:33 next at 1
    08:34 W1 appears
    08:35 finish W1
    08:40 W3 walks in for building
    08:41 W3 fixes 12:20
    09:00 next at 1
    09:01 W2 appears
    09:02 finish W2
    09:10 W5 walks in for building
    09:10 call W5 to 1 because urgent
    09:11 W5 appears
    09:55 A checks in
    10:00 interrupt W5
    10:30 outage since 10:10
    10:31 W4 on paper at 1 for certificates came 10:11 served 10:12 10:20
    11:00 kiosk 1 leases numbers
    11:10 W6 came to kiosk 1 at 11:05 for certificates as A500
    11:10 M2 came to kiosk 1 at 11:06 as P500
    11:11 find booking M for M2
    11:12 N2 came to kiosk 1 at 11:07 as P501
    11:13 settle P501
    11:14 W6 on paper at 1 for certificates came 11:05 served 11:06 11:08 as A500
    11:15 kiosk 1 gives back 500
    13:00 call T to 1
    13:01 T does not answer
    on 2026-11-25
    00:01 time passes
    ",
    "
    service certificates 20m
    desk 1 serves certificates
    strict void late
    08:00 open 1
    08:00 A books certificates at 10:00
    08:00 B books certificates at 11:00
    08:01 void B
    08:01 C books certificates at 12:00
    08:02 ask C to correct until 09:00
    08:03 C corrects
    10:30 A checks in late end-of-day
    10:31 admit A
    ",
    "
    service certificates 20m
    desk 1 serves certificates
    08:00 A books certificates at 10:00
    08:01 void A
    ",
];

/// The first event of each kind in those days.
fn samples() -> BTreeMap<String, Event> {
    let journals = DAYS.map(|day| check(day).journal);
    let mut samples = BTreeMap::new();
    for event in journals.into_iter().flatten() {
        samples.entry(name(&event.kind)).or_insert(event);
    }
    samples
}

/// The name that a kind of event has in JSON.
fn name(kind: &EventKind) -> String {
    let json = serde_json::to_value(kind).unwrap();
    json.as_object().and_then(|object| object.keys().next().cloned()).unwrap()
}

/// Every kind that there is, as the reader of journals itself lists them.
fn every_kind() -> Vec<String> {
    let fault = serde_json::from_str::<EventKind>(r#"{"no such kind": 1}"#).unwrap_err().to_string();
    let list = fault.split_once("expected one of").unwrap().1;
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn golden(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{kind}.json"))
}

#[test]
fn every_event_that_was_ever_written_can_be_read_and_is_written_the_same() {
    let kinds = every_kind();
    assert!(kinds.len() > 40, "{kinds:?}");
    let samples = samples();
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for kind in kinds {
        let path = golden(&kind);
        if update && !path.exists() {
            let sample = samples.get(&kind).unwrap_or_else(|| panic!("no day of these has a `{kind}`"));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, serde_json::to_string_pretty(sample).unwrap() + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let event: Event = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{kind}: {fault}"));
        assert_eq!(name(&event.kind), kind);
        let before: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), before, "{kind} is written otherwise than it was");
    }
}

/// A kind of event that came to be written otherwise has a file for each of its forms: `called.weighed.json` beside `called.json`.
#[test]
fn new_11_every_other_form_of_an_event_can_be_read_and_is_written_the_same() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut forms = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let Some((kind, _)) = stem.split_once('.') else { continue };
        forms += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let event: Event = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{stem}: {fault}"));
        assert_eq!(name(&event.kind), kind);
        let before: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), before, "{stem} is written otherwise than it was");
    }
    assert!(forms > 0);
}

#[test]
fn these_days_have_every_kind_of_event() {
    let samples = samples();
    let missing: Vec<String> = every_kind().into_iter().filter(|kind| !samples.contains_key(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
