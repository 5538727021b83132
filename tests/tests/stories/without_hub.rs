//! Kiosks that go on without the hub, in their windows and with their printers: numbers, check-ins, power cuts, a line that
//! breaks, an answer that is lost, and everything handed in once when the hub is back (PROM-07).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use tests::{
    cut_line::{CutLine, LineState},
    device::{DeviceProcess, DeviceSetting, ScannerPort},
    house::House,
    hub::{Hub, Setting},
    printer::Printer,
    questions::QUESTIONS,
    scanner::Scanner,
    staff::Staff,
    wait,
};
use wire::{FloorView, FloorVisit};

use crate::cast::{KIOSK_SIZE, shows_number};

/// Whoever sees the first screen for so long presses again.
const PRESSES_AGAIN_AFTER: Duration = Duration::from_secs(20);

/// A kiosk with its printer and scanner, on a line that can be cut.
struct LinedKiosk {
    device: DeviceProcess,
    printer: Printer,
    scanner: Scanner,
    line: CutLine,
    folder: PathBuf,
    printed: usize,
}

impl LinedKiosk {
    fn open(house: &House, name: &str, layer: Option<&Path>) -> Result<Self> {
        let printer = Printer::plug_in(&house.folder(&format!("{name}-printer")))?;
        let scanner = Scanner::plug_in()?;
        let line = CutLine::to(&house.hub.base())?;
        let folder = house.folder(name);
        let port = ScannerPort::Serial(scanner.port());
        let mut setting = DeviceSetting::kiosk(&folder, &line.base(), KIOSK_SIZE, printer.port(), &port);
        if let Some(layer) = layer {
            setting = setting.on_forgetful_disk(layer);
        }
        let device = DeviceProcess::start(setting)?;
        device.pair(&house.hub)?;
        device.screen()?.find("Θέλω αριθμό")?;
        let daybook = folder.join("state/daybook.txt");
        wait::until("the kiosk has numbers of its own", || {
            std::fs::read_to_string(&daybook).ok()?.contains("leased").then_some(())
        })?;
        Ok(Self { device, printer, scanner, line, folder, printed: 0 })
    }

    /// Waits until it says that it goes on by itself.
    fn is_local(&self) -> Result<()> {
        self.device.screen()?.find("Λειτουργεί τοπικά").map(drop)
    }

    /// Somebody takes a number by the screen; the number as its disk has it.
    fn walk_in(&mut self, service: &str) -> Result<String> {
        let screen = self.device.screen()?;
        screen.press("Θέλω αριθμό")?;
        // A press at the very moment at which the line goes or comes may count for the screen before: people press again.
        if screen.find_within(service, PRESSES_AGAIN_AFTER).is_err() {
            screen.press("Θέλω αριθμό")?;
        }
        screen.press(service)?;
        screen.press("Ναι, θέλω αριθμό")?;
        QUESTIONS.iter().try_for_each(|question| screen.press(question.no_in_greek))?;
        self.is_printed()
    }

    /// Somebody holds a code before the scanner.
    fn scan(&mut self, code: &str) -> Result<String> {
        self.scanner.scan(code, "\r")?;
        self.is_printed()
    }

    /// The next ticket comes out, and says what the newest line of the journal says.
    fn is_printed(&mut self) -> Result<String> {
        let ticket = self.printer.ticket(self.printed)?;
        self.printed += 1;
        let (number, _) = self.arrivals().pop().context("nobody is in the journal")?;
        let text = ticket.text()?;
        ensure!(shows_number(&text, &number), "the ticket is not {number}: {text}");
        Ok(number)
    }

    /// Everybody of whom its journal knows, in its order: the number, and when they came.
    fn arrivals(&self) -> Vec<(String, String)> {
        let text = std::fs::read_to_string(self.folder.join("state/daybook.txt")).unwrap_or_default();
        let records = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line.get(9..)?).ok());
        let came = records.filter_map(|record| {
            let arrival = record.get("came")?.get("arrival")?;
            let text = |name: &str| arrival.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
            Some((text("number")?, text("arrived_at")?))
        });
        came.collect()
    }
}

/// Waits until staff see everybody.
fn all_there(house: &House, expect: usize) -> Result<BTreeMap<String, FloorVisit>> {
    let staff = Staff::admin(&house.hub)?;
    let found = staff.floor_feed()?.until("everybody is handed in", wait::PATIENCE, |floor: &FloorView| {
        (floor.visits.len() >= expect).then(|| floor.visits.clone())
    })?;
    let visits = found.0;
    ensure!(visits.len() == expect, "{} visits, and not {expect}", visits.len());
    let by_number: BTreeMap<String, FloorVisit> =
        visits.into_iter().map(|visit| (visit.number.clone(), visit)).collect();
    ensure!(by_number.len() == expect, "a number stands twice");
    Ok(by_number)
}

