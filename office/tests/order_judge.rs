//! Whether the futures say the truth (NEW-11): a slow judge draws thousands by its own code, written from the rule's text
//! alone, and holds its answer against the one that was given. `JUDGE_CASES` asks for more cases than a test run has time
//! for.

#![expect(clippy::unwrap_used, reason = "a test: an absence is a failure")]

#[allow(dead_code, clippy::allow_attributes, reason = "the judge uses its own part of the small office")]
mod small_office;

use office::{DeskId, Office, Rank, Reason, Rules, ServiceId, VisitId, VisitState, Weighing, order};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use small_office::{SmallOffice, at, ways_to_a_desk};

const CASES: u64 = 300;
const FUTURES: usize = 3_000;
/// "They are played for an hour."
const AHEAD: f64 = 60.0;
const MINUTES: [u16; 3] = [5, 10, 20];
const NOW: i64 = 120;

#[test]
fn new_11_the_answer_is_the_one_that_ten_times_as_many_futures_give() {
    let cases = std::env::var("JUDGE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let (mut weighed, mut clear, mut same, mut told) = (0, 0, 0, 0);
    for seed in 0..cases {
        let (small, desk) = case(seed);
        let Ok(proposal) = order::propose(&small.office, desk, small.now()) else { continue };
        let Reason::Weighed { weighing, .. } = proposal.reason else { continue };
        weighed += 1;
        let judged = Judge::new(&small.office, desk, seed).judge(proposal.visit, &weighing);
        let error = judged.varies / f64::from(weighing.futures).sqrt() + judged.varies / (FUTURES as f64).sqrt();
        if judged.apart.abs() > 2.5 * error {
            clear += 1;
            same += u32::from(judged.apart > 0.0);
        }
        if let (Some(stake), Some((late, otherwise))) = (weighing.at_stake, judged.late) {
            told += 1;
            for (said, found) in [(stake.late_percent, late), (stake.otherwise_percent, otherwise)] {
                let error = 100.0 * (found * (1.0 - found) / f64::from(weighing.futures)).sqrt();
                let apart = (f64::from(said) - 100.0 * found).abs();
                assert!(apart <= 5.0 * error + 2.0, "seed {seed}: {said} in 100 is told, {found} found");
            }
        }
    }
    assert!(weighed * 4 > cases && told > 20, "{weighed} of {cases} were weighed, {told} with a stake");
    assert!(same * 100 >= clear * 99, "the same answer in {same} of {clear}");
}

/// A small house: a few desks, some of them busy; people with a booking and without, here and expected.
fn case(seed: u64) -> (SmallOffice, DeskId) {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut small = SmallOffice::new(NOW, 3);
    *small.rules() = Rules { shorter_may_pass: dice.random_bool(0.3), ..Rules::default() };
    let service = |dice: &mut ChaCha8Rng| dice.random_range(0..3_usize);
    let desks = dice.random_range(1..=3);
    for number in 1..=desks {
        let skills: &[u16] = if number == 1 || dice.random_bool(0.7) { &[1, 2, 3] } else { &[2] };
        small.desk(number, skills);
        if number > 1 {
            let kind = if skills.len() == 1 { 1 } else { service(&mut dice) };
            let from = NOW - dice.random_range(0..15);
            let (rank, reason) = ways_to_a_desk(from)[dice.random_range(0..2)];
            small.serving(number, kind as u16 + 1, MINUTES[kind], rank, from, reason);
        }
    }
    for _ in 0..dice.random_range(0..=3) {
        let kind = service(&mut dice);
        small.walk_in(kind as u16 + 1, MINUTES[kind], NOW - dice.random_range(1..40));
    }
    for _ in 0..dice.random_range(0..=3) {
        let kind = service(&mut dice);
        let start = NOW + dice.random_range(-2..30);
        small.booked(kind as u16 + 1, MINUTES[kind], start, NOW - dice.random_range(1..10));
    }
    for _ in 0..dice.random_range(0..=2) {
        let kind = service(&mut dice);
        small.expected(kind as u16 + 1, MINUTES[kind], NOW + dice.random_range(1..50));
    }
    (small, DeskId(1))
}

/// Somebody in a future; times in minutes from now.
#[derive(Clone)]
struct Person {
    visit: Option<VisitId>,
    booked: Option<f64>,
    arrived: f64,
    order: (u8, f64, u64),
    service: ServiceId,
    planned: f64,
    takes: f64,
    comes_at: f64,
    called: Option<f64>,
}

struct Judge<'a> {
    office: &'a Office,
    desk: DeskId,
    dice: ChaCha8Rng,
    people: Vec<Person>,
}

