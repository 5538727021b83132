//! The morning on which new times are released: many look, some book, and few times are free.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use tests::{
    house::House,
    hub::Setting,
    staff::{OFFICE, Staff},
};

use crate::{
    load::{self, drawn_name, get, paced, post},
    numbers::{Table, percentile},
};

const SERVICE: &str = "disability-card";
const TIMES: usize = 20;
/// Over so many days.
const DAYS: u16 = 2;
const READS_PER_S: f64 = 1_000.0;
const ATTEMPTS_PER_S: f64 = 100.0;
const READERS: usize = 64;
const BOOKERS: usize = 32;
const MORNING: Duration = Duration::from_secs(30);

/// A thousand looks and a hundred tries a second, for half a minute, at twenty free times.
pub fn morning(table: &mut Table) -> Result<()> {
    let house = House::open(Setting { office: with_one_desk, ..Setting::tuesday("08:00")? })?;
    let staff = Staff::admin(&house.hub)?;
    let day = (house.hub.now()? + TimeDelta::days(7)).date_naive();
    let times = times_of(&staff, day)?;
    let address = house.hub.base().replace("http://", "");
    let looks = {
        let address = address.clone();
        std::thread::spawn(move || look(&address, day))
    };
    let tried = book(&address, staff.token(), &times)?;
    let looked = looks.join().map_err(|_| anyhow::anyhow!("those who look fell over"))??;
    let LookRush { per_second, mut waits, refused } = looked;
    table.note("slot_reads_per_s", per_second, format!("{DAYS} days of one service; {refused} refused"));
    table.note("slot_read_ms_p99", percentile(&mut waits, 0.99), format!("{} looks", waits.len()));
    let note = format!("of {TIMES} free times, in {} s", MORNING.as_secs());
    table.note("booking_attempts_per_s", tried.per_second, note);
    let made = tried.made.values().sum::<u32>();
    let double = tried.made.values().filter(|count| **count > 1).count();
    table.note("bookings_made", f64::from(made), "200 answers to different people");
    table.note("bookings_double", f64::from(u32::try_from(double)?), "times that two people were given");
    let offered = staff.slots(SERVICE, day, DAYS)?;
    let still = tried.made.keys().filter(|sold| offered.iter().any(|slot| slot.start == **sold)).count();
    ensure!(still == 0, "{still} times that were sold are still offered");
    Ok(())
}

/// Those who look.
struct LookRush {
    per_second: f64,
    waits: Vec<f64>,
    refused: u64,
}

fn look(address: &str, day: NaiveDate) -> Result<LookRush> {
    let request = get(&format!("/api/v1/offices/{OFFICE}/slots?service={SERVICE}&from={day}&days={DAYS}"), &[]);
    let (mut waits, mut refused) = (Vec::new(), 0);
    let began = Instant::now();
    let next = |number| paced(began, number, READS_PER_S, || request.clone());
    let done = load::run(address, READERS, MORNING, next, |reply| {
        refused += u64::from(reply.status != 200);
        waits.push(reply.took.as_secs_f64() * 1000.0);
        Ok(())
    })?;
    Ok(LookRush { per_second: done.rate_of(done.answers - refused), waits, refused })
}

/// Those who book.
struct BookingRush {
    per_second: f64,
    /// How often each time was given.
    made: BTreeMap<DateTime<Utc>, u32>,
}

fn book(address: &str, token: &str, times: &[DateTime<Utc>]) -> Result<BookingRush> {
    let bearer = format!("Bearer {token}");
    let mut made = BTreeMap::new();
    let wanted = |number: u64| -> Result<DateTime<Utc>> {
        let at = usize::try_from(number)? % times.len();
        times.get(at).copied().context("a time")
    };
    let began = Instant::now();
    let next = |number| {
        paced(began, number, ATTEMPTS_PER_S, || {
            let wish = json!({ "service": SERVICE, "start": wanted(number).ok(), "name": format!("Άτομο {number}") });
            let name = drawn_name();
            let headers = [("authorization", bearer.as_str()), (wire::IDEMPOTENCY_KEY, name.as_str())];
            post(&format!("/api/v1/offices/{OFFICE}/bookings"), &headers, wish.to_string().as_bytes())
        })
    };
    let done = load::run(address, BOOKERS, MORNING, next, |reply| {
        match reply.status {
            200 => *made.entry(wanted(reply.number)?).or_insert(0) += 1,
            409 => {}
            other => anyhow::bail!("a booking answered {other}: {}", String::from_utf8_lossy(reply.body)),
        }
        Ok(())
    })?;
    Ok(BookingRush { per_second: done.rate(), made })
}

/// So many times that do not overlap, each of which one desk alone can keep.
fn times_of(staff: &Staff, from: NaiveDate) -> Result<Vec<DateTime<Utc>>> {
    let mut times: Vec<DateTime<Utc>> = Vec::new();
    for slot in staff.slots(SERVICE, from, DAYS)? {
        let length = TimeDelta::minutes(i64::from(slot.minutes));
        if times.last().is_none_or(|last| slot.start - *last >= length) {
            times.push(slot.start);
        }
    }
    ensure!(times.len() >= TIMES, "only {} times are free", times.len());
    times.truncate(TIMES);
    Ok(times)
}

/// The sample office, with one desk alone for the service.
fn with_one_desk(sample: String) -> String {
    sample.replace("services = [\"disability-card\", ", "services = [")
}
