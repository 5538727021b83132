//! The engine and the brute force agree on who is next, and why, in 100,000 small random offices (TRN-03 to TRN-06).

#![expect(clippy::unwrap_used, reason = "a test: an absence is a failure")]
#![expect(clippy::print_stdout, reason = "how often each answer occurred is what the test is read for")]

mod brute_force;
mod small_office;

use std::collections::BTreeMap;

use brute_force::Case;
use office::order::propose;
use office::{Channel, DeskId, FillerKind, Nobody, Origin, Rank, Reason, ServiceId, SuspensionScope, VisitState};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use small_office::{SmallOffice, at, ways_to_a_desk};

const CASES: u64 = 100_000;

/// People of a case, here and expected.
const PEOPLE_MAX: usize = 6;

#[test]
fn trn_03_to_06_engine_and_brute_force_agree_on_100_000_cases() {
    let threads = 2;
    let workers: Vec<_> = (0..threads).map(|worker| std::thread::spawn(move || run(worker, threads))).collect();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for worker in workers {
        for (name, count) in worker.join().unwrap() {
            *seen.entry(name).or_default() += count;
        }
    }
    for (name, count) in &seen {
        println!("{count:>7}  {name}");
    }
    for name in ANSWERS {
        assert!(seen.get(name).is_some_and(|count| *count >= 20), "too few cases reached {name}");
    }
}