/// What the judge found.
struct Judged {
    /// By how much the other would cost more, on average,
    apart: f64,
    /// and by how much that varies from future to future.
    varies: f64,
    /// How often the appointment at stake waits too long: as chosen, and otherwise.
    late: Option<(f64, f64)>,
}

impl<'a> Judge<'a> {
    fn new(office: &'a Office, desk: DeskId, seed: u64) -> Self {
        let minutes = |time: chrono::DateTime<chrono::Utc>| (time - at(NOW)).num_seconds() as f64 / 60.0;
        let here = office.visits.values().filter(|visit| matches!(visit.state, VisitState::Waiting { .. }));
        let here = here.map(|visit| {
            let arrived = minutes(visit.arrived_at);
            let booked = match visit.rank {
                Rank::Booked { start } => Some(minutes(start)),
                _ => None,
            };
            let planned = f64::from(visit.planned_minutes);
            let order = (0, arrived, visit.id.0);
            let service = visit.service;
            let (takes, comes_at) = (0.0, arrived);
            Person { visit: Some(visit.id), booked, arrived, order, service, planned, takes, comes_at, called: None }
        });
        let expected = office.expected.iter().map(|(start, id)| {
            let promise = &office.bookings[id].promise;
            Person {
                visit: None,
                booked: Some(minutes(*start)),
                arrived: f64::INFINITY,
                order: (0, 0.0, 0),
                service: promise.service,
                planned: f64::from(promise.minutes),
                takes: 0.0,
                comes_at: f64::INFINITY,
                called: None,
            }
        });
        let people = here.chain(expected).collect();
        Self { office, desk, dice: ChaCha8Rng::seed_from_u64(seed ^ 0x5eed), people }
    }

    fn judge(mut self, chosen: VisitId, weighing: &Weighing) -> Judged {
        let mut apart = Vec::with_capacity(FUTURES);
        let stake = weighing.at_stake.map(|stake| (stake.booked_for - at(NOW)).num_seconds() as f64 / 60.0);
        let (mut late, mut otherwise) = (0.0, 0.0);
        for _ in 0..FUTURES {
            let (people, free) = self.draw();
            let (as_chosen, other) = (self.play(&people, &free, chosen), self.play(&people, &free, weighing.other));
            apart.push(cost(&other) - cost(&as_chosen));
            let is_late = |played: &[Person]| {
                let of = played.iter().find(|person| person.booked == stake).unwrap();
                f64::from(u8::from(waits(of) > 3.0))
            };
            if stake.is_some() {
                late += is_late(&as_chosen) / FUTURES as f64;
                otherwise += is_late(&other) / FUTURES as f64;
            }
        }
        let mean = apart.iter().sum::<f64>() / FUTURES as f64;
        let varies = (apart.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / FUTURES as f64).sqrt();
        // Two of the same time cannot be told apart by it.
        let alone = self.people.iter().filter(|person| person.booked == stake).count() == 1;
        Judged { apart: mean, varies, late: stake.filter(|_| alone).map(|_| (late, otherwise)) }
    }

