//! The hub under load: tickets on disk, calls to readers, a start after a power cut, and rest.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use tests::{
    house::{House, ticket_request},
    hub::{Hub, Setting},
    staff::{OFFICE, Staff},
    wait,
};
use uuid::Uuid;
use wire::CallAnswer;

use crate::{
    load::{self, post},
    numbers::{Table, percentile},
    readers::Readers,
};

const OFFICES: usize = 1_060;
const READERS: usize = 200;
const CALLS: usize = 40;
/// The journal is filled for a start with so many events, or for so long.
const EVENTS: u64 = 1_000_000;
const FILLING_MAX: Duration = Duration::from_secs(120);
/// How long the hub rests before its memory is read.
const REST: Duration = Duration::from_secs(5);

/// Resident memory of a hub with one office and nothing to do.
pub fn at_rest(table: &mut Table) -> Result<()> {
    let mut house = House::open(Setting::tuesday("10:00")?)?;
    wait::pass(REST);
    let before = house.hub.process()?.processor_time()?;
    wait::pass(REST);
    let process = house.hub.process()?;
    let used = process.processor_time()? - before;
    let note = format!("one office; {} ms of processor time in {} s of rest", used.as_millis(), REST.as_secs());
    table.note("hub_rss_mb", process.resident_mib()?, note);
    Ok(())
}

/// From pressing "call" to the message at each of 200 readers.
pub fn call_to_feed(table: &mut Table) -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let staff = Staff::admin(&house.hub)?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.open_service()?.key;
    let desk = calling_desk(&staff, &kiosk, &service)?;
    let address = house.hub.base().replace("http://", "");
    let paths = vec![format!("/api/v1/offices/{OFFICE}/feeds/board"); READERS];
    let readers = Readers::open(&address, staff.token(), &paths)?;
    let mut waits = Vec::with_capacity(CALLS * READERS);
    let mut known = staff_newest_call(&readers)?;
    for _ in 0..CALLS {
        kiosk.take_ticket(&service)?;
        let pressed = Instant::now();
        let call = staff.call_next(desk)?;
        let mut reached = std::collections::BTreeSet::new();
        while reached.len() < READERS {
            let arrival = readers.next()?;
            if arrival.newest_call > known && reached.insert(arrival.reader) {
                waits.push(arrival.at.duration_since(pressed).as_secs_f64() * 1000.0);
            }
        }
        known = call.call;
        staff.with_visit(desk, "appeared", call.visit)?;
        staff.with_visit(desk, "finishes", call.visit)?;
    }
    let note = format!("{CALLS} calls to {READERS} readers, from the press on");
    table.note("call_to_feed_ms_p50", percentile(&mut waits, 0.5), note.clone());
    table.note("call_to_feed_ms_p99", percentile(&mut waits, 0.99), note);
    Ok(())
}

/// Id of the newest call when every reader has its first view.
fn staff_newest_call(readers: &Readers) -> Result<u64> {
    let mut first = std::collections::BTreeMap::new();
    while first.len() < READERS {
        let arrival = readers.next()?;
        first.insert(arrival.reader, arrival.newest_call);
    }
    Ok(first.into_values().max().unwrap_or(0))
}

/// A desk that serves a service, tried out with one visit.
fn calling_desk(staff: &Staff, kiosk: &tests::house::PlainKiosk, service: &str) -> Result<u16> {
    kiosk.take_ticket(service)?;
    for desk in staff.floor()?.desks {
        staff.open_desk(desk.number)?;
        let answer = staff.call(desk.number, None, false)?;
        if answer.status < 300 {
            let call: CallAnswer = answer.json()?;
            staff.with_visit(desk.number, "appeared", call.visit)?;
            staff.with_visit(desk.number, "finishes", call.visit)?;
            return Ok(desk.number);
        }
    }
    anyhow::bail!("no desk serves {service}")
}

