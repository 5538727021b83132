//! Pages for people who come as usual, alone and beside those who mean harm: by how much the latter keep the former waiting.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpStream},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};
use serde_json::json;
use tests::{
    house::House,
    hub::{ADMIN, Setting},
    staff::OFFICE,
};

use crate::{
    load::{self, get, line_from, paced, post},
    machine::{CorePin, step_back},
    numbers::{Table, percentile},
};

/// So many looks a second, each of these lines from an address of its own.
const LOOKS_PER_S: f64 = 1_000.0;
const LINES: u8 = 64;
/// Alone and beside the others, by turns: what comes over the machine in a minute comes over both.
const PAIRS: usize = 5;
const TIME: Duration = Duration::from_secs(4);
/// Each way of harm comes from an address of its own, faster than one may ask for long.
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
/// Half heads that are held open.
const HELD_MAX: usize = 300;
/// Nobody who means harm waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
const WAYS: u8 = 10;

/// The p99 of a page beside attackers, in parts of what it is without them, at the limits of a house that sets none.
pub fn pages(table: &mut Table) -> Result<()> {
    let mut house = House::open(Setting { body: true, ..Setting::tuesday("10:00")? })?;
    house.hub.configure(|text| text.split("[limits]").next().unwrap_or_default().to_owned())?;
    house.hub.stop()?;
    house.hub.run()?;
    let address = house.hub.base().replace("http://", "");
    // Whoever comes first finds nothing at hand.
    look(&address)?;
    let (mut ratios, mut alone, mut tries) = (Vec::new(), Vec::new(), 0);
    for pair in 0..PAIRS {
        let (before, (beside, tried)) = if pair.is_multiple_of(2) {
            let before = look(&address)?;
            (before, look_beside(&address)?)
        } else {
            let beside = look_beside(&address)?;
            (look(&address)?, beside)
        };
        ratios.push(beside / before);
        alone.push(before);
        tries += tried;
    }
    table.note_median("page_p99_beside_attackers_ratio", ratios);
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let per_second = tries as f64 / (TIME.as_secs_f64() * PAIRS as f64);
    let alone = percentile(&mut alone, 0.5);
    table.add_to_note(&format!(
        " pairs; {LOOKS_PER_S:.0} looks a second, all answered; p99 {alone:.1} ms alone; {per_second:.0} tries a second in \
         {WAYS} ways, on the same cores"
    ));
    Ok(())
}

/// People who look; the time within which 99 of 100 had their page, in milliseconds. Each has it.
fn look(address: &str) -> Result<f64> {
    let lines = (0..LINES).map(|line| line_from(Ipv4Addr::new(127, 0, 2, 1 + line), address));
    let lines = lines.collect::<Result<Vec<_>>>()?;
    let mut waits = Vec::new();
    let began = Instant::now();
    let next = |number| paced(began, number, LOOKS_PER_S, || page(number));
    load::run_on(lines, TIME, next, |reply| {
        ensure!(reply.status == 200, "an honest look was answered {}", reply.status);
        waits.push(reply.took.as_secs_f64() * 1000.0);
        Ok(())
    })?;
    Ok(percentile(&mut waits, 0.99))
}

fn page(number: u64) -> Vec<u8> {
    match number % 4 {
        0 => get("/", &[]),
        1 => get("/requests", &[]),
        2 => get(&format!("/api/v1/offices/{OFFICE}/slots?service=driving-licence"), &[]),
        _ => get("/book", &[]),
    }
}

/// The same beside the others, and how often those tried.
fn look_beside(address: &str) -> Result<(f64, u64)> {
    let (over, tried) = (AtomicBool::new(false), AtomicU64::new(0));
    let looked = thread::scope(|scope| {
        let others: Vec<_> = (0..WAYS)
            .map(|way| {
                scope.spawn({
                    let (over, tried) = (&over, &tried);
                    move || attack(way, address, over, tried)
                })
            })
            .collect();
        let looked = look(address);
        over.store(true, Ordering::Relaxed);
        for other in others {
            other.join().map_err(|_| anyhow!("whoever means harm fell over"))?;
        }
        looked
    })?;
    Ok((looked, tried.load(Ordering::Relaxed)))
}

/// Somebody who means harm, in a way of their own, until it is over. What they are told does not matter here: the tests of the
/// hub look at that.
fn attack(way: u8, address: &str, over: &AtomicBool, tried: &AtomicU64) {
    let _pinned = CorePin::here();
    // They would have machines of their own: their own work must not keep those who are measured waiting, the hub's may.
    step_back();
    let own = Ipv4Addr::new(127, 0, 9, 1 + way);
    let mut held: Vec<TcpStream> = Vec::new();
    for nth in 0_u64.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let bytes = harm(way, nth);
        tried.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut line) = line_from(own, address) {
            let _ = line.set_read_timeout(Some(PATIENCE)).and(line.set_write_timeout(Some(PATIENCE)));
            let is_sent = line.write_all(&bytes).is_ok();
            if way == 0 {
                held.push(line);
                held.truncate(HELD_MAX);
            } else if is_sent {
                let _ = BufReader::new(line).read_line(&mut String::new());
            }
        }
        thread::sleep(BETWEEN_TRIES);
    }
}

fn harm(way: u8, nth: u64) -> Vec<u8> {
    let form = |path: &str, body: &str| {
        let kind = "application/x-www-form-urlencoded";
        format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    };
    let last = [("connection", "close")];
    match way {
        // Half a head.
        0 => b"GET / HTTP/1.1\r\nhost: bench\r\nx-slow: ".to_vec(),
        // Guesses, at a program's door and at that of pages.
        1 => {
            let body = json!({ "name": ADMIN, "password": format!("guess {nth}") }).to_string();
            post("/api/v1/sessions", &last, body.as_bytes())
        }
        2 => form("/login", &format!("csrf=none&name={ADMIN}&password=guess+{nth}")),
        // Accounts without end.
        3 => form(
            "/register",
            &format!("csrf=none&full-name=A&name=a{nth}&email=a{nth}%40example.gr&password=x&again=y"),
        ),
        // What is deep, what is long, what is nothing.
        4 => post(&format!("/api/v1/offices/{OFFICE}/tickets"), &last, "[".repeat(60_000).as_bytes()),
        5 => form("/book", &"a=%00&".repeat(9_000)),
        6 => nth.to_le_bytes().repeat(500),
        // Days at the edge of the calendar, and ninety of them.
        7 => get("/staff/kep/bookings?day=%2B262142-12-31", &last),
        8 => {
            let path =
                format!("/api/v1/offices/{OFFICE}/slots?service=driving-licence&from=2026-11-25&days=90&n={nth}");
            get(&path, &last)
        }
        // A file with a request, from nobody.
        _ => {
            let part = format!(
                "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 {}\r\n--b--\r\n",
                "obj/A85 stream ".repeat(4_000)
            );
            format!(
                "POST /requests/new/cleaning HTTP/1.1\r\nhost: bench\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
                 content-type: multipart/form-data; boundary=b\r\ncontent-length: {}\r\n\r\n{part}",
                part.len()
            )
            .into_bytes()
        }
    }
}
