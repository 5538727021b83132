//! The laws of the order, held in random days played through decide and apply (NEW-02).
//!
//! *At a free desk somebody whom it serves is called, if anybody may be called*; *among those who may be called, nobody of
//! the same class is overtaken but for a stated reason*; nobody waits for ever (PROM-06). And the same office gives the
//! same answer again, also when it was read from a disk (NEW-11).

#![expect(clippy::unwrap_used, reason = "a test: an absence is a failure")]

mod script;

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use office::{
    Audience, BookingEvent, BookingId, CallRight, Channel, ClerkId, Command, Desk, DeskId, EventKind, FillerKind,
    Language, Needs, Office, OrderMode, Outcome, Party, PersonId, PublicId, Rank, Reason, Reference, ServiceId, Shift,
    TimeWish, Visit, VisitEvent, VisitId, VisitState, apply, decide, next_due, order,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

const DAYS: u64 = 150;
const MINUTES: [u16; 3] = [5, 10, 20];
const WAIT_MAX_MINUTES: u16 = 60;
#[test]
fn new_02_the_laws_of_the_order_hold_and_nobody_waits_for_ever() {
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
    for name in ["due", "past the limit", "in turn", "turn kept", "early", "weighed"] {
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
        config.rules.shorter_may_pass = dice.random_bool(0.4);
        config.rules.order = if dice.random_bool(0.8) { OrderMode::Futures } else { OrderMode::Sentence };
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
                told: None,
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
        let events = self.ask(&Command::CallNext { desk, holds, finish, note_read: None });
        let called = events.iter().find_map(|event| match &event.kind {
            EventKind::Visit(VisitEvent::Called { visit, reason, rule, .. }) => Some((*visit, *reason, *rule)),
            _ => None,
        });
        let Some((visit, reason, rule)) = called else { return self.first_law(desk) };
        assert_eq!(rule, order::RULE_VERSION, "the rule is named, so that the call can be replayed");
        let called = &before.visits[&visit];
        *self.reasons.entry(name(&reason)).or_default() += 1;
        self.second_law(&before, called, reason);
        self.claims_hold(&before, desk, called);
        self.answers_again(&before, desk);
        self.ask(&Command::Appeared { desk, visit });
        let planned = i64::from(called.planned_minutes);
        let takes = Duration::seconds(planned * self.dice.random_range(30..80));
        self.done.insert(desk, self.now + takes);
    }

    /// No desk stands idle beside somebody whom it could call.
    fn first_law(&self, desk: DeskId) {
        let open = &self.office.desks[&desk];
        if open.holds.is_some() {
            return;
        }
        let services = &self.office.config.as_ref().unwrap().desks[&desk].services;
        let until = office::calendar::closing(&self.office, self.now).unwrap();
        let overtime = self.office.config.as_ref().unwrap().rules.overtime_minutes;
        let ends = until + Duration::minutes(overtime.into());
        let left = waiting(&self.office).find(|visit| {
            services.contains(&visit.service) && self.now + Duration::minutes(visit.planned_minutes.into()) <= ends
        });
        assert!(left.is_none(), "seed {}: desk {desk} is idle at {}, and {:?} waits", self.seed, self.now, left);
    }

    /// The same office, read from a disk, gives the same answer.
    fn answers_again(&self, before: &Office, desk: DeskId) {
        let read: Office = serde_json::from_str(&serde_json::to_string(before).unwrap()).unwrap();
        assert_eq!(order::propose(before, desk, self.now), order::propose(&read, desk, self.now));
    }

    /// Among those who may be called, nobody of the same class is overtaken: here, whoever came for the same service in
    /// the same way. Where several were in question, the reason says what was weighed.
    fn second_law(&self, before: &Office, called: &Visit, reason: Reason) {
        let stated = match reason {
            Reason::Weighed { right: CallRight::InTurn { .. }, .. } => {
                before.config.as_ref().unwrap().rules.shorter_may_pass
            }
            Reason::Weighed { right: CallRight::Due { .. } | CallRight::Early { .. }, .. } | Reason::GapKept { .. } => {
                true
            }
            _ => false,
        };
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
            let counted = other.overtaken < self.office.visits[&other.id].overtaken;
            let kept = matches!(reason, Reason::GapKept { .. });
            assert!(
                !overtaken || stated && (counted || kept),
                "seed {}: {} overtook {}, {reason:?}",
                self.seed,
                called.number,
                other.number
            );
        }
    }

    /// Nobody waits for ever: whoever has waited past the limit comes before all whose time has not come, and before
    /// everybody once they have been passed over as often as anybody may be.
    fn claims_hold(&self, before: &Office, desk: DeskId, called: &Visit) {
        let config = before.config.as_ref().unwrap();
        let limit = Duration::minutes(WAIT_MAX_MINUTES.into());
        let past = |visit: &Visit| !matches!(visit.rank, Rank::Booked { .. }) && visit.arrived_at + limit <= self.now;
        let due = match called.rank {
            Rank::Booked { start } => start <= self.now,
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => past(called),
        };
        let serves = |visit: &Visit| config.desks[&desk].services.contains(&visit.service);
        let until = office::calendar::closing(before, self.now).unwrap()
            + Duration::minutes(config.rules.overtime_minutes.into());
        let in_time = |visit: &Visit| self.now + Duration::minutes(visit.planned_minutes.into()) <= until;
        let first = waiting(before)
            .filter(|other| past(other) && serves(other) && in_time(other))
            .min_by_key(|other| other.arrived_at);
        let Some(first) = first.filter(|first| first.id != called.id) else { return };
        assert!(due, "seed {}: {} before {}, who has waited too long", self.seed, called.number, first.number);
        let booked_before =
            matches!(called.rank, Rank::Booked { start } if start.max(called.arrived_at) <= first.arrived_at + limit);
        let turn_kept = first.overtaken >= config.rules.overtaken_max && config.rules.order == OrderMode::Futures;
        assert!(!turn_kept || booked_before, "seed {}: {} before {}", self.seed, called.number, first.number);
    }
}

/// What decided, for the count.
fn name(reason: &Reason) -> &'static str {
    match reason {
        Reason::BookedAndDue { .. } | Reason::RemoteDue { .. } => "due",
        Reason::WaitedPastLimit { .. } => "past the limit",
        Reason::InTurn { .. } => "in turn",
        Reason::Weighed { .. } => "weighed",
        Reason::FirstInLine => "first in line",
        Reason::BookedEarly { .. } => "early",
        Reason::EndOfDay => "end of day",
        Reason::GapKept { .. } => "turn kept",
        Reason::FitsGap { .. }
        | Reason::WithinBound { .. }
        | Reason::OutOfOrder { .. }
        | Reason::ParkedHere
        | Reason::Direct => panic!("never proposed: {reason:?}"),
    }
}

/// Those who wait to be called.
fn waiting(office: &Office) -> impl Iterator<Item = &Visit> {
    let visits = office.open_visits.iter().map(|id: &VisitId| &office.visits[id]);
    visits.filter(|visit| matches!(visit.state, VisitState::Waiting { .. }))
}
