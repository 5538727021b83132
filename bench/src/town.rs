//! A hub of as many offices as the country has: check-ins and tickets on disk, and a start after a power cut.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde_json::json;
use tests::{
    house::ticket_request,
    hub::{Hub, Setting},
    staff::{DeskBooking, OFFICE, Staff},
};

use crate::{
    load::{self, LoadStep, LoadTotal, Reply, drawn_name, post},
    numbers::Table,
    readers::ViewReaders,
};

/// Citizens' service centres of the country.
const OFFICES: usize = 1_060;
/// Boards that are read meanwhile, each of another office.
const READERS: usize = 200;
/// Every office has so many desks, each with a clerk of its own, who works in all offices at once.
const CLERKS: u16 = 4;
const CLERK_PASSWORD: &str = "Κόκκινη κλωστή δεμένη";
/// What the desks serve that can be booked and had without a booking.
const BOOKED: [&str; 2] = ["family-status", "criminal-record"];
/// The journal that a start finds has so many events, so many of them after the last snapshot.
const EVENTS: u64 = 1_000_000;
const EVENTS_AFTER_SNAPSHOT: u64 = 50_000;
/// The journal is filled for no longer.
const FILLING_MAX: Duration = Duration::from_secs(240);
/// Clients at the same time.
pub const CLIENTS: usize = 64;
/// More clients than a measurement has, so that more share a sync.
const FILLING_CLIENTS: usize = 400;
/// A day of filling takes so long.
const FILLING_DAY: Duration = Duration::from_secs(8);

/// Check-ins and tickets a second through the real routes, half of each.
pub fn checkins(table: &mut Table, town: &mut LoadTown, runs: usize, time: Duration) -> Result<f64> {
    // The first day says how many bookings a day of load uses up.
    let mut rate = town.day(time, 4_000.0, CLIENTS)?.rate();
    let mut rates = Vec::new();
    let mut costs = Vec::new();
    let mut waits = Vec::new();
    for _ in 0..runs {
        let day = town.day(time, rate, CLIENTS)?;
        rate = day.rate();
        rates.push(rate);
        costs.push(day.cost_us());
        waits.extend(day.waits);
    }
    let p99 = crate::numbers::percentile(&mut waits, 0.99);
    let cost = crate::numbers::percentile(&mut costs, 0.5);
    let median = table.note_median("checkins_per_s", rates);
    table.add_to_note(&format!("; half tickets; {READERS} boards read; an answer within {p99:.1} ms at p99"));
    table.add_to_note(&format!("; {cost:.0} µs of the hub's processor time each"));
    Ok(median)
}

/// A start after a power cut, with a long journal, and the whole journal folded and checked.
pub fn start(table: &mut Table, town: &mut LoadTown) -> Result<()> {
    let filling = Instant::now();
    while town.events + EVENTS_AFTER_SNAPSHOT < EVENTS && filling.elapsed() < FILLING_MAX {
        town.day(FILLING_DAY, 8_000.0, FILLING_CLIENTS)?;
    }
    town.last_day_before_the_cut()?;
    let began = Instant::now();
    town.hub.run()?;
    let note = format!("{} events of {OFFICES} offices, {EVENTS_AFTER_SNAPSHOT} after a stop, killed", town.events);
    table.note("start_1m_events_s", began.elapsed().as_secs_f64(), note);
    let resident = town.hub.process()?.resident_mib()?;
    table.note("town_rss_mb", resident, format!("the same hub with {OFFICES} offices, after its start"));
    town.hub.stop()?;
    let began = Instant::now();
    let said = town.hub.verify()?;
    let took = began.elapsed().as_secs_f64();
    let counted = said.split(", ").find_map(|part| part.strip_suffix(" events")?.parse::<u64>().ok());
    let counted = counted.with_context(|| format!("verify says: {said}"))?;
    table.note("refold_s", took, format!("hub verify: {counted} events folded from the first, and content"));
    ensure!(counted >= town.events, "{} events were told of, {counted} are on disk", town.events);
    Ok(())
}

/// A hub of many offices. Each run is a day of its own, since an office has only so much time a day.
pub struct LoadTown {
    hub: Hub,
    /// Events in the journals, by the hub's own count.
    events: u64,
    /// Each day is a Tuesday, so many weeks after the first: none of them is a holiday.
    weeks: i64,
}

/// Whoever has booked, as office and code.
type TownCodes = Vec<(usize, String)>;

/// What a day of load came to.
struct LoadDay {
    done: LoadTotal,
    given: u64,
    /// How long each answer took, in milliseconds.
    waits: Vec<f64>,
    /// What the hub took for them.
    processor: Duration,
}

