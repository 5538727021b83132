//! How long one "next" takes (decide and apply), with 500 people waiting at eight desks of different skills.
//!
//! `cargo run -p office --example next_p99`: prints the median, the 99th percentile and the longest, in nanoseconds, for
//! an office that keeps its times and for one that is late everywhere.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement at a terminal")]

#[path = "../tests/small_office/mod.rs"]
#[expect(dead_code, reason = "shared with the tests, which use the rest")]
mod small_office;

use std::time::Instant;

use chrono::{DateTime, Utc};
use office::{Command, DeskId, Event, Outcome, VisitState, apply, decide};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use small_office::{SmallOffice, at};

const CALLS: usize = 10_000;
/// Each decision is measured so often.
const REPEATS: usize = 7;
const WAITING: usize = 500;

/// Six services; each desk serves two to four of them.
const SKILLS: [&[u16]; 8] = [&[1, 2], &[2, 3, 4], &[4, 5], &[1, 3, 5, 6], &[6, 2], &[5, 1], &[3, 6, 4], &[2, 5, 1, 3]];
const MINUTES: [u16; 6] = [5, 8, 10, 15, 20, 30];

fn main() {
    measure("booked citizens come at their times", 0);
    measure("every desk is half an hour late", 30);
    measure("a morning after a power cut: 120 booked citizens due", 90);
}

fn measure(what: &str, late_minutes: i64) {
    let mut dice = ChaCha8Rng::seed_from_u64(7);
    let mut nanos: Vec<u128> = Vec::with_capacity(CALLS);
    let mut nobody = 0;
    while nanos.len() < CALLS {
        let mut small = house(&mut dice, late_minutes);
        for round in 0..40_i64 {
            let desk = DeskId(u16::try_from(round % 8).unwrap() + 1);
            let now = small.now() + chrono::Duration::seconds(20 * round);
            let holds = small.office.desks[&desk].holds;
            let command = Command::CallNext { desk, holds, finish: holds.map(|_| Outcome::Done), note_read: None };
            let (events, deciding) = decided(&small, &command, now);
            let began = Instant::now();
            for event in events.iter().flatten() {
                apply(&mut small.office, event);
            }
            nanos.push(deciding + began.elapsed().as_nanos());
            nobody += usize::from(small.office.desks[&desk].holds.is_none());
            if let Some(visit) = small.office.desks[&desk].holds {
                for event in decide(&small.office, &Command::Appeared { desk, visit }, now).unwrap() {
                    apply(&mut small.office, &event);
                }
            }
        }
    }
    nanos.sort_unstable();
    let of = |share: usize| nanos[(nanos.len() - 1) * share / 1_000];
    println!(
        "{what}: p50 {} µs, p99 {} µs, p99.9 {} µs, longest {} µs; nobody next {nobody} of {}",
        of(500) / 1_000,
        of(990) / 1_000,
        of(999) / 1_000,
        nanos.last().unwrap() / 1_000,
        nanos.len()
    );
}

/// What is decided, and in how many nanoseconds: the least of several, since deciding changes nothing and other
/// programs take turns on the machine.
fn decided(small: &SmallOffice, command: &Command, now: DateTime<Utc>) -> (Option<Vec<Event>>, u128) {
    let mut least = u128::MAX;
    let mut events = None;
    for _ in 0..REPEATS {
        let began = Instant::now();
        events = decide(&small.office, command, now).ok();
        least = least.min(began.elapsed().as_nanos());
    }
    (events, least)
}

/// A full house: walk-ins, booked citizens early and due, others expected within the hour, most desks busy.
fn house(dice: &mut ChaCha8Rng, late_minutes: i64) -> SmallOffice {
    let mut small = SmallOffice::new(240, 6);
    for (number, skills) in (1..).zip(SKILLS) {
        small.desk(number, skills);
    }
    for (number, skills) in (1..).zip(SKILLS) {
        if dice.random_bool(0.8) {
            let minutes = MINUTES[usize::from(skills[0]) - 1];
            let from = 240 - dice.random_range(0..i64::from(minutes) + 2);
            let rank = office::Rank::Filler { kind: office::FillerKind::WalkIn };
            small.serving(number, skills[0], minutes, rank, from, office::Reason::FirstInLine);
        }
    }
    for _ in 0..40 {
        let service = dice.random_range(1..=6_u16);
        small.expected(service, MINUTES[usize::from(service) - 1], 240 + dice.random_range(1..120));
    }
    let booked = if late_minutes == 0 { 12 } else { usize::try_from(late_minutes * 4 / 3).unwrap() };
    for _ in 0..booked {
        let service = dice.random_range(1..=6_u16);
        let start = 240 + dice.random_range(-late_minutes..15);
        small.booked(service, MINUTES[usize::from(service) - 1], start, start - dice.random_range(0..20));
    }
    let waiting = small.office.visits.values().filter(|one| matches!(one.state, VisitState::Waiting { .. })).count();
    for _ in waiting..WAITING {
        let service = dice.random_range(1..=6_u16);
        let arrived = 240 - dice.random_range(0..89);
        let minutes = MINUTES[usize::from(service) - 1] * if dice.random_bool(0.1) { 2 } else { 1 };
        let visit = small.walk_in(service, minutes, arrived);
        small.of(visit).priority = dice.random_bool(0.1);
        small.of(visit).overtaken = if dice.random_bool(0.05) { 5 } else { 0 };
    }
    let date = small.now().date_naive();
    small.office.day = Some(office::Day { date, numbers: std::collections::BTreeMap::new(), desk_spans: Vec::new() });
    small.office.last_at = Some(at(239));
    small
}