/// Tickets per second through the real routes, and then the start after a power cut.
pub fn tickets_and_start(table: &mut Table, folder: &Path, runs: usize, time: Duration) -> Result<f64> {
    let mut town = Town::found(folder)?;
    let mut rates = Vec::new();
    for _ in 0..runs {
        let (done, lasted) = town.day(time)?;
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        rates.push(done as f64 / lasted.as_secs_f64());
    }
    let median = table.note_median("checkins_per_s", rates);
    let filling = Instant::now();
    while town.given < EVENTS && filling.elapsed() < FILLING_MAX {
        town.day(time * 2)?;
    }
    town.hub.kill()?;
    let began = Instant::now();
    town.hub.run()?;
    let note = format!("{} tickets in the journal of {OFFICES} offices, killed under way", town.given);
    table.note("start_1m_events_s", began.elapsed().as_secs_f64(), note);
    town.hub.stop()?;
    let began = Instant::now();
    town.hub.verify()?;
    table.note("refold_s", began.elapsed().as_secs_f64(), "hub verify: every journal folded from event 1");
    Ok(median)
}

/// A hub of many offices. Each run is a day of its own, since an office has only so much time a day.
struct Town {
    hub: Hub,
    service: String,
    given: u64,
}

impl Town {
    fn found(folder: &Path) -> Result<Self> {
        let one = House::open(Setting::tuesday("09:00")?)?;
        let service = one.plain_kiosk()?.open_service()?.key;
        drop(one);
        let hub = Hub::prepare(&folder.join("town"), Setting::tuesday("09:00")?)?;
        let sample = fs::read_to_string(hub.folder().join("kep.toml"))?;
        let names: Vec<String> = (0..OFFICES).map(|number| format!("office-{number}.toml")).collect();
        for (number, name) in names.iter().enumerate() {
            fs::write(hub.folder().join(name), renamed(&sample, number))?;
        }
        let file = hub.folder().join("hub.toml");
        let configuration = fs::read_to_string(&file)?;
        let list = format!("offices = {names:?}");
        fs::write(&file, configuration.replace("offices = [\"kep.toml\"]", &list))?;
        Ok(Self { hub, service, given: 0 })
    }

    /// One run: the hub starts on the next working day, is loaded for so long, and stops.
    fn day(&mut self, time: Duration) -> Result<(u64, Duration)> {
        let next = self.hub.now()? + TimeDelta::days(1);
        self.hub.set_clock(working_day(next));
        self.hub.run()?;
        let staff = Staff::admin(&self.hub)?;
        let address = self.hub.base().replace("http://", "");
        let feeds: Vec<_> = (0..READERS).map(|office| format!("/api/v1/offices/office-{office}/feeds/board")).collect();
        let _readers = Readers::open(&address, staff.token(), &feeds)?;
        let body = serde_json::to_vec(&ticket_request(&self.service))?;
        let bearer = format!("Bearer {}", staff.token());
        let mut full = 0;
        let outcome = load::run(
            &address,
            crate::CLIENTS,
            time,
            |number| {
                let office = number % OFFICES as u64;
                let name = Uuid::from_u128(rand::random()).to_string();
                let headers = [("authorization", bearer.as_str()), (wire::IDEMPOTENCY_KEY, name.as_str())];
                post(&format!("/api/v1/offices/office-{office}/tickets"), &headers, &body)
            },
            |reply| {
                full += u64::from(reply.status != 200);
                Ok(())
            },
        )?;
        let (done, lasted) = outcome;
        ensure!(full * 2 < done, "most tickets were refused: {full} of {done}");
        self.given += done - full;
        self.hub.stop()?;
        Ok((done - full, lasted))
    }
}

/// The sample office under another name and number.
fn renamed(sample: &str, number: usize) -> String {
    let named = sample.replacen(&format!("key = \"{OFFICE}\""), &format!("key = \"office-{number}\""), 1);
    named.replacen("number = 1\n", &format!("number = {}\n", number + 1), 1)
}

fn working_day(mut at: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
    use chrono::Datelike as _;
    while at.weekday().num_days_from_monday() > 4 {
        at += TimeDelta::days(1);
    }
    at
}