impl LoadDay {
    /// Processor time for each of them, in microseconds: what a busy machine does not change.
    fn cost_us(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let answers = self.done.answers.max(1) as f64;
        self.processor.as_secs_f64() * 1e6 / answers
    }

    fn rate(&self) -> f64 {
        self.done.rate_of(self.given)
    }
}

/// Somebody who is signed in, and where.
struct LoadSignIn {
    address: String,
    bearer: String,
}

impl LoadSignIn {
    fn post(&self, path: &str, body: &[u8]) -> Vec<u8> {
        let name = drawn_name();
        let headers = [("authorization", self.bearer.as_str()), (wire::IDEMPOTENCY_KEY, name.as_str())];
        post(path, &headers, body)
    }
}

impl LoadTown {
    /// Writes the offices' files, and starts nothing.
    pub fn found(folder: &Path) -> Result<Self> {
        let hub = Hub::prepare(&folder.join("town"), Setting::tuesday("08:59")?)?;
        let sample = fs::read_to_string(hub.folder().join("kep.toml"))?;
        let names: Vec<String> = (0..OFFICES).map(|number| format!("office-{number}.toml")).collect();
        for (number, name) in names.iter().enumerate() {
            fs::write(hub.folder().join(name), renamed(&sample, number))?;
        }
        let file = hub.folder().join("hub.toml");
        let configuration = fs::read_to_string(&file)?;
        let list = format!("offices = {names:?}");
        fs::write(&file, configuration.replace("offices = [\"kep.toml\"]", &list))?;
        let mut town = Self { hub, events: 0, weeks: 0 };
        town.hub.run()?;
        let admin = Staff::admin(&town.hub)?;
        for clerk in 0..CLERKS {
            admin.make_account(&clerk_name(clerk), CLERK_PASSWORD, "admin", None)?;
        }
        town.close()?;
        Ok(town)
    }

    /// The next Tuesday at nine: every desk opens, people book, and then come, with and without a booking, as fast
    /// as they are let in. `rate` says how many bookings are made ahead.
    fn day(&mut self, time: Duration, rate: f64, clients: usize) -> Result<LoadDay> {
        let signed = self.open_desks()?;
        let mut codes = self.book(&signed, bookings_for(rate, time))?;
        let feeds: Vec<_> = (0..READERS).map(|office| format!("/api/v1/offices/office-{office}/feeds/board")).collect();
        let readers = ViewReaders::open_unread(&signed.address, signed.bearer.trim_start_matches("Bearer "), &feeds)?;
        let ticket = serde_json::to_vec(&ticket_request(BOOKED[0]))?;
        let (mut given, mut waits) = (0, Vec::new());
        let next = |number: u64| {
            if number.is_multiple_of(2) {
                let Some((office, code)) = codes.pop() else { return LoadStep::Over };
                let body = json!({ "code": code }).to_string();
                return LoadStep::Send(
                    signed.post(&format!("/api/v1/offices/office-{office}/check-ins"), body.as_bytes()),
                );
            }
            let office = number / 2 % OFFICES as u64;
            LoadStep::Send(signed.post(&format!("/api/v1/offices/office-{office}/tickets"), &ticket))
        };
        let before = self.hub.process()?.processor_time()?;
        let done = load::run(&signed.address, clients, time, next, |reply| {
            given += u64::from(reply.status == 200);
            waits.push(reply.took.as_secs_f64() * 1000.0);
            Ok(())
        })?;
        ensure!(given * 20 > done.answers * 19, "only {given} of {} were let in", done.answers);
        let processor = self.hub.process()?.processor_time()?.saturating_sub(before);
        drop(readers);
        self.close()?;
        Ok(LoadDay { done, given, waits, processor })
    }

    /// So many events, and a power cut.
    fn last_day_before_the_cut(&mut self) -> Result<()> {
        let before = self.events;
        let signed = self.open_desks()?;
        let ticket = serde_json::to_vec(&ticket_request(BOOKED[0]))?;
        while self.events_since_start()? < EVENTS_AFTER_SNAPSHOT {
            let next = |number: u64| {
                let path = format!("/api/v1/offices/office-{}/tickets", number % OFFICES as u64);
                if number < OFFICES as u64 { LoadStep::Send(signed.post(&path, &ticket)) } else { LoadStep::Over }
            };
            load::run(&signed.address, FILLING_CLIENTS, FILLING_MAX, next, expect_success)?;
        }
        self.events = before + self.events_since_start()?;
        self.hub.kill()
    }

