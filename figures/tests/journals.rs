//! Figures of days that the simulator played: counted on the way and from the whole journal, and judged by Python.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    collections::BTreeMap,
    io::Write,
    process::{Command, Stdio},
};

use chrono::{DateTime, NaiveDate, Utc};
use figures::{
    ArrivalWay, BookingGroup, DayFacts, FigureChoice, OfficeFigures, Spread, VisitGroup, closed_by, days_of,
};
use office::{Event, EventKind, HouseEvent, Office};
use proptest::prelude::*;
use serde_json::{Value, json};
use simulator::{people, world::World};

/// The journal of the day of a seed, with the night after it.
fn journal(seed: u64) -> Vec<Event> {
    let mut world = World::new(seed, false);
    people::live_a_day(&mut world).unwrap();
    let mut journal = world.journal().to_vec();
    // Events are kept by the millisecond.
    for event in &mut journal {
        event.at = DateTime::from_timestamp_millis(event.at.timestamp_millis()).unwrap();
    }
    journal
}

fn spread(spread: Option<Spread>) -> Value {
    spread.map_or(Value::Null, |spread| json!([spread.count, spread.median, spread.ninety]))
}

fn visits(group: &VisitGroup) -> Value {
    json!([
        group.visits,
        group.done,
        group.not_possible,
        group.documents_missing,
        group.no_shows,
        group.left,
        group.unserved,
        group.overtaken,
        spread(group.wait),
        spread(group.way),
        spread(group.service),
        spread(group.behind),
    ])
}

fn bookings(group: &BookingGroup) -> Value {
    let fates: BTreeMap<String, u32> =
        group.fates.iter().map(|(fate, count)| (u8::from(*fate).to_string(), *count)).collect();
    let by: BTreeMap<String, u32> = group.by.iter().map(|(by, count)| (u8::from(*by).to_string(), *count)).collect();
    json!([group.booked, fates, by, group.moved, spread(group.lead_minutes)])
}

fn table<K, G>(groups: &BTreeMap<K, G>, name: impl Fn(&K) -> String, said: impl Fn(&G) -> Value) -> Value {
    Value::Object(groups.iter().map(|(key, group)| (name(key), said(group))).collect())
}

/// The same as the judge says it.
fn said(figures: &OfficeFigures) -> Value {
    let used = |value: &Value| value.as_array().unwrap().iter().any(|number| number.as_u64() != Some(0));
    let mut desks = table(&figures.time_by_desk, ToString::to_string, |time| json!([time.open, time.used]));
    let mut weekdays =
        table(&figures.time_by_weekday, ToString::to_string, |time| json!([time.open, time.booked, time.used]));
    desks.as_object_mut().unwrap().retain(|_, value| used(value));
    weekdays.as_object_mut().unwrap().retain(|_, value| used(value));
    json!({
        "all": visits(&figures.all),
        "by_hour": table(&figures.by_hour, ToString::to_string, visits),
        "by_weekday": table(&figures.by_weekday, ToString::to_string, visits),
        "by_service": table(&figures.by_service, ToString::to_string, visits),
        "by_way_in": table(&figures.by_way_in, |way| u8::from(*way).to_string(), visits),
        "by_desk": table(&figures.by_desk, ToString::to_string, visits),
        "bookings": bookings(&figures.bookings),
        "bookings_by_service": table(&figures.bookings_by_service, ToString::to_string, bookings),
        "desks": desks,
        "weekdays": weekdays,
        "overtakings": table(&figures.overtakings, |one| u8::from(*one).to_string(), |count| json!([count.calls, count.passed])),
    })
}

