//! Kiosk and display as they stand in an office: real windows on virtual screens, printer and scanner on serial lines.
//!
//! Stands for NEW-03.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};
use tests::{
    device::{DeviceProcess, DeviceSetting, ScannerPort},
    house::House,
    hub::Setting,
    printer::Printer,
    scanner::Scanner,
    staff::Staff,
    wait,
};

use crate::{
    hub::{board_path, calling_desk},
    numbers::{Table, percentile},
    probe::Probe,
    readers::ViewReaders,
};

const KIOSK_SIZE: (u32, u32) = (1080, 1920);
const DISPLAY_SIZE: (u32, u32) = (1280, 720);
const CALLS: usize = 12;
const SCANS: usize = 12;
/// A kiosk is sent what it needs without the hub within this time.
const PROVIDED: Duration = Duration::from_secs(5);
/// A screen on which nothing flashes any more; one flash takes half a second.
const AT_REST: Duration = Duration::from_millis(1_500);
/// A display at rest is watched for so long: one turn of the minute is in it.
const IDLE: Duration = Duration::from_secs(60);
/// What asks a printer how it is has fewer bytes than this, a ticket many more.
const TICKET_BYTES_MIN: usize = 32;

/// Both, one after the other.
pub fn measure(table: &mut Table) {
    if let Err(error) = display(table) {
        table.miss("display_frame_ms", &error);
    }
    if let Err(error) = kiosk(table) {
        table.miss("kiosk_scan_to_bytes_ms", &error);
        table.miss("kiosk_offline_checkin_ms", &error);
    }
}

/// From the message of a call to the first changed point of the screen; and the display at rest.
fn display(table: &mut Table) -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let mut device =
        DeviceProcess::start(DeviceSetting::display(&house.folder("display"), &house.hub.base(), DISPLAY_SIZE))?;
    device.pair(&house.hub)?;
    let staff = Staff::admin(&house.hub)?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.open_service()?.key;
    let desk = calling_desk(&staff, &kiosk, &service)?;
    let address = house.hub.base().replace("http://", "");
    let reader = ViewReaders::open(&address, staff.token(), &[board_path()])?;
    let mut frames = Vec::with_capacity(CALLS);
    {
        let probe = Probe::of(&device.screen()?.framebuffer(), DISPLAY_SIZE.0)?;
        for _ in 0..CALLS {
            kiosk.take_ticket(&service)?;
            probe.rests(AT_REST)?;
            let call = staff.call_next(desk)?;
            let message = loop {
                let arrival = reader.next()?;
                if arrival.newest_call >= call.call {
                    break arrival.at;
                }
            };
            let changed = probe.next()?;
            frames.push(changed.saturating_duration_since(message).as_secs_f64() * 1000.0);
            staff.with_visit(desk, "appeared", call.visit)?;
            staff.with_visit(desk, "finishes", call.visit)?;
        }
        probe.rests(AT_REST)?;
    }
    let (least, most) = (percentile(&mut frames, 0.0), percentile(&mut frames, 1.0));
    let note = format!("median of {CALLS} calls, {least:.1} to {most:.1}; Xvfb, software Vulkan");
    table.note("display_frame_ms", percentile(&mut frames, 0.5), note);
    let before = device.process().processor_time()?;
    wait::pass(IDLE);
    let used = device.process().processor_time()? - before;
    let note = format!("of one core, over {} s; {:.0} MiB", IDLE.as_secs(), device.process().resident_mib()?);
    table.note("display_idle_cpu_pct", used.as_secs_f64() / IDLE.as_secs_f64() * 100.0, note);
    Ok(())
}

/// From the end of a code on the scanner's line to the first bytes of the ticket on the printer's: beside the hub, and without it.
fn kiosk(table: &mut Table) -> Result<()> {
    let mut house = House::open(Setting::tuesday("09:00")?)?;
    let printer = Printer::plug_in(&house.folder("printer"))?;
    let tap = Tap::on(Path::new(printer.port()))?;
    let mut scanner = Scanner::plug_in()?;
    let tapped = tap.port.display().to_string();
    let port = ScannerPort::Serial(scanner.port());
    let setting = DeviceSetting::kiosk(&house.folder("kiosk"), &house.hub.base(), KIOSK_SIZE, &tapped, &port);
    let mut device = DeviceProcess::start(setting)?;
    device.pair(&house.hub)?;
    let staff = Staff::admin(&house.hub)?;
    let codes = codes(&house, &staff)?;
    let (beside, without) = codes.split_at(SCANS);
    device.screen()?.find("Έχω ραντεβού")?;
    let mut waits = Vec::with_capacity(SCANS);
    let mut whole = Vec::with_capacity(SCANS);
    for (nth, code) in beside.iter().enumerate() {
        tap.forget();
        let ended = Instant::now();
        scanner.scan(code, "\r")?;
        let printed = tap.next_ticket()?;
        waits.push(printed.saturating_duration_since(ended).as_secs_f64() * 1000.0);
        printer.ticket(nth)?;
        whole.push(ended.elapsed().as_secs_f64() * 1000.0);
        // The kiosk is done with it when the printer has said so and the screen tells the number.
        wait::pass(AT_REST);
    }
    let (least, most) = (percentile(&mut waits, 0.0), percentile(&mut waits, 1.0));
    let note = format!("median of {SCANS} scans, {least:.1} to {most:.1}; from the CR to the first byte of the ticket");
    table.note("kiosk_scan_to_bytes_ms", percentile(&mut waits, 0.5), note);
    let note =
        format!("median of {SCANS} scans; until the printer's paper is a picture on the disk, its own speed counted");
    table.note("kiosk_scan_to_printed_ms", percentile(&mut whole, 0.5), note);
    at_rest(table, &mut device)?;
    // What was booked last is on the kiosk's disk before the hub goes.
    wait::pass(PROVIDED);
    house.hub.kill()?;
    device.screen()?.find("Λειτουργεί τοπικά")?;
    let mut waits = Vec::with_capacity(SCANS);
    for (nth, code) in without.iter().enumerate() {
        tap.forget();
        let ended = Instant::now();
        scanner.scan(code, "\r")?;
        let printed = tap.next_ticket()?;
        waits.push(printed.saturating_duration_since(ended).as_secs_f64() * 1000.0);
        printer.ticket(SCANS + nth)?;
        wait::pass(AT_REST);
    }
    let (least, most) = (percentile(&mut waits, 0.0), percentile(&mut waits, 1.0));
    let note =
        format!("the same without the hub, written and synced first: median of {SCANS}, {least:.1} to {most:.1}");
    table.note("kiosk_offline_checkin_ms", percentile(&mut waits, 0.5), note);
    Ok(())
}