/// The hub is started again, so much later by its own clock.
fn hub_is_back(hub: &mut Hub, minutes: i64) -> Result<()> {
    let later = hub.now()? + TimeDelta::minutes(minutes);
    hub.set_clock(later);
    hub.run()
}

#[test]
fn prom_07_card_03_with_the_hub_away_a_ticket_is_printed_and_handed_in() -> Result<()> {
    let mut house = House::open(Setting::tuesday("10:00")?)?;
    let service = house.plain_kiosk()?.open_service()?;
    let mut kiosk = LinedKiosk::open(&house, "kiosk", None)?;
    house.hub.kill()?;
    kiosk.is_local()?;
    let number = kiosk.walk_in(&service.name.el)?;
    ensure!(number == format!("{}500", service.letter), "{number}");
    kiosk.device.screen()?.find("Πάρτε το εισιτήριό σας.")?;
    hub_is_back(&mut house.hub, 30)?;
    let visits = all_there(&house, 1)?;
    let visit = visits.get(&number).with_context(|| format!("{number} is not there: {visits:?}"))?;
    ensure!(house.hub.now()? - visit.arrived_at > TimeDelta::minutes(25), "{visit:?}");
    kiosk.device.screen()?.gone("Λειτουργεί τοπικά")?;
    house.hub.verify().map(drop)
}

#[test]
fn prom_07_two_kiosks_an_hour_without_the_hub_three_power_cuts_and_nobody_is_lost_or_there_twice() -> Result<()> {
    let mut house = House::open(Setting::tuesday("10:00")?)?;
    let service = house.plain_kiosk()?.open_service()?;
    let staff = Staff::admin(&house.hub)?;
    let slots = staff.slots(&service.key, house.hub.now()?.date_naive(), 1)?;
    let booked = slots.iter().take(2).map(|slot| staff.book(&service.key, slot.start, "Ελένη Παπαδοπούλου"));
    let codes: Vec<String> = booked.map(|booked| Ok(booked?.code)).collect::<Result<_>>()?;
    let layer = lost_writes()?;
    let mut one = LinedKiosk::open(&house, "one", None)?;
    let mut other = LinedKiosk::open(&house, "other", Some(&layer))?;
    house.hub.kill()?;
    one.is_local()?;
    other.is_local()?;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(one.walk_in(&service.name.el)?);
        numbers.push(other.walk_in(&service.name.el)?);
    }
    numbers.push(one.scan(&codes[0])?);
    // On a disk that keeps only what was synced, what is on paper is there after a power cut.
    other.device.restart()?;
    other.is_local()?;
    numbers.push(other.walk_in(&service.name.el)?);
    numbers.push(other.scan(&codes[1])?);
    hub_is_back(&mut house.hub, 60)?;
    // In the middle of handing in.
    one.device.restart()?;
    other.device.restart()?;
    let visits = all_there(&house, numbers.len())?;
    for number in &numbers {
        ensure!(visits.contains_key(number), "{number} is lost: {visits:?}");
    }
    for (number, arrived_at) in one.arrivals().into_iter().chain(other.arrivals()) {
        let there = visits.get(&number).with_context(|| number.clone())?;
        ensure!(there.arrived_at == arrived_at.parse::<chrono::DateTime<chrono::Utc>>()?, "{there:?}: {arrived_at}");
    }
    house.hub.verify().map(drop)
}

#[test]
fn prom_07_a_line_that_flaps_and_an_answer_that_is_lost_make_nobody_wait_twice() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let service = house.plain_kiosk()?.open_service()?;
    let mut kiosk = LinedKiosk::open(&house, "kiosk", None)?;
    // The hub acts, and its answer is lost on the way.
    kiosk.line.turn(LineState::Deaf);
    let unheard = kiosk.walk_in(&service.name.el)?;
    let mut numbers = vec![unheard];
    for _ in 0..3 {
        kiosk.line.turn(LineState::Cut);
        kiosk.is_local()?;
        numbers.push(kiosk.walk_in(&service.name.el)?);
        for _ in 0..3 {
            kiosk.line.turn(LineState::Whole);
            wait::pass(Duration::from_millis(500));
            kiosk.line.turn(LineState::Cut);
            wait::pass(Duration::from_millis(500));
        }
    }
    kiosk.line.turn(LineState::Whole);
    let visits = all_there(&house, numbers.len())?;
    for number in &numbers {
        ensure!(visits.contains_key(number), "{number} is lost: {visits:?}");
    }
    house.hub.verify().map(drop)
}

/// Compiles the file layer of a disk that keeps nothing that was not synced.
fn lost_writes() -> Result<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("shim/lost_writes.c");
    let library = std::env::temp_dir().join(format!("lost-writes-kiosk-{}.so", std::process::id()));
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O2", "-o"]).arg(&library).arg(source).args(["-ldl", "-lpthread"]);
    let status = compiler.status().context("cannot start cc")?;
    ensure!(status.success(), "cc: {status}");
    Ok(library)
}
