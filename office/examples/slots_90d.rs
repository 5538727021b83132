//! Measures how long 90 days of free times take, cold, in an office with 20,000 bookings (`design.md` 5: 1 ms).
#![expect(clippy::print_stdout, reason = "it prints what it measures")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Athens;
use office::slots::{self, NoMemory, Query};
use office::{
    Assurance, Audience, Booking, BookingId, BookingLife, BookingNeed, Calendar, Channel, Desk, DeskId, Group, Hours,
    Language, Level, Needs, Office, OfficeConfig, Party, PersonId, Reference, Rules, Service, ServiceId, Shift,
    TimeWish, WeeklySpan, Words,
};
use rand::{RngExt, SeedableRng};

const DAYS: u16 = 90;
const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

fn time(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn service(minutes: u16) -> Service {
    Service {
        key: String::new(),
        group: "g".into(),
        catalogue: None,
        name: Words::default(),
        about: Words::default(),
        planned_minutes: minutes,
        minutes_per_further_person: 5,
        minutes_per_further_case: 5,
        channels: BTreeSet::from([Channel::InPerson]),
        booking: BookingNeed::Preferred,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 10,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 60,
        horizon_days: DAYS,
        releases: Vec::new(),
        change_until_minutes: 0,
        fields: Vec::new(),
        forms: Vec::new(),
    }
}

/// A large centre: six services, and desks of which each serves some of them.
fn config(desks: u16) -> OfficeConfig {
    let skills: [&[u16]; 5] = [&[1, 2], &[1, 2, 3], &[2, 3, 4], &[4, 5], &[1, 2, 3, 4, 5, 6]];
    let desk = |number: u16| Desk {
        services: skills[usize::from(number) % skills.len()].iter().map(|id| ServiceId(*id)).collect(),
        direction: None,
        shifts: vec![Shift {
            days: WEEK.to_vec(),
            from: time(8),
            to: time(20),
            first: None,
            last: None,
            public: true,
            clerk: None,
        }],
    };
    let lengths = [10, 10, 15, 20, 20, 10];
    OfficeConfig {
        key: "bench".into(),
        number: 1,
        name: Words::default(),
        address: Words::default(),
        contact_email: String::new(),
        contact_phone: String::new(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: Words::default(),
        notices: Vec::new(),
        desk_word: Words::default(),
        zone: Athens,
        groups: vec![Group { key: "g".into(), letter: 'A', name: Words::default() }],
        services: (1..).map(ServiceId).zip(lengths.into_iter().map(service)).collect(),
        desks: (1..=desks).map(|number| (DeskId(number), desk(number))).collect(),
        clerks: BTreeMap::new(),
        hours: Hours {
            serving: vec![WeeklySpan { days: WEEK.to_vec(), from: time(8), to: time(20) }],
            ..Hours::default()
        },
        calendar: Calendar { greek_public_sector: true, ..Calendar::default() },
        rules: Rules::default(),
    }
}

/// Books at random through the rule itself, until so many have found a time.
fn fill(office: &mut Office, bookings: u64, now: DateTime<Utc>) {
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    let first = now.date_naive();
    let (mut id, mut refused) = (0, 0);
    while id < bookings && refused < 6_000 {
        let date = first + Days::new(rng.random_range(0..u64::from(DAYS)));
        if !WEEK.contains(&date.weekday()) {
            continue;
        }
        let minute = rng.random_range(0..72) * 10;
        let local = date.and_time(time(8)) + chrono::TimeDelta::minutes(minute);
        let wanted = TimeWish {
            service: ServiceId(rng.random_range(1..=6)),
            channel: Channel::InPerson,
            start: Athens.from_local_datetime(&local).unwrap().to_utc(),
            persons: 1,
            cases: rng.random_range(1..=2),
            audience: Audience::Public,
        };
        let Ok(promise) = slots::check(office, &wanted, None, now) else {
            refused += 1;
            continue;
        };
        id += 1;
        let party = Party {
            person: PersonId(uuid::Uuid::from_u128(u128::from(id))),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        let booking = Booking {
            id: BookingId(id),
            reference: Reference(format!("{id:08}")),
            promise,
            sequence: 0,
            correction: None,
            life: BookingLife::Confirmed { party },
        };
        office.bookings_by_start.extend(booking.claim());
        office.bookings.insert(booking.id, booking);
    }
}

fn main() {
    let now = Athens.with_ymd_and_hms(2026, 11, 23, 7, 0, 0).unwrap().to_utc();
    println!(
        "| desks | bookings | service | free times | median ms | worst ms |\n| --- | --- | --- | --- | --- | --- |"
    );
    for desks in [20, 15] {
        let mut office = Office { config: Some(config(desks)), ..Office::default() };
        fill(&mut office, 20_000, now);
        for service in 1..=6 {
            let query = Query {
                service: ServiceId(service),
                channel: Channel::InPerson,
                persons: 1,
                cases: 1,
                audience: Audience::Public,
                from: now.date_naive(),
                days: DAYS,
            };
            let mut times = Vec::new();
            let mut count = 0;
            for _ in 0..7 {
                let started = Instant::now();
                count = slots::free(&office, &query, now, &mut NoMemory).len();
                times.push(started.elapsed().as_secs_f64() * 1e3);
            }
            times.sort_by(f64::total_cmp);
            let bookings = office.bookings.len();
            println!("| {desks} | {bookings} | {service} | {count} | {:.2} | {:.2} |", times[3], times[6]);
        }
    }
}