/// What Python finds in a journal.
fn judged(journal: &[Event]) -> Value {
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge.py");
    let mut python = Command::new("python3")
        .args([judge, "kep", "0001-01-01", "9999-12-31"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = journal.iter().map(|event| {
        let line = json!({"office": "kep", "at": event.at.timestamp_millis(), "event": event.kind});
        format!("{line}\n")
    });
    python.stdin.take().unwrap().write_all(lines.collect::<String>().as_bytes()).unwrap();
    let answer = python.wait_with_output().unwrap();
    assert!(answer.status.success());
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// The journal as it is read from a disk.
fn as_kept(journal: &[Event]) -> Vec<Event> {
    journal.iter().map(|event| serde_json::from_value(serde_json::to_value(event).unwrap()).unwrap()).collect()
}

#[test]
fn fld_10_python_counts_the_same_from_the_journal() {
    let mut all = Vec::new();
    for seed in 0..80 {
        let journal = as_kept(&journal(seed));
        let days = days_of(&journal);
        let (ours, theirs) = (said(&OfficeFigures::of(&days, &FigureChoice::default())), judged(&journal));
        for (name, part) in ours.as_object().unwrap() {
            assert_eq!(Some(part), theirs.get(name), "seed {seed}: {name}");
        }
        assert_eq!(ours, theirs, "seed {seed}");
        all.extend(days);
    }
    // They were days on which everything happened that is counted.
    let OfficeFigures { all, by_way_in, bookings, time, overtakings, .. } =
        OfficeFigures::of(&all, &FigureChoice::default());
    assert!(
        [all.done, all.documents_missing, all.no_shows, all.left, all.unserved].iter().all(|count| *count > 0),
        "{all:?}"
    );
    let ways = ArrivalWay::ALL.iter().filter(|way| !by_way_in.contains_key(way)).count();
    assert_eq!((ways, overtakings.is_empty()), (0, false), "{by_way_in:?} {overtakings:?}");
    assert!(bookings.fates.len() >= 5 && bookings.moved > 0 && bookings.lead_minutes.is_some(), "{bookings:?}");
    assert!(time.planned > 0 && time.open > 0 && time.booked > 0 && time.used > 0, "{time:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// A hub stops anywhere, starts from a snapshot and goes on: its days are those of the whole journal.
    #[test]
    fn fld_10_days_counted_on_the_way_are_those_of_the_whole_journal(seed in 0u64..10_000, cut in 0.0f64..1.0) {
        let journal = journal(seed);
        let whole = days_of(&journal);
        let at = (journal.len() as f64 * cut) as usize;
        let mut office = Office::default();
        let mut days = Vec::new();
        for (nth, event) in journal.iter().enumerate() {
            if nth == at {
                office = serde_json::from_str(&serde_json::to_string(&office).unwrap()).unwrap();
            }
            days.extend(closed_by(&office, event));
            office::apply(&mut office, event);
        }
        prop_assert_eq!(&days, &whole);
        prop_assert!(!whole.is_empty());
        // And they read back as they were kept.
        let kept: Vec<DayFacts> = serde_json::from_str(&serde_json::to_string(&days).unwrap()).unwrap();
        prop_assert_eq!(&kept, &days);
        // Nobody is in them.
        let text = serde_json::to_string(&days).unwrap();
        let ids = journal.iter().filter_map(|event| serde_json::to_value(&event.kind).unwrap().pointer("/ticket-taken/public").cloned());
        for id in ids {
            prop_assert!(!text.contains(id.as_str().unwrap()));
        }
    }
}

#[test]
fn fld_10_a_day_that_runs_is_counted_as_far_as_it_has_come() {
    let journal = journal(3);
    let mut office = Office::default();
    let mut last: Option<(DayFacts, DateTime<Utc>)> = None;
    for event in &journal {
        if let EventKind::House(HouseEvent::DayClosed { .. }) = &event.kind {
            let (running, _) = last.clone().unwrap();
            let closed = closed_by(&office, event).unwrap();
            assert_eq!((running.date, &running.visits, &running.desks), (closed.date, &closed.visits, &closed.desks));
        }
        office::apply(&mut office, event);
        last = DayFacts::running(&office, event.at).map(|day| (day, event.at)).or(last);
    }
    let (day, _) = last.unwrap();
    assert!(day.date > NaiveDate::MIN);
}
