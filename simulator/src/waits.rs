//! How long people wait, on the same days, under our rule and under others, in several settings.
//!
//! A day: desks that serve everything, six hours; of those who are expected a share is booked, at times that the office
//! itself offers; 12 % of the booked never come; service times vary by half (log-normal) around the plan. The booked come
//! eight minutes early, give or take six, and one in twenty five to twenty-five minutes late; walk-ins come evenly from
//! the opening until 40 minutes before the end. The load is that of the plans of all who are expected, so that about a
//! tenth less is really served. What an office can know of such days it has learnt on twenty others.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use office::outlook;
use office::slots::{self, Query};
use office::{
    Audience, BookingId, Channel, Command, DeskId, EventKind, Language, Learnt, Needs, Office, OrderMode, Outcome,
    Party, PersonId, PublicId, Reference, ServiceId, TimeWish, VisitEvent, VisitId, apply, decide,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::policy::{Policy, SimulatedWaiter};
use crate::town;

const HOURS: i64 = 6;
const NO_SHOWS: f64 = 0.12;
const VARIES_BY: f64 = 0.5;
/// Planned minutes of the services, equally often asked for.
const PLANNED: [u16; 3] = [10, 15, 20];
/// An idle desk asks again after so long while somebody waits.
const ASK_AGAIN_SECONDS: i64 = 30;
/// Serving may go on so long after the end.
const OVERTIME_SECONDS: i64 = 600;

/// Somebody who will come, or not.
#[derive(Debug, Clone, Copy)]
struct CitizenToCome {
    service: ServiceId,
    planned: i64,
    actual: i64,
    booked: Option<i64>,
    booking: Option<BookingId>,
    /// In seconds from the opening; `None` for those who never come.
    arrives: Option<i64>,
}

/// A day as drawn, with the office in which the bookings were made.
struct DrawnDay {
    office: Office,
    opening: DateTime<Utc>,
    people: Vec<CitizenToCome>,
    desks: u16,
}

/// A kind of office and of days.
#[derive(Debug, Clone, Copy)]
pub struct OfficeSetting {
    /// What it is called in the table.
    pub name: &'static str,
    desks: u16,
    load: f64,
    booked: f64,
    /// How long the services really take on average, in minutes.
    really: [f64; 3],
}

const AS_PLANNED: [f64; 3] = [10.0, 15.0, 20.0];

/// The settings that are compared.
pub const SETTINGS: [OfficeSetting; 6] = [
    OfficeSetting { name: "4 desks, load .85, booked .6", desks: 4, load: 0.85, booked: 0.6, really: AS_PLANNED },
    OfficeSetting { name: "4 desks, load .95, booked .6", desks: 4, load: 0.95, booked: 0.6, really: AS_PLANNED },
    OfficeSetting { name: "2 desks, load .85, booked .6", desks: 2, load: 0.85, booked: 0.6, really: AS_PLANNED },
    OfficeSetting { name: "8 desks, load .9, booked .5", desks: 8, load: 0.9, booked: 0.5, really: AS_PLANNED },
    OfficeSetting { name: "4 desks, load .85, booked .3", desks: 4, load: 0.85, booked: 0.3, really: AS_PLANNED },
    OfficeSetting { name: "wrong plans", desks: 4, load: 0.85, booked: 0.6, really: [13.0, 16.5, 15.5] },
];

/// What came of the days under one rule.
#[derive(Debug, Clone, Default)]
pub struct Waits {
    booked: Vec<f64>,
    walk_in: Vec<f64>,
    /// Minutes in which a desk that was free called nobody while somebody waited.
    idle: f64,
    /// Walk-ins who found a queue and were told a range; of how many it held; its width, summed up.
    told: u64,
    held: u64,
    width: f64,
    unserved: u64,
}

impl Waits {
    /// Adds the waits of other days.
    pub fn add(&mut self, other: Self) {
        self.booked.extend(other.booked);
        self.walk_in.extend(other.walk_in);
        self.idle += other.idle;
        self.told += other.told;
        self.held += other.held;
        self.width += other.width;
        self.unserved += other.unserved;
    }

    fn note(&mut self, person: &CitizenToCome, arrived: i64, called: i64) {
        let minutes = |seconds: i64| seconds.max(0) as f64 / 60.0;
        match person.booked {
            Some(booked) => self.booked.push(minutes(called - booked.max(arrived))),
            None => self.walk_in.push(minutes(called - arrived)),
        }
    }
}

/// Ways of calling that are compared: ours in one of its modes, or another.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// Our rule, and whether shorter matters may pass.
    Ours(OrderMode, bool),
    /// A rule of others, for comparison.
    Other(Policy),
}