/// The kiosk at rest on its first screen, and how soon it is there again.
fn at_rest(table: &mut Table, device: &mut DeviceProcess) -> Result<()> {
    device.screen()?.find_within("Καλώς ήρθατε", IDLE + wait::PATIENCE)?;
    let before = device.process().processor_time()?;
    wait::pass(IDLE);
    let used = device.process().processor_time()? - before;
    let note = format!("of one core, over {} s", IDLE.as_secs());
    table.note("kiosk_idle_cpu_pct", used.as_secs_f64() / IDLE.as_secs_f64() * 100.0, note);
    table.note("kiosk_rss_mb", device.process().resident_mib()?, "with its window on software Vulkan".to_owned());
    let begun = Instant::now();
    device.restart()?;
    let note = "from the end of the one before to the first whole picture".to_owned();
    table.note("kiosk_start_s", begun.elapsed().as_secs_f64(), note);
    Ok(())
}

/// People who are in time, as what stands in their QR codes.
fn codes(house: &House, staff: &Staff) -> Result<Vec<String>> {
    let today = house.hub.now()?.date_naive();
    let mut codes = Vec::with_capacity(2 * SCANS);
    for slot in staff.slots("family-status", today, 1)? {
        if codes.len() == 2 * SCANS {
            break;
        }
        if let Ok(booked) = staff.book("family-status", slot.start, "Ελένη Παπαδοπούλου") {
            codes.push(booked.code);
        }
    }
    ensure!(codes.len() == 2 * SCANS, "only {} could book", codes.len());
    Ok(codes)
}

/// A line put between the kiosk and its printer, which passes on what goes by and tells when a ticket did.
struct Tap {
    port: PathBuf,
    tickets: mpsc::Receiver<Instant>,
    /// Kept open, so that the line stays up while the kiosk has it closed.
    _kept: OwnedFd,
}

impl Tap {
    fn on(printer: &Path) -> Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let port = PathBuf::from(ptsname(&master, Vec::new())?.to_string_lossy().into_owned());
        let kept = raw(&port)?;
        let printer: File = raw(printer)?.into();
        let kiosk = File::from(master);
        let (sender, tickets) = mpsc::channel();
        let (from_kiosk, to_printer) = (kiosk.try_clone()?, printer.try_clone()?);
        thread::spawn(move || {
            pass_on(from_kiosk, to_printer, |bytes| {
                if bytes >= TICKET_BYTES_MIN {
                    // Nobody listens any more once the measurement is over.
                    let _ = sender.send(Instant::now());
                }
            });
        });
        thread::spawn(move || pass_on(printer, kiosk, |_| {}));
        Ok(Self { port, tickets, _kept: kept })
    }

    /// What went by so far is of no interest.
    fn forget(&self) {
        while self.tickets.try_recv().is_ok() {}
    }

    /// When the first bytes of a ticket went by.
    fn next_ticket(&self) -> Result<Instant> {
        self.tickets.recv_timeout(wait::PATIENCE).context("no ticket came to the printer's line")
    }
}

/// A line that changes no byte.
fn raw(port: &Path) -> Result<OwnedFd> {
    let line: OwnedFd = File::options().read(true).write(true).open(port)?.into();
    let mut settings = tcgetattr(&line)?;
    settings.make_raw();
    tcsetattr(&line, OptionalActions::Now, &settings)?;
    Ok(line)
}

/// Until one end is gone.
fn pass_on(mut from: File, mut to: File, mut passed: impl FnMut(usize)) {
    let mut part = [0; 4096];
    while let Ok(count) = from.read(&mut part) {
        passed(count);
        if count == 0 || to.write_all(&part[..count]).is_err() {
            return;
        }
    }
}