    /// Draws how long everybody takes, who comes when, and when the desks are free.
    fn draw(&mut self) -> (Vec<Person>, Vec<(DeskId, f64)>) {
        let learnt = &self.office.learnt;
        let one = |values: &[i32], dice: &mut ChaCha8Rng| f64::from(values[dice.random_range(0..values.len())]);
        let mut people = self.people.clone();
        for person in &mut people {
            person.takes = person.planned * one(learnt.lengths_of(person.service), &mut self.dice) / 1_000.0;
            if let (None, Some(booked)) = (person.visit, person.booked) {
                // Whoever would have come by now has not: they are drawn again, or do not come at all.
                let later: Vec<i32> =
                    learnt.latenesses().iter().copied().filter(|late| booked + f64::from(*late) / 60.0 > 0.0).collect();
                let share = later.len() as f64 / learnt.latenesses().len() as f64;
                let come = f64::from(learnt.come_in_a_thousand()) / 1_000.0;
                let still = come * share / (come * share + 1.0 - come);
                if self.dice.random_bool(still) {
                    person.comes_at = (booked + one(&later, &mut self.dice) / 60.0).max(1.0 / 60.0);
                }
            }
        }
        let free = self.office.desks.iter().map(|(id, open)| {
            let Some(held) = open.holds.filter(|_| *id != self.desk) else { return (*id, 0.0) };
            let visit = &self.office.visits[&held];
            let VisitState::Serving { since, .. } = visit.state else { panic!("serving") };
            let (served, planned) = ((at(NOW) - since).num_seconds() as f64 / 60.0, f64::from(visit.planned_minutes));
            let lengths = learnt.lengths_of(visit.service);
            let longer: Vec<i32> =
                lengths.iter().copied().filter(|ratio| planned * f64::from(*ratio) / 1_000.0 > served).collect();
            if longer.is_empty() {
                // "About as much again as such a thing overruns."
                let mean = (planned / 5.0).max(2.0);
                return (*id, (-(1.0 - self.dice.random::<f64>()).ln() * mean).max(1.0 / 3.0));
            }
            (*id, planned * one(&longer, &mut self.dice) / 1_000.0 - served)
        });
        let free = free.collect();
        (people, free)
    }

    fn serves(&self, desk: DeskId, person: &Person) -> bool {
        self.office.config.as_ref().unwrap().desks[&desk].services.contains(&person.service)
    }

    /// "Each desk that becomes free calls by a plain rule."
    fn play(&self, people: &[Person], free: &[(DeskId, f64)], first: VisitId) -> Vec<Person> {
        let mut people = people.to_vec();
        let mut free = free.to_vec();
        let called = people.iter_mut().find(|person| person.visit == Some(first)).unwrap();
        called.called = Some(0.0);
        free.iter_mut().find(|(desk, _)| *desk == self.desk).unwrap().1 = called.takes;
        loop {
            let (desk, now) = free.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1)).unwrap();
            if now >= AHEAD {
                return people;
            }
            let there =
                |person: &Person| person.called.is_none() && person.comes_at <= now && self.serves(desk, person);
            let due = |person: &Person| person.booked.is_some_and(|booked| booked - 8.0 <= now);
            let places = || (0..people.len()).filter(|&place| there(&people[place]));
            let by = |place: &usize| people[*place].booked.map_or(0.0, |booked| booked.max(people[*place].comes_at));
            let next = places()
                .filter(|&place| due(&people[place]))
                .min_by(|one, other| by(one).total_cmp(&by(other)))
                .or_else(|| {
                    let others = places().filter(|&place| people[place].booked.is_none());
                    others.min_by(|one, other| people[*one].order.partial_cmp(&people[*other].order).unwrap())
                })
                .or_else(|| {
                    let early = places().filter(|&place| people[place].booked.is_some());
                    early.min_by(|one, other| people[*one].booked.partial_cmp(&people[*other].booked).unwrap())
                });
            let free = &mut free.iter_mut().find(|(one, _)| *one == desk).unwrap().1;
            match next {
                Some(place) => {
                    people[place].called = Some(now);
                    *free = now + people[place].takes;
                }
                None => {
                    let coming = people.iter().filter(|one| one.called.is_none() && self.serves(desk, one));
                    *free = coming.map(|one| one.comes_at).filter(|at| *at > now).fold(f64::INFINITY, f64::min);
                }
            }
        }
    }
}

fn waits(person: &Person) -> f64 {
    let from = person.booked.map_or(person.arrived, |booked| booked.max(person.comes_at));
    if from >= AHEAD { 0.0 } else { (person.called.unwrap_or(AHEAD).min(AHEAD) - from).max(0.0) }
}

/// "An appointment costs its wait, and twenty minutes more if it is over three; a wait without one counts half."
fn cost(people: &[Person]) -> f64 {
    let of = |person: &Person| match person.booked {
        Some(_) => waits(person) + 20.0 * (waits(person) - 2.0).clamp(0.0, 1.0),
        None => waits(person) / 2.0,
    };
    people.iter().map(of).sum()
}
