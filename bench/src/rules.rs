//! The rules of an office, alone: free times, who is next, and every other command.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use anyhow::{Context, Result, anyhow, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use office::{
    Assurance, Audience, BookingNeed, Calendar, Channel, ClerkId, Command, Desk, DeskId, Event, EventKind, Group,
    Hours, Language, Level, Needs, Office, OfficeConfig, Outcome, Party, PersonId, PublicId, Reference, Rules, Service,
    ServiceId, Shift, TimeWish, VisitEvent, VisitId, WeeklySpan, Words, apply, decide, slots,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::numbers::percentile;

const DESKS: u16 = 8;
const SERVICES: u16 = 6;
const PLANNED_MINUTES: u16 = 10;
const BOOKINGS: usize = 20_000;
const DAYS: u16 = 90;
const WAITING: usize = 500;
const CALLS: usize = 2_000;
const SLOT_QUERIES: usize = 50;

/// Median times of 90 days of free times for one service of an office with 20,000 bookings, in milliseconds: in an office
/// that runs, somebody having booked since the same was asked before; and the first time after a start, when nothing was
/// found yet.
pub fn slots_90d_ms() -> Result<(f64, f64)> {
    let now = morning()?;
    let mut office = office(now, u16::MAX)?;
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    fill_with_bookings(&mut office, now, &mut dice)?;
    let mut findings = slots::Findings::default();
    let (mut running, mut first) = (Vec::with_capacity(SLOT_QUERIES), Vec::with_capacity(SLOT_QUERIES));
    for query in 0..SLOT_QUERIES + usize::from(SERVICES) {
        let service = ServiceId(u16::try_from(query)? % SERVICES + 1);
        let asked = query_of(service, now.date_naive());
        first.push(time_of_free(&office, &asked, now, &mut slots::Findings::default())?.0);
        let (time, free) = time_of_free(&office, &asked, now, &mut findings)?;
        // The first question about each service finds as little as one after a start.
        if query >= usize::from(SERVICES) {
            running.push(time);
        }
        let slot = free[dice.random_range(0..free.len())];
        let events = book(&office, service, slot.start, BOOKINGS + query, &mut dice, now)?;
        events.iter().for_each(|event| findings.apply(&mut office, event));
    }
    Ok((percentile(&mut running, 0.5), percentile(&mut first, 0.5)))
}

fn time_of_free(
    office: &Office,
    asked: &slots::Query,
    now: DateTime<Utc>,
    findings: &mut slots::Findings,
) -> Result<(f64, Vec<slots::FreeTime>)> {
    let began = Instant::now();
    let free = slots::free(office, asked, now, findings);
    let time = began.elapsed().as_secs_f64() * 1000.0;
    ensure!(!free.is_empty(), "an office without a free time measures nothing");
    Ok((time, free))
}

/// The 99th percentiles of "next" and of every other command, decided and applied, in microseconds, over a day with 500
/// waiting at 8 desks of different skills.
pub fn command_us_p99() -> Result<(f64, f64)> {
    let now = morning()?;
    let mut office = office(now, 20_000)?;
    let mut dice = ChaCha8Rng::seed_from_u64(2);
    let mut clock = RulesClock { now, next: Vec::new(), others: Vec::new() };
    for desk in 1..=DESKS {
        clock.run(&mut office, &Command::OpenDesk { desk: DeskId(desk), clerk: ClerkId(desk.into()), until: None })?;
    }
    for _ in 0..WAITING {
        clock.run(&mut office, &take_ticket(&mut dice))?;
    }
    let mut holds: BTreeMap<u16, VisitId> = BTreeMap::new();
    for call in 0..CALLS {
        let desk = u16::try_from(call)? % DESKS + 1;
        clock.now += TimeDelta::seconds(2);
        if let Some(visit) = holds.remove(&desk) {
            clock.run(&mut office, &Command::Appeared { desk: DeskId(desk), visit })?;
            let finish = Command::Finish { desk: DeskId(desk), visit, outcome: Outcome::Done, delivered: Vec::new() };
            clock.run(&mut office, &finish)?;
        }
        let next = Command::CallNext { desk: DeskId(desk), holds: None, finish: None, note_read: None };
        if let Some(visit) = clock.call(&mut office, &next)? {
            holds.insert(desk, visit);
            clock.run(&mut office, &take_ticket(&mut dice))?;
        }
    }
    ensure!(clock.next.len() == CALLS, "not every call was measured");
    Ok((percentile(&mut clock.next, 0.99), percentile(&mut clock.others, 0.99)))
}

/// The office's time, and how long commands took.
struct RulesClock {
    now: DateTime<Utc>,
    next: Vec<f64>,
    others: Vec<f64>,
}

impl RulesClock {
    fn run(&mut self, office: &mut Office, command: &Command) -> Result<()> {
        let began = Instant::now();
        let events = decide(office, command, self.now).map_err(|refusal| anyhow!("{command:?}: {refusal:?}"))?;
        apply_all(office, &events);
        self.others.push(began.elapsed().as_secs_f64() * 1e6);
        Ok(())
    }

    fn call(&mut self, office: &mut Office, command: &Command) -> Result<Option<VisitId>> {
        let began = Instant::now();
        let decided = decide(office, command, self.now);
        let events = decided.unwrap_or_default();
        apply_all(office, &events);
        self.next.push(began.elapsed().as_secs_f64() * 1e6);
        Ok(events.iter().find_map(|event| match &event.kind {
            EventKind::Visit(VisitEvent::Called { visit, .. }) => Some(*visit),
            _ => None,
        }))
    }
}

