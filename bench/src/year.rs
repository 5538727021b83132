//! The figures of a year on the page of staff, with a thousand visits on each of its days.

use std::{path::Path, time::Instant};

use anyhow::{Result, ensure};
use chrono::{NaiveDate, TimeDelta};
use figures::{ArrivalWay, BookedBy, BookingFact, BookingFate, DayFacts, DeskFact, VisitEnd, VisitFact};
use office::{DeskId, ServiceId};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rusqlite::{Connection, params};
use tests::{
    house::House,
    hub::Setting,
    staff::{OFFICE, Staff},
};

use crate::numbers::{Table, percentile};

const DAYS: u16 = 365;
const VISITS_PER_DAY: u16 = 1_000;
const BOOKINGS_PER_DAY: u16 = 500;
const DESKS: u16 = 8;
const SERVICES: u16 = 7;
/// The page is asked for so often.
const QUESTIONS: usize = 20;
/// A day of an office, in minutes and in seconds.
const HOURS: std::ops::Range<u16> = 480..900;
const OPEN_SECONDS: u32 = 25_200;

/// How long the page with a year of figures takes, in milliseconds: read from the table, counted and written anew each time.
pub fn figures_ms(table: &mut Table) -> Result<()> {
    let mut house = House::open(Setting::tuesday("09:00")?)?;
    house.hub.stop()?;
    let last = (house.hub.now()? - TimeDelta::days(1)).date_naive();
    let first = last - TimeDelta::days(i64::from(DAYS) - 1);
    fill(&house.hub.folder().join("seira.db"), first)?;
    house.hub.run()?;
    let staff = Staff::admin(&house.hub)?;
    let client = house.hub.client().with_cookie(&format!("seira-session={}", staff.token()));
    let path = format!("/staff/{OFFICE}/figures?from={first}&to={last}");
    let visits = format!("<td>{}</td>", u32::from(DAYS) * u32::from(VISITS_PER_DAY));
    let mut times = Vec::with_capacity(QUESTIONS);
    for _ in 0..QUESTIONS {
        let began = Instant::now();
        let page = client.get(&path)?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
        ensure!(page.status == 200, "the page of figures is answered {}", page.status);
        ensure!(page.body.contains(&visits), "not every visit was counted");
    }
    let note = format!("{DAYS} days of {VISITS_PER_DAY} visits, median of {QUESTIONS} pages");
    table.note("figures_year_ms", percentile(&mut times, 0.5), note);
    Ok(())
}

/// Puts a year of days into the table that the hub counts from.
fn fill(database: &Path, first: NaiveDate) -> Result<()> {
    let mut database = Connection::open(database)?;
    let office: u32 = database.query_row("SELECT id FROM office WHERE key = ?", [OFFICE], |row| row.get(0))?;
    let mut dice = ChaCha8Rng::seed_from_u64(5);
    let transaction = database.transaction()?;
    for date in first.iter_days().take(DAYS.into()) {
        let body = serde_json::to_string(&day(date, &mut dice))?;
        let put = "INSERT INTO figure_day(office, day, body) VALUES(?, ?, ?)";
        transaction.execute(put, params![office, date.to_string(), body])?;
    }
    Ok(transaction.commit()?)
}

/// A day on which everything happened, in no order.
fn day(date: NaiveDate, dice: &mut ChaCha8Rng) -> DayFacts {
    DayFacts {
        date,
        visits: (0..VISITS_PER_DAY).map(|_| visit(dice)).collect(),
        bookings: (0..BOOKINGS_PER_DAY).map(|_| booking(dice)).collect(),
        desks: (1..=DESKS).map(desk).collect(),
        overtakings: Vec::new(),
    }
}

fn visit(dice: &mut ChaCha8Rng) -> VisitFact {
    let is_booked = dice.random_range(0..2) == 0;
    VisitFact {
        minute: dice.random_range(HOURS),
        service: ServiceId(dice.random_range(1..=SERVICES)),
        desk: Some(DeskId(dice.random_range(1..=DESKS))),
        way_in: if is_booked { ArrivalWay::Booked } else { ArrivalWay::WalkIn },
        ended: VisitEnd::ALL[dice.random_range(0..VisitEnd::ALL.len())],
        wait_seconds: Some(dice.random_range(0..3_600)),
        way_seconds: Some(dice.random_range(5..120)),
        service_seconds: Some(dice.random_range(60..1_800)),
        behind_seconds: is_booked.then(|| dice.random_range(0..1_200)),
        overtaken: dice.random_range(0..3),
    }
}

fn booking(dice: &mut ChaCha8Rng) -> BookingFact {
    BookingFact {
        minute: dice.random_range(HOURS),
        service: ServiceId(dice.random_range(1..=SERVICES)),
        minutes: 10,
        by: BookedBy::ALL[dice.random_range(0..BookedBy::ALL.len())],
        fate: BookingFate::ALL[dice.random_range(0..BookingFate::ALL.len())],
        lead_minutes: Some(dice.random_range(0..43_200)),
        moved: dice.random_range(0..10) == 0,
    }
}

const fn desk(number: u16) -> DeskFact {
    let used_seconds = OPEN_SECONDS / 2;
    DeskFact { desk: DeskId(number), planned_seconds: OPEN_SECONDS, open_seconds: OPEN_SECONDS, used_seconds }
}
