//! The two laws of the order, and that nobody waits for ever, held in random days played through decide and apply.
//!
//! *By plan, no filler delays a citizen who was here at their booked time by more than the office's bound*; *among those
//! who may be called, nobody of the same class is overtaken*; nobody waits for ever (PROM-06). The plan is the brute
//! force's, not the engine's.

#![expect(clippy::unwrap_used, reason = "the brute force: an absence is a failure")]

mod brute_force;
mod script;

use std::collections::BTreeMap;

use brute_force::Case;
use chrono::{DateTime, Duration, Utc};
use office::{
    Audience, BookingEvent, BookingId, Channel, ClerkId, Command, Desk, DeskId, EventKind, FillerKind, Language, Needs,
    Office, Outcome, Party, PersonId, PublicId, Rank, Reason, Reference, ServiceId, Shift, TimeWish, Visit, VisitEvent,
    VisitId, VisitState, apply, decide, next_due,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

const DAYS: u64 = 150;
const MINUTES: [u16; 3] = [5, 10, 20];
const WAIT_MAX_MINUTES: u16 = 60;
#[test]
fn new_02_the_two_laws_hold_and_nobody_waits_for_ever() {
    let mut reasons: BTreeMap<&'static str, u32> = BTreeMap::new();
    for seed in 0..DAYS {
        let mut day = LawDay::new(seed);
        while day.now < day.begin + Duration::minutes(300) {
            day.minute();
        }
        for (name, count) in day.reasons {
            *reasons.entry(name).or_default() += count;
        }
    }
    for name in ["due", "past the limit", "fits", "gap kept", "early", "within the bound"] {
        assert!(reasons.contains_key(name), "no call {name} in {reasons:?}");
    }
}

struct LawDay {
    seed: u64,
    dice: ChaCha8Rng,
    office: Office,
    begin: DateTime<Utc>,
    now: DateTime<Utc>,
    drawn: u128,
    /// When somebody comes who has a booking.
    arrivals: Vec<(DateTime<Utc>, BookingId)>,
    /// When a desk will be done.
    done: BTreeMap<DeskId, DateTime<Utc>>,
    reasons: BTreeMap<&'static str, u32>,
}

impl LawDay {
    /// A house with one or two desks, opened at 08:00 local, and six bookings from 08:30 on.
    fn new(seed: u64) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut config = script::small_office();
        for (number, minutes) in (1..).zip(MINUTES) {
            config.services.insert(ServiceId(number), script::plain_service(&format!("s{number}"), "all", minutes));
        }
        config.groups.push(office::Group { key: "all".into(), letter: 'A', name: office::Words::default() });
        let skills: [&[u16]; 2] = [&[1, 2, 3], [&[1, 2, 3][..], &[2, 1], &[3]][dice.random_range(0..3)]];
        let desks = dice.random_range(1..=2);
        for (number, skills) in (1..).zip(&skills[..desks]) {
            let hours = config.hours.serving[0].clone();
            let shift = Shift {
                days: hours.days,
                from: hours.from,
                to: hours.to,
                first: None,
                last: None,
                public: true,
                clerk: None,
            };
            let services = skills.iter().copied().map(ServiceId).collect();
            config.desks.insert(DeskId(number), Desk { services, direction: None, shifts: vec![shift] });
        }
        config.rules.wait_max_minutes = WAIT_MAX_MINUTES;
        config.rules.overtaken_max = 2;
        config.rules.booked_delay_max_minutes = [0, 3, 5, 10][dice.random_range(0..4)];
        let begin = "2026-11-24T06:00:00Z".parse().expect("a time");
        let office = Office::default();
        let mut day = Self {
            seed,
            dice,
            office,
            begin,
            now: begin,
            drawn: 0,
            arrivals: Vec::new(),
            done: BTreeMap::new(),
            reasons: BTreeMap::new(),
        };
        day.ask(&Command::Configure(Box::new(config)));
        for number in 1..=u16::try_from(desks).expect("few") {
            day.ask(&Command::OpenDesk { desk: DeskId(number), clerk: ClerkId(number.into()), until: None });
        }
        for _ in 0..3 * desks + 3 {
            day.book();
        }
        day
    }

    fn draw(&mut self) -> u128 {
        self.drawn += 1;
        self.drawn
    }

    fn ask(&mut self, command: &Command) -> Vec<office::Event> {
        let Ok(events) = decide(&self.office, command, self.now) else { return Vec::new() };
        for event in &events {
            apply(&mut self.office, event);
        }
        events
    }

    fn book(&mut self) {
        let service = ServiceId(self.dice.random_range(1..=3));
        let start = self.begin + Duration::minutes(5 * self.dice.random_range(6..50));
        let wanted =
            TimeWish { service, channel: Channel::InPerson, start, persons: 1, cases: 1, audience: Audience::Internal };
        let id = self.draw();
        let party = Party {
            person: PersonId(Uuid::from_u128(id)),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        let book = Command::Book { reference: Reference(format!("R{id}")), wanted, party };
        for event in self.ask(&book) {
            if let EventKind::Booking(BookingEvent::Booked(booking)) = event.kind
                && self.dice.random_bool(0.9)
            {
                let comes = start + Duration::minutes(self.dice.random_range(-25..6));
                self.arrivals.push((comes.max(self.begin), booking.id));
            }
        }
    }

    /// One minute of the day.
    fn minute(&mut self) {
        while next_due(&self.office, self.now).is_some_and(|due| due <= self.now) {
            if self.ask(&Command::Tick).is_empty() {
                break;
            }
        }
        let (here, later) = self.arrivals.iter().partition(|(comes, _)| *comes <= self.now);
        self.arrivals = later;
        for (_, booking) in here {
            let public = PublicId(Uuid::from_u128(self.draw()));
            self.ask(&Command::CheckIn { booking, public, language: None, late: None, priority: false });
        }
        if self.dice.random_bool(0.06 * self.office.desks.len() as f64) {
            let public = PublicId(Uuid::from_u128(self.draw()));
            let service = ServiceId(self.dice.random_range(1..=3));
            let priority = self.dice.random_bool(0.15);
            self.ask(&Command::TakeTicket {
                service,
                public,
                persons: 1,
                cases: 1,
                priority,
                needs: Needs::default(),
                language: Language::El,
                could_not_book: true,
            });
        }
        for desk in self.office.desks.keys().copied().collect::<Vec<_>>() {
            if self.done.get(&desk).is_none_or(|done| *done <= self.now) && self.dice.random_bool(0.9) {
                self.next_at(desk);
            }
        }
        self.now += Duration::minutes(1);
    }

    /// A clerk is done with somebody and presses "next".
    fn next_at(&mut self, desk: DeskId) {
        let before = self.office.clone();
        let holds = before.desks[&desk].holds;
        let finish = holds.map(|_| Outcome::Done);
        for event in self.ask(&Command::CallNext { desk, holds, finish, note_read: None }) {
            let EventKind::Visit(VisitEvent::Called { visit, reason, .. }) = event.kind else { continue };
            let called = &before.visits[&visit];
            let name = self.first_law(&before, desk, called, reason);
            *self.reasons.entry(name).or_default() += 1;
            self.second_law(&before, called, reason);
            self.claims_hold(&before, desk, called);
            self.ask(&Command::Appeared { desk, visit });
            let planned = i64::from(called.planned_minutes);
            let takes = Duration::seconds(planned * self.dice.random_range(30..80));
            self.done.insert(desk, self.now + takes);
        }
    }

    /// By plan, no filler delays anybody beyond the bound, and the reason says the truth about it.
    fn first_law(&self, before: &Office, desk: DeskId, called: &Visit, reason: Reason) -> &'static str {
        let bound = Duration::minutes(before.config.as_ref().expect("set up").rules.booked_delay_max_minutes.into());
        let (name, allowed) = match reason {
            Reason::BookedAndDue { .. } | Reason::RemoteDue { .. } => return "due",
            Reason::WaitedPastLimit { .. } => return "past the limit",
            Reason::FitsGap { .. } => ("fits", Duration::zero()),
            Reason::FirstInLine => ("first in line", Duration::zero()),
            Reason::BookedEarly { .. } => ("early", Duration::zero()),
            Reason::EndOfDay => ("end of day", Duration::zero()),
            Reason::GapKept { .. } => ("gap kept", bound),
            Reason::WithinBound { delay_seconds, .. } => {
                let told = Duration::seconds(delay_seconds.into());
                assert!(Duration::zero() < told && told <= bound, "seed {}: {reason:?}", self.seed);
                ("within the bound", told)
            }
            Reason::OutOfOrder { .. } | Reason::ParkedHere | Reason::Direct => panic!("never proposed: {reason:?}"),
        };
        let delay = Case { office: before, desk, now: self.now }.delay_by(called.id);
        assert!(
            delay.is_some_and(|delay| delay <= allowed),
            "seed {}: {} at {desk}, {reason:?}, delays by {delay:?} and may by {allowed}",
            self.seed,
            called.number
        );
        name
    }

    /// Among those who may be called, nobody of the same class is overtaken: here, whoever came for the same service in
    /// the same way, since what fits one fits the other.
    fn second_law(&self, before: &Office, called: &Visit, reason: Reason) {
        for other in waiting(before).filter(|other| other.service == called.service && other.id != called.id) {
            let overtaken = match (called.rank, other.rank) {
                (Rank::Booked { start }, Rank::Booked { start: theirs }) => {
                    let due = theirs <= self.now || matches!(reason, Reason::BookedEarly { .. });
                    due && (theirs.max(other.arrived_at), other.arrived_at, other.id)
                        < (start.max(called.arrived_at), called.arrived_at, called.id)
                }
                (Rank::Filler { kind: FillerKind::WalkIn }, Rank::Filler { kind: FillerKind::WalkIn }) => {
                    other.priority == called.priority && other.id < called.id
                }
                _ => false,
            };
            assert!(!overtaken, "seed {}: {} overtook {}, {reason:?}", self.seed, called.number, other.number);
        }
    }

    /// Nobody waits for ever: at the limit somebody gets a claim, and a desk that serves them calls nobody of a later
    /// claim, and nobody by a gap, unless it leaves them to another desk that is idle. So only those of earlier claims
    /// are before them, and these become fewer.
    fn claims_hold(&self, before: &Office, desk: DeskId, called: &Visit) {
        let config = before.config.as_ref().expect("set up");
        let claim = |visit: &Visit| {
            let claim = match visit.rank {
                Rank::Booked { start } => start.max(visit.arrived_at),
                Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => {
                    visit.arrived_at + Duration::minutes(WAIT_MAX_MINUTES.into())
                }
            };
            (claim <= self.now).then_some((claim, visit.arrived_at, visit.id))
        };
        let serves = |desk: DeskId, visit: &Visit| config.desks[&desk].services.contains(&visit.service);
        for other in waiting(before).filter(|other| serves(desk, other) && other.id != called.id) {
            let Some(theirs) = claim(other) else { continue };
            let passed_over = claim(called).is_none_or(|own| theirs < own);
            let mut elsewhere = before.desks.iter().filter(|(id, open)| **id != desk && open.holds.is_none());
            let left = elsewhere.any(|(id, _)| serves(*id, other));
            assert!(!passed_over || left, "seed {}: {} before {}", self.seed, called.number, other.number);
        }
    }
}

/// Those who wait to be called.
fn waiting(office: &Office) -> impl Iterator<Item = &Visit> {
    let visits = office.open_visits.iter().map(|id: &VisitId| &office.visits[id]);
    visits.filter(|visit| matches!(visit.state, VisitState::Waiting { .. }))
}