    /// Starts the next Tuesday, and opens every desk.
    fn open_desks(&mut self) -> Result<LoadSignIn> {
        self.weeks += 1;
        let tuesday = Setting::tuesday("08:59")?.at + TimeDelta::weeks(self.weeks);
        self.hub.set_clock(tuesday);
        self.hub.run()?;
        let address = self.hub.base().replace("http://", "");
        let admin = Staff::admin(&self.hub)?;
        for clerk in 0..CLERKS {
            let staff = Staff::sign_in(&self.hub, &clerk_name(clerk), CLERK_PASSWORD)?;
            let signed = LoadSignIn { address: address.clone(), bearer: format!("Bearer {}", staff.token()) };
            let desk = clerk + 1;
            let next = |number: u64| {
                let path = format!("/api/v1/offices/office-{number}/desks/{desk}/open");
                if number < OFFICES as u64 { LoadStep::Send(signed.post(&path, b"{}")) } else { LoadStep::Over }
            };
            load::run(&address, FILLING_CLIENTS, FILLING_MAX, next, expect_success)?;
        }
        Ok(LoadSignIn { address, bearer: format!("Bearer {}", admin.token()) })
    }

    /// Books so many times in each office; gives the codes, those of one office far apart.
    fn book(&self, signed: &LoadSignIn, each: usize) -> Result<TownCodes> {
        let (wishes, mut codes) = self.book_in_the_last(each)?;
        let (others, mut booked) = (OFFICES - 1, vec![(0, String::new()); wishes.len() * (OFFICES - 1)]);
        let next = |number: u64| {
            let number = usize::try_from(number).unwrap_or(usize::MAX);
            let Some(wish) = wishes.get(number / others) else { return LoadStep::Over };
            let path = format!("/api/v1/offices/office-{}/bookings", number % others);
            LoadStep::Send(signed.post(&path, wish.as_bytes()))
        };
        load::run(&signed.address, FILLING_CLIENTS, FILLING_MAX, next, |reply| {
            // In a day that is nearly full it is the order of asking that says who gets the last times.
            if reply.status == 409 {
                return Ok(());
            }
            expect_success(reply)?;
            let number = usize::try_from(reply.number)?;
            let answer: DeskBooking = serde_json::from_slice(reply.body)?;
            booked[number] = (number % others, answer.code);
            Ok(())
        })?;
        codes.extend(booked.into_iter().filter(|(_, code)| !code.is_empty()));
        Ok(codes)
    }

    /// Books in one office, until it is full or so many times are booked: what was asked, for all others, since they are
    /// alike, and the codes.
    fn book_in_the_last(&self, most: usize) -> Result<(Vec<String>, TownCodes)> {
        let staff = Staff::admin(&self.hub)?;
        let today = self.hub.now()?.date_naive();
        let (mut wishes, mut codes, last) = (Vec::new(), Vec::new(), OFFICES - 1);
        for service in BOOKED {
            let path =
                format!("/api/v1/offices/office-{last}/slots?service={service}&from={today}&days=1&internal=true");
            let free: wire::SlotsAnswer = staff.client().get(&path)?.json()?;
            for slot in free.slots {
                while wishes.len() < most {
                    let wish = json!({ "service": service, "start": slot.start, "name": "Ελένη" });
                    let path = format!("/api/v1/offices/office-{last}/bookings");
                    let answer = staff.client().post(&path, &wish)?;
                    if answer.status >= 300 {
                        break;
                    }
                    let booked: DeskBooking = answer.json()?;
                    codes.push((last, booked.code));
                    wishes.push(wish.to_string());
                }
            }
        }
        Ok((wishes, codes))
    }

    fn close(&mut self) -> Result<()> {
        self.events += self.events_since_start()?;
        self.hub.stop()
    }

    /// As the hub counts them itself.
    fn events_since_start(&self) -> Result<u64> {
        let metrics = self.hub.figures()?;
        let count = metrics.lines().find_map(|line| line.strip_prefix("seira_events_total "));
        count.context("the hub counts no events")?.trim().parse().context("a count")
    }
}

/// How many bookings each office needs, so that there is one for every other request at this rate, and a fifth to spare.
fn bookings_for(rate: f64, time: Duration) -> usize {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    let each = (rate * time.as_secs_f64() * 0.6 / OFFICES as f64).ceil() as usize;
    each + 2
}

fn expect_success(reply: &Reply<'_>) -> Result<()> {
    ensure!(reply.status < 300, "refused with {}: {}", reply.status, String::from_utf8_lossy(reply.body));
    Ok(())
}

fn clerk_name(clerk: u16) -> String {
    format!("clerk-{clerk}")
}

/// The sample office under another name and number.
fn renamed(sample: &str, number: usize) -> String {
    let named = sample.replacen(&format!("key = \"{OFFICE}\""), &format!("key = \"office-{number}\""), 1);
    named.replacen("number = 1\n", &format!("number = {}\n", number + 1), 1)
}