/// Half of the desks have stayed closed, so that everybody is late however they are put: there are more assignments than
/// anybody can try, and a clerk who asks is answered all the same.
#[test]
fn trn_04_a_house_far_behind_its_times_still_gets_an_answer() {
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let (mut called, mut kept) = (0, 0);
    for _ in 0..50 {
        let mut small = SmallOffice::new(200, 6);
        small.desk(1, &[1, 6]);
        for desk in 2..=5 {
            let served: Vec<u16> = (1..=5).filter(|one| *one == desk || dice.random_bool(0.6)).collect();
            small.desk(desk, &served);
        }
        for number in 0..24 {
            let service = number % 5 + 1;
            let start = if service == 1 { dice.random_range(201..240) } else { dice.random_range(160..240) };
            small.booked(service, dice.random_range(1..=9) * 5, start, 150);
        }
        let minutes = dice.random_range(1..=3) * 10;
        let walk_in = small.walk_in(6, minutes, 155);
        match propose(&small.office, DeskId(1), small.now()) {
            Ok(answer) => {
                let is_early = matches!(answer.reason, Reason::BookedEarly { .. });
                assert!(answer.visit == walk_in || is_early, "nobody is due here: {answer:?}");
                called += 1;
            }
            Err(Nobody::NoGap { visit, .. }) => {
                assert_eq!(visit, walk_in);
                kept += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(called > 0 && kept > 0, "{called} called, {kept} gaps kept");
}

/// Eight desks, each free just in time for the next of sixteen bookings: there are too many assignments to try, so the
/// first one tried has to be the good one, in which desk 1 keeps the first booking.
#[test]
fn trn_04_a_large_house_that_keeps_its_times_is_planned_well() {
    let mut small = SmallOffice::new(200, 2);
    small.rules().booked_delay_max_minutes = 0;
    small.desk(1, &[1, 2]);
    for desk in 2..=8 {
        small.desk(desk, &[1]);
        let due = Reason::BookedAndDue { booked_for: at(180), arrived_at: at(180) };
        small.serving(desk, 1, 20 + 2 * desk, Rank::Booked { start: at(180) }, 180, due);
    }
    for number in 1..=16 {
        small.expected(1, 15, 200 + 2 * number);
    }
    let walk_in = small.walk_in(2, 5, 190);
    let answer = propose(&small.office, DeskId(1), small.now());
    assert!(matches!(answer, Err(Nobody::NoGap { visit, .. }) if visit == walk_in), "{answer:?}");
    small.of(walk_in).planned_minutes = 2;
    let answer = propose(&small.office, DeskId(1), small.now());
    assert!(answer.as_ref().is_ok_and(|one| one.visit == walk_in), "{answer:?}");
}

/// The gap kept for the first is at desk 2, from 210 on. Who takes 25 minutes at desk 1 moves a booked citizen there and
/// puts it back; who takes ten does not.
#[test]
fn trn_06_a_kept_gap_stops_only_those_who_would_put_it_back() {
    let mut small = SmallOffice::new(200, 4);
    small.desk(1, &[1, 2, 3, 4]);
    small.desk(2, &[1, 3]);
    let due = Reason::BookedAndDue { booked_for: at(190), arrived_at: at(190) };
    small.serving(2, 1, 20, Rank::Booked { start: at(190) }, 190, due);
    let keeper = small.walk_in(1, 50, 150);
    small.of(keeper).overtaken = 5;
    small.walk_in(4, 25, 160);
    let shorter = small.walk_in(4, 10, 165);
    small.expected(3, 5, 210);
    small.expected(2, 10, 230);
    let answer = propose(&small.office, DeskId(1), small.now()).map(|one| (one.visit, one.reason, one.overtook));
    assert_eq!(answer.as_ref().map(|(visit, ..)| *visit), Ok(shorter));
    let case = Case { office: &small.office, desk: DeskId(1), now: small.now() };
    assert_eq!(answer, case.answer());
}

/// Every answer that the five steps have for a desk that asks.
const ANSWERS: [&str; 20] = [
    "booked and due",
    "booked and due, an earlier one left to another idle desk",
    "waited past the limit",
    "remote and due",
    "fits the gap",
    "fits the gap by a head start",
    "fits the gap and overtakes",
    "gap kept",
    "gap kept, delaying somebody within the bound",
    "first in line",
    "end of day",
    "booked and early",
    "within the bound",
    "nobody: none waiting",
    "nobody: none for this desk",
    "nobody: left to a desk",
    "nobody: no gap",
    "nobody: no gap until the last booking",
    "nobody: too early",
    "nobody: closing",
];

fn run(worker: u64, threads: u64) -> BTreeMap<String, u64> {
    let mut seen = BTreeMap::new();
    for seed in (0..CASES).filter(|seed| seed % threads == worker) {
        let (small, desk) = random_case(seed);
        let case = Case { office: &small.office, desk, now: small.now() };
        let expected = case.answer();
        let answer = propose(&small.office, desk, small.now()).map(|one| (one.visit, one.reason, one.overtook));
        assert_eq!(answer, expected, "seed {seed}: desk {desk} asks at {} in {:#?}", small.now(), CaseStory(&small));
        for name in names(&small, &answer) {
            *seen.entry(name.to_owned()).or_default() += 1;
        }
    }
    seen
}

/// What an answer shows, for the count.
fn names(small: &SmallOffice, answer: &brute_force::Answer) -> Vec<&'static str> {
    match answer {
        Ok((visit, reason, overtook)) => match reason {
            Reason::BookedAndDue { .. } => {
                let claim = |id| match small.office.visits[&id].rank {
                    Rank::Booked { start } => Some(start.max(small.office.visits[&id].arrived_at)),
                    _ => None,
                };
                let waits = |id: &&office::VisitId| matches!(small.office.visits[id].state, VisitState::Waiting { .. });
                let ids: Vec<_> = small.office.visits.keys().filter(waits).copied().collect();
                let same_service = |id: office::VisitId| small.office.visits[&id].service;
                let earlier = ids.iter().any(|&id| {
                    claim(id).is_some_and(|one| one < claim(*visit).unwrap())
                        && same_service(id) != same_service(*visit)
                });
                let idle = small.office.desks.values().filter(|desk| desk.holds.is_none()).count();
                let mut names = vec!["booked and due"];
                names.extend(
                    (earlier && idle > 1).then_some("booked and due, an earlier one left to another idle desk"),
                );
                names
            }
            Reason::WaitedPastLimit { .. } => vec!["waited past the limit"],
            Reason::RemoteDue { .. } => vec!["remote and due"],
            Reason::FitsGap { priority, .. } => {
                let mut names = vec!["fits the gap"];
                names.extend(priority.then_some("fits the gap by a head start"));
                names.extend((!overtook.is_empty()).then_some("fits the gap and overtakes"));
                names
            }
            Reason::GapKept { .. } => {
                let mut strict = SmallOffice { office: small.office.clone(), now: small.now };
                strict.rules().booked_delay_max_minutes = 0;
                let case = Case { office: &strict.office, desk: DeskId(1), now: strict.now() };
                let delays = small.office.desks.len() == 1 && case.answer().ok().map(|one| one.0) != Some(*visit);
                let mut names = vec!["gap kept"];
                names.extend(delays.then_some("gap kept, delaying somebody within the bound"));
                names
            }
            Reason::FirstInLine => vec!["first in line"],
            Reason::EndOfDay => vec!["end of day"],
            Reason::BookedEarly { .. } => vec!["booked and early"],
            Reason::WithinBound { .. } => vec!["within the bound"],
            Reason::OutOfOrder { .. } | Reason::ParkedHere | Reason::Direct => panic!("never proposed: {reason:?}"),
        },
        Err(nobody) => match nobody {
            Nobody::NoneWaiting => vec!["nobody: none waiting"],
            Nobody::NoneForThisDesk => vec!["nobody: none for this desk"],
            Nobody::LeftToDesk { .. } => vec!["nobody: left to a desk"],
            Nobody::NoGap { visit, .. } => match small.office.visits[visit].rank {
                Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late } => {
                    vec!["nobody: no gap until the last booking"]
                }
                _ => vec!["nobody: no gap"],
            },
            Nobody::TooEarly { .. } => vec!["nobody: too early"],
            Nobody::Closing { .. } => vec!["nobody: closing"],
        },
    }
}

/// A small office drawn by a seed, and the desk that asks.
fn random_case(seed: u64) -> (SmallOffice, DeskId) {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let services = dice.random_range(1..=3);
    let mut small = SmallOffice::new(200, services);
    random_rules(&mut dice, &mut small);
    let desks = dice.random_range(1..=3);
    let mut people = PEOPLE_MAX;
    for desk in 1..=desks {
        random_desk(&mut dice, &mut small, desk, services, &mut people);
    }
    let asking = DeskId(dice.random_range(1..=desks));
    // Few people say little, so most cases have as many as there may be.
    let few = dice.random_bool(0.1);
    let here = if few { dice.random_range(0..=people) } else { people - dice.random_range(0..=people.min(2)) };
    for _ in 0..here {
        random_person(&mut dice, &mut small, services, desks);
    }
    if dice.random_bool(0.1) {
        let service = dice.random_range(1..=services);
        let until = dice.random_bool(0.7).then(|| 200 + dice.random_range(-3..50));
        small.suspend(SuspensionScope::Service(ServiceId(service)), until);
    }
    let other = DeskId(dice.random_range(1..=desks));
    if dice.random_bool(0.1) && other != asking {
        let until = dice.random_bool(0.7).then(|| 200 + dice.random_range(-3..30));
        small.suspend(SuspensionScope::Desk(other), until);
    }
    (small, asking)
}

fn random_rules(dice: &mut ChaCha8Rng, small: &mut SmallOffice) {
    let bound = [0, 3, 5, 10][dice.random_range(0..4)];
    let window = [0, 0, 10][dice.random_range(0..3)];
    // Where it is 0, no gap is kept for anybody.
    let overtaken_max = if dice.random_bool(0.1) { 0 } else { 5 };
    let rules = small.rules();
    rules.booked_delay_max_minutes = bound;
    rules.overtaken_max = overtaken_max;
    rules.preference_window_minutes = window;
    rules.late_in_gaps = dice.random_bool(0.3);
    rules.end_of_day_in_gaps = dice.random_bool(0.3);
    rules.priority_in_a_row_max = dice.random_range(1..=2);
}

fn random_desk(dice: &mut ChaCha8Rng, small: &mut SmallOffice, number: u16, services: u16, people: &mut usize) {
    let mut served: Vec<u16> = (1..=services).filter(|_| dice.random_bool(0.65)).collect();
    if dice.random_bool(0.5) {
        served.reverse();
    }
    small.desk(number, &served);
    if dice.random_bool(0.35) && *people > 0 && !served.is_empty() {
        *people -= 1;
        let service = served[dice.random_range(0..served.len())];
        let from = 200 - dice.random_range(0..25);
        let minutes = dice.random_range(1..=4) * 5;
        let (rank, reason) = ways_to_a_desk(from)[dice.random_range(0..3)];
        if dice.random_bool(0.3) {
            small.called(number, service, minutes, rank, from, reason);
        } else {
            small.serving(number, service, minutes, rank, from, reason);
        }
    }
    if dice.random_bool(0.12) {
        let until = dice.random_bool(0.7).then(|| 200 + dice.random_range(-5..30));
        small.break_at(number, until);
    }
    let open = small.office.desks.get_mut(&DeskId(number)).unwrap();
    open.acted_at = at(200 - dice.random_range(0..6));
    open.priority_in_a_row = dice.random_range(0..3);
    if dice.random_bool(0.3) {
        open.until = Some(at(200 + dice.random_range(-8..60)));
    }
}

fn random_person(dice: &mut ChaCha8Rng, small: &mut SmallOffice, services: u16, desks: u16) {
    let service = dice.random_range(1..=services);
    let minutes = if dice.random_bool(0.05) { 50 } else { dice.random_range(1..=6) * 5 };
    let arrived = 200 - if dice.random_bool(0.1) { dice.random_range(85..100) } else { dice.random_range(0..40) };
    let desk = dice.random_range(1..=desks);
    let since = 200 - dice.random_range(0..20);
    let visit = match dice.random_range(0..20) {
        0..=4 => {
            small.expected(service, minutes, 200 + dice.random_range(-5..60));
            return;
        }
        5..=8 => small.booked(service, minutes, 200 + dice.random_range(-15..60), arrived),
        9 => small.visit(service, minutes, arrived, Rank::FirstInLine),
        10 => small.visit(service, minutes, arrived, Rank::EndOfDay),
        11 => small.visit(service, minutes, arrived, Rank::Filler { kind: FillerKind::Late }),
        12 => small.interrupted(service, minutes, arrived, desk, since, dice.random_bool(0.3)),
        13 => {
            let visit = small.visit(service, minutes, arrived, Rank::Filler { kind: FillerKind::Returned });
            small.of(visit).state = VisitState::Waiting { since: at(since), desk: None };
            visit
        }
        14 => {
            let visit = small.visit(service, minutes, arrived, Rank::Filler { kind: FillerKind::Transferred });
            small.of(visit).state = VisitState::Waiting { since: at(since), desk: Some(DeskId(desk)) };
            visit
        }
        _ => small.walk_in(service, minutes, arrived),
    };
    let here = small.of(visit);
    here.priority = dice.random_bool(0.25);
    here.overtaken = if dice.random_bool(0.2) { dice.random_range(4..=6) } else { 0 };
    if let Origin::Booked { channel, .. } = &mut here.origin
        && dice.random_bool(0.1)
    {
        *channel = Channel::Telephone;
    }
}

/// A case in words, for a failure.
struct CaseStory<'a>(&'a SmallOffice);

impl std::fmt::Debug for CaseStory<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let office = &self.0.office;
        let config = office.config.as_ref().unwrap();
        writeln!(f, "{:?}", config.rules)?;
        for (id, desk) in &office.desks {
            writeln!(f, "desk {id} serves {:?}: {desk:?}", config.desks[id].services)?;
        }
        for visit in office.visits.values() {
            writeln!(
                f,
                "visit {} for {} ({} min) came {} priority {} overtaken {}: {:?} {:?} {:?}",
                visit.id,
                visit.service,
                visit.planned_minutes,
                visit.arrived_at,
                visit.priority,
                visit.overtaken,
                visit.rank,
                visit.state,
                visit.origin
            )?;
        }
        for one in &office.suspensions {
            writeln!(f, "suspended {:?} until {:?}", one.scope, one.until)?;
        }
        for (start, id) in &office.expected {
            let promise = &office.bookings[id].promise;
            writeln!(f, "expected {start} for {} ({} min)", promise.service, promise.minutes)?;
        }
        Ok(())
    }
}