/// All that are compared, in the order of the table.
pub const WAYS: [(Way, &str); 7] = [
    (Way::Other(Policy::FirstCome), "first come, first served"),
    (Way::Other(Policy::Munich), "Munich's rule"),
    (Way::Other(Policy::BookedFirst), "booked first when due"),
    (Way::Other(Policy::BookedFirstEarlyToo), "booked first, also when early"),
    (Way::Ours(OrderMode::Sentence, false), "Seira's sentence: booked first from five minutes before, else by arrival"),
    (Way::Ours(OrderMode::Futures, false), "Seira"),
    (Way::Ours(OrderMode::Futures, true), "Seira, shorter matters may pass"),
];

/// What an office of each setting has learnt on twenty days that are not compared.
#[must_use]
pub fn learn() -> Vec<Learnt> {
    SETTINGS
        .iter()
        .map(|setting| {
            let mut learnt = Learnt::default();
            for seed in 0..20 {
                let mut drawn = draw(1_000_000_000 + seed, setting);
                drawn.office.learnt = learnt;
                learnt = ours(&drawn, OrderMode::Sentence, false).1;
            }
            learnt
        })
        .collect()
}

/// Plays one day in one setting under every way.
#[must_use]
pub fn day(seed: u64, setting: usize, learnt: &[Learnt]) -> Vec<Waits> {
    let mut drawn = draw(seed, &SETTINGS[setting]);
    drawn.office.learnt = learnt[setting].clone();
    WAYS.iter()
        .map(|(way, _)| match way {
            Way::Ours(mode, shorter) => ours(&drawn, *mode, *shorter).0,
            Way::Other(policy) => other(&drawn, *policy),
        })
        .collect()
}

/// The table of one setting for the README.
#[must_use]
pub fn table(setting: usize, waits: &mut [Waits], days: u64) -> String {
    let mut text = format!(
        "Waits in minutes over {days} days ({}):\n\n\
         | rule | booked: 95th percentile | 99th | over 3 min, % | others: mean | 99th | idle beside people, min a day | told range holds, % | its width | unserved a day |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        SETTINGS[setting].name
    );
    let per_day = 1.0 / days.max(1) as f64;
    for ((_, name), waits) in WAYS.iter().zip(waits) {
        waits.booked.sort_by(f64::total_cmp);
        waits.walk_in.sort_by(f64::total_cmp);
        let at = |values: &[f64], percent: usize| values.get(values.len() * percent / 100).copied().unwrap_or_default();
        let late = waits.booked.iter().filter(|wait| **wait > 3.0).count() as f64 * 100.0;
        let late = late / waits.booked.len().max(1) as f64;
        let mean = waits.walk_in.iter().sum::<f64>() / waits.walk_in.len().max(1) as f64;
        let told = waits.told.max(1) as f64;
        let _ = writeln!(
            text,
            "| {name} | {:.2} | {:.1} | {late:.1} | {mean:.2} | {:.1} | {:.1} | {:.0} | {:.1} | {:.2} |",
            at(&waits.booked, 95),
            at(&waits.booked, 99),
            at(&waits.walk_in, 99),
            waits.idle * per_day,
            waits.held as f64 * 100.0 / told,
            waits.width / told,
            waits.unserved as f64 * per_day
        );
    }
    text
}