fn apply_all(office: &mut Office, events: &[Event]) {
    for event in events {
        apply(office, event);
    }
}

fn take_ticket(dice: &mut ChaCha8Rng) -> Command {
    Command::TakeTicket {
        service: ServiceId(dice.random_range(1..=SERVICES)),
        public: PublicId(Uuid::from_u128(dice.random())),
        persons: 1,
        cases: 1,
        priority: dice.random_range(0..20) == 0,
        needs: Needs::default(),
        language: Language::El,
        could_not_book: false,
        told: None,
    }
}

/// Books free times of random services, spread over the days, until the office holds so many bookings.
fn fill_with_bookings(office: &mut Office, now: DateTime<Utc>, dice: &mut ChaCha8Rng) -> Result<()> {
    let mut booked = 0;
    let mut round = 0_u32;
    while booked < BOOKINGS {
        let service = ServiceId(u16::try_from(round % u32::from(SERVICES))? + 1);
        round += 1;
        let free = slots::free(office, &query_of(service, now.date_naive()), now, &mut slots::NoMemory);
        ensure!(!free.is_empty(), "the office is full at {booked} bookings");
        for slot in &free {
            if dice.random_range(0..4) != 0 {
                continue;
            }
            let Ok(events) = book(office, service, slot.start, booked, dice, now) else { continue };
            apply_all(office, &events);
            booked += 1;
            if booked == BOOKINGS {
                break;
            }
        }
    }
    Ok(())
}

/// Somebody books.
fn book(
    office: &Office,
    service: ServiceId,
    start: DateTime<Utc>,
    number: usize,
    dice: &mut ChaCha8Rng,
    now: DateTime<Utc>,
) -> Result<Vec<Event>> {
    let reference = Reference(format!("{number:08}"));
    let wanted =
        TimeWish { service, channel: Channel::InPerson, start, persons: 1, cases: 1, audience: Audience::Public };
    let party = Party {
        person: PersonId(Uuid::from_u128(dice.random())),
        address: None,
        language: Language::El,
        needs: Needs::default(),
        if_late: None,
    };
    decide(office, &Command::Book { reference, wanted, party }, now)
        .map_err(|refusal| anyhow!("a booking: {refusal:?}"))
}

fn query_of(service: ServiceId, from: NaiveDate) -> slots::Query {
    slots::Query {
        service,
        channel: Channel::InPerson,
        persons: 1,
        cases: 1,
        audience: Audience::Public,
        from,
        days: DAYS,
    }
}

/// A Tuesday before opening.
fn morning() -> Result<DateTime<Utc>> {
    "2026-11-24T07:00:00+02:00".parse().ok().context("a time")
}

fn office(now: DateTime<Utc>, waiting_max: u16) -> Result<Office> {
    let mut office = Office::default();
    let configure = Command::Configure(Box::new(config(waiting_max)?));
    let events = decide(&office, &configure, now).map_err(|refusal| anyhow!("configuration: {refusal:?}"))?;
    apply_all(&mut office, &events);
    Ok(office)
}

fn config(waiting_max: u16) -> Result<OfficeConfig> {
    let text = |text: &str| Words::new(text, text);
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).context("an hour");
    let days = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let span = WeeklySpan { days: days.clone(), from: time(7)?, to: time(21)? };
    let shift = Shift { days, from: time(7)?, to: time(21)?, first: None, last: None, public: true, clerk: None };
    let groups =
        ["A", "B"].map(|key| Group { key: key.into(), letter: if key == "A" { 'A' } else { 'B' }, name: text(key) });
    let desk = |number: u16| {
        // Each desk serves three of the six services, and no two neighbours the same three.
        let services = (0..3).map(|further| ServiceId((number + further * 2) % SERVICES + 1)).collect();
        (DeskId(number), Desk { services, direction: None, shifts: vec![shift.clone()] })
    };
    Ok(OfficeConfig {
        key: "bench".into(),
        number: 1,
        name: text("Bench"),
        address: text("-"),
        contact_email: "bench@example.gr".into(),
        contact_phone: "2100000000".into(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: text("-"),
        desk_word: text("Θυρίδα"),
        zone: chrono_tz::Europe::Athens,
        groups: groups.to_vec(),
        services: (1..=SERVICES).map(|number| (ServiceId(number), service(number))).collect(),
        desks: (1..=DESKS).map(desk).collect(),
        clerks: BTreeMap::new(),
        hours: Hours { serving: vec![span], ..Hours::default() },
        calendar: Calendar::default(),
        rules: Rules { waiting_max, bookings_per_address_max: u8::MAX, ..Rules::default() },
    })
}

fn service(number: u16) -> Service {
    Service {
        key: format!("service-{number}"),
        group: if number.is_multiple_of(2) { "A" } else { "B" }.into(),
        catalogue: None,
        name: Words::new(format!("Υπηρεσία {number}"), format!("Service {number}")),
        about: Words::new("-", "-"),
        planned_minutes: PLANNED_MINUTES,
        minutes_per_further_person: 0,
        minutes_per_further_case: 0,
        channels: BTreeSet::from([Channel::InPerson]),
        booking: BookingNeed::Preferred,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 5,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 0,
        horizon_days: DAYS + 30,
        releases: Vec::new(),
        change_until_minutes: 0,
        fields: Vec::new(),
        forms: Vec::new(),
    }
}
