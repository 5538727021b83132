//! One office's hub: what it takes at rest, and how soon a call is at its readers.

use std::time::{Duration, Instant};

use anyhow::Result;
use tests::{
    house::House,
    hub::Setting,
    staff::{OFFICE, Staff},
    wait,
};
use wire::CallAnswer;

use crate::{
    numbers::{Table, percentile},
    readers::ViewReaders,
};

const READERS: usize = 200;
const CALLS: usize = 40;
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
    let paths = vec![board_path(); READERS];
    let readers = ViewReaders::open(&address, staff.token(), &paths)?;
    let mut waits = Vec::with_capacity(CALLS * READERS);
    let mut known = newest_call(&readers)?;
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

/// The feed of the waiting room.
pub fn board_path() -> String {
    format!("/api/v1/offices/{OFFICE}/feeds/board")
}

/// Id of the newest call when every reader has its first view.
fn newest_call(readers: &ViewReaders) -> Result<u64> {
    let mut first = std::collections::BTreeMap::new();
    while first.len() < READERS {
        let arrival = readers.next()?;
        first.insert(arrival.reader, arrival.newest_call);
    }
    Ok(first.into_values().max().unwrap_or(0))
}

/// A desk that serves a service, tried out with one visit.
pub fn calling_desk(staff: &Staff, kiosk: &tests::house::PlainKiosk, service: &str) -> Result<u16> {
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