/// An office of the kind that is compared.
fn config(dice: &mut ChaCha8Rng, desks: u16) -> office::OfficeConfig {
    let mut config = town::draw(dice).config;
    let hours =
        (NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default(), NaiveTime::from_hms_opt(14, 0, 0).unwrap_or_default());
    let (service, desk) = (config.services.values().next().cloned(), config.desks.values().next().cloned());
    let services = (1..).map(ServiceId).zip(PLANNED);
    config.services = services
        .filter_map(|(id, planned)| {
            let mut service = service.clone()?;
            service.key = format!("s{id}");
            service.group = "a".into();
            service.planned_minutes = planned;
            service.booking = office::BookingNeed::Preferred;
            service.grid_minutes = 5;
            service.lead_minutes = 0;
            service.horizon_days = 30;
            service.releases.clear();
            Some((id, service))
        })
        .collect();
    config.desks = (1..=desks)
        .map(DeskId)
        .filter_map(|id| {
            let mut desk = desk.clone()?;
            desk.services = config.services.keys().copied().collect();
            for shift in &mut desk.shifts {
                (shift.from, shift.to, shift.public, shift.clerk) = (hours.0, hours.1, true, None);
            }
            Some((id, desk))
        })
        .collect();
    config.clerks.clear();
    for span in &mut config.hours.serving {
        (span.from, span.to) = hours;
    }
    config.hours.tickets.clear();
    config.rules = office::Rules::default();
    config
}

fn draw(seed: u64, setting: &OfficeSetting) -> DrawnDay {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let config = config(&mut dice, setting.desks);
    let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
    let opening = office::calendar::day(&config, date).serving.first().map(|span| span.0).unwrap_or_default();
    let mut office = Office::default();
    let before = opening - TimeDelta::hours(24);
    ask(&mut office, &Command::Configure(Box::new(config)), before);
    let mean = PLANNED.iter().map(|minutes| f64::from(*minutes)).sum::<f64>() / PLANNED.len() as f64;
    let people = f64::from(setting.desks) * HOURS as f64 * 60.0 * setting.load / mean;
    let people = (0..people.round() as usize)
        .filter_map(|_| {
            let kind = dice.random_range(0..PLANNED.len());
            let (service, planned) = (ServiceId(kind as u16 + 1), i64::from(PLANNED[kind]) * 60);
            let actual = (setting.really[kind] * 60.0 * varied(&mut dice)) as i64;
            let walk_in = dice.random_range(0..(HOURS * 60 - 40) * 60);
            let mut person =
                CitizenToCome { service, planned, actual, booked: None, booking: None, arrives: Some(walk_in) };
            if dice.random_bool(setting.booked) {
                let (booking, start) = book(&mut office, &mut dice, service, date, before)?;
                let booked = (start - opening).num_seconds();
                let offset = if dice.random_bool(0.05) {
                    dice.random_range(5 * 60..=25 * 60)
                } else {
                    (-480.0 + 360.0 * normal(&mut dice)) as i64
                };
                let comes = !dice.random_bool(NO_SHOWS);
                person.booked = Some(booked);
                person.booking = Some(booking);
                person.arrives = comes.then_some(booked + offset);
            }
            Some(person)
        })
        .collect();
    DrawnDay { office, opening, people, desks: setting.desks }
}

/// Log-normal with mean 1.
fn varied(dice: &mut ChaCha8Rng) -> f64 {
    let variance = (1.0 + VARIES_BY * VARIES_BY).ln();
    (normal(dice) * variance.sqrt() - variance / 2.0).exp()
}

/// Normal with mean 0, varying by 1.
fn normal(dice: &mut ChaCha8Rng) -> f64 {
    let (one, two): (f64, f64) = (1.0 - dice.random::<f64>(), dice.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
}

fn book(
    office: &mut Office,
    dice: &mut ChaCha8Rng,
    service: ServiceId,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Option<(BookingId, DateTime<Utc>)> {
    let (channel, audience, persons, cases) = (Channel::InPerson, Audience::Public, 1, 1);
    let query = Query { service, channel, persons, cases, audience, from: date, days: 1 };
    let free = slots::free(office, &query, now, &mut slots::NoMemory);
    let start = free.get(dice.random_range(0..free.len().max(1)))?.start;
    let id = office.next_booking + 1;
    let party = Party {
        person: PersonId(Uuid::from_u128(u128::from(id))),
        address: None,
        language: Language::El,
        needs: Needs::default(),
        if_late: None,
    };
    let wanted = TimeWish { service, channel, start, persons, cases, audience };
    ask(office, &Command::Book { reference: Reference(format!("{id:08}")), wanted, party }, now);
    (office.next_booking == id).then_some((BookingId(id), start))
}

fn ask(office: &mut Office, command: &Command, now: DateTime<Utc>) -> Option<Vec<office::Event>> {
    let events = decide(office, command, now).ok()?;
    for event in &events {
        apply(office, event);
    }
    Some(events)
}

/// The order in which people come.
fn arrivals(drawn: &DrawnDay) -> Vec<(i64, usize)> {
    let mut all: Vec<_> =
        drawn.people.iter().enumerate().filter_map(|(number, person)| Some((person.arrives?, number))).collect();
    all.sort_unstable();
    all
}

/// A day by the office's own commands: clerks press "next" as soon as they are free, and again while somebody waits.
fn ours(drawn: &DrawnDay, mode: OrderMode, shorter: bool) -> (Waits, Learnt) {
    let mut office = drawn.office.clone();
    let at = |seconds: i64| drawn.opening + TimeDelta::seconds(seconds);
    if let Some(config) = &drawn.office.config {
        let mut config = config.clone();
        (config.rules.order, config.rules.shorter_may_pass) = (mode, shorter);
        ask(&mut office, &Command::Configure(Box::new(config)), at(-3_600));
    }
    let mut waits = Waits::default();
    let mut visits: Vec<(VisitId, usize)> = Vec::new();
    let mut coming = arrivals(drawn).into_iter().peekable();
    let desks = usize::from(drawn.desks);
    let mut free_at = vec![0_i64; desks];
    let mut serving: Vec<Option<VisitId>> = vec![None; desks];
    let mut now = -1_800;
    let end = HOURS * 3_600 + OVERTIME_SECONDS;
    let mut opened = false;
    let mut told: BTreeMap<usize, (u16, u16)> = BTreeMap::new();
    while now < end + 3_600 {
        if now >= 0 && !opened {
            opened = true;
            for desk in 1..=drawn.desks {
                let open =
                    Command::OpenDesk { desk: DeskId(desk), clerk: office::ClerkId(u32::from(desk)), until: None };
                ask(&mut office, &open, at(now));
            }
        }
        while let Some((arrives, number)) = coming.next_if(|(arrives, _)| *arrives <= now) {
            let person = &drawn.people[number];
            // What is told costs more than the day itself, and is looked at for the rule as shipped.
            if mode == OrderMode::Futures && !shorter && person.booked.is_none() && opened {
                let wait = outlook::expected_wait(&office, person.service, at(arrives.max(now)));
                told.extend(wait.map(|wait| (number, wait)));
            }
            match come(&mut office, &drawn.people[number], number, at(arrives.max(now))) {
                Some(visit) => visits.push((visit, number)),
                None => waits.unserved += 1,
            }
        }
        for desk in 0..desks {
            if free_at[desk] <= now && opened {
                let (command, next) = next(desk, serving[desk]);
                let called = ask(&mut office, &command, at(now)).as_deref().and_then(called);
                serving[desk] = None;
                let Some(visit) = called else { continue };
                let appeared = Command::Appeared { desk: next, visit };
                ask(&mut office, &appeared, at(now));
                if let Some((_, number)) = visits.iter().find(|(id, _)| *id == visit) {
                    let person = &drawn.people[*number];
                    let came = person.arrives.unwrap_or(now);
                    waits.note(person, came, now);
                    if let Some(&(from, to)) = told.get(number).filter(|_| now > came) {
                        let wait = (now - came) as f64 / 60.0;
                        waits.told += 1;
                        waits.held += u64::from((f64::from(from)..=f64::from(to)).contains(&wait));
                        waits.width += f64::from(to - from);
                    }
                    free_at[desk] = now + person.actual;
                    serving[desk] = Some(visit);
                    visits.retain(|(id, _)| *id != visit);
                }
            }
        }
        let busy = free_at.iter().copied().filter(|free| *free > now).min();
        let arrival = coming.peek().map(|(arrives, _)| *arrives);
        let again = (!visits.is_empty() || serving.iter().any(Option::is_some)).then_some(now + ASK_AGAIN_SECONDS);
        let opening = (!opened).then_some(0);
        let Some(next) = [busy, arrival, again, opening].into_iter().flatten().filter(|next| *next > now).min() else {
            break;
        };
        if opened && now < end - 1_200 {
            let idle = free_at.iter().filter(|free| **free <= now).count().min(visits.len());
            waits.idle += idle as f64 * (next - now) as f64 / 60.0;
        }
        now = next;
    }
    waits.unserved += visits.len() as u64;
    for _ in 0..3 {
        ask(&mut office, &Command::Tick, at(24 * 3_600));
    }
    (waits, office.learnt)
}

/// The press of "next" at a desk that may have somebody to finish.
fn next(desk: usize, holds: Option<VisitId>) -> (Command, DeskId) {
    let id = DeskId(desk as u16 + 1);
    (Command::CallNext { desk: id, holds, finish: holds.map(|_| Outcome::Done), note_read: None }, id)
}

fn called(events: &[office::Event]) -> Option<VisitId> {
    events.iter().find_map(|event| match &event.kind {
        EventKind::Visit(VisitEvent::Called { visit, .. }) => Some(*visit),
        EventKind::House(_) | EventKind::Booking(_) | EventKind::Visit(_) | EventKind::Desk(_) => None,
    })
}

/// Somebody comes in; `None` if there is no time left for them.
fn come(office: &mut Office, person: &CitizenToCome, number: usize, now: DateTime<Utc>) -> Option<VisitId> {
    let public = PublicId(Uuid::from_u128(number as u128 + 1));
    let command = match person.booking {
        Some(booking) => Command::CheckIn { booking, public, language: None, late: None, priority: false },
        None => Command::TakeTicket {
            service: person.service,
            public,
            persons: 1,
            cases: 1,
            priority: false,
            needs: Needs::default(),
            language: Language::El,
            could_not_book: false,
            told: None,
        },
    };
    ask(office, &command, now)?;
    Some(VisitId(office.next_visit))
}

/// The same day under a plain rule; whoever could not be done by the end is not begun.
fn other(drawn: &DrawnDay, policy: Policy) -> Waits {
    let mut waits = Waits::default();
    let mut coming = arrivals(drawn).into_iter().peekable();
    let mut waiting: Vec<SimulatedWaiter> = Vec::new();
    let mut free_at = vec![0_i64; usize::from(drawn.desks)];
    let end = HOURS * 3_600 + OVERTIME_SECONDS;
    let mut now = 0;
    while now < end {
        while let Some((arrived, number)) = coming.next_if(|(arrives, _)| *arrives <= now) {
            waiting.push(SimulatedWaiter { number, booked: drawn.people[number].booked, arrived });
        }
        for free in &mut free_at {
            if *free > now {
                continue;
            }
            let possible: Vec<SimulatedWaiter> =
                waiting.iter().filter(|waiter| now + drawn.people[waiter.number].planned <= end).copied().collect();
            let Some(number) = policy.next(&possible, now) else { continue };
            let person = &drawn.people[number];
            waits.note(person, person.arrives.unwrap_or(now), now);
            *free = now + person.actual;
            waiting.retain(|waiter| waiter.number != number);
        }
        let busy = free_at.iter().copied().filter(|free| *free > now).min();
        let arrival = coming.peek().map(|(arrives, _)| *arrives);
        let again = (!waiting.is_empty()).then_some(now + ASK_AGAIN_SECONDS);
        let Some(next) = [busy, arrival, again].into_iter().flatten().filter(|next| *next > now).min() else { break };
        now = next;
    }
    waits.unserved += waiting.len() as u64;
    waits
}
