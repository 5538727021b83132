//! An office to look at: hub, kiosk, display, ticket printer and mail folder, and on request a lively morning in it.

mod album;
mod morning;
mod pictures;

use std::{
    env, fs,
    io::{Write as _, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex, atomic::AtomicBool, atomic::Ordering},
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Athens;
use clap::Parser;
use tests::{
    device::{DeviceProcess, DeviceSetting, ScannerPort, pair_without_screen},
    grants,
    house::PlainKiosk,
    hub::{ADMIN, ADMIN_PASSWORD, Hub, Mails, Setting},
    lookalike::{PASSWORD, TaxisnetLookalike},
    members::{self, OF_LEVEL_A, OF_LEVEL_B, PASSWORD as MEMBERS_PASSWORD},
    printer::Printer,
    scanner::{Scanner, hold_codes_written_to},
    staff::{Staff, clerk_of},
    wait,
};
use wire::{DeviceKind, OfficeState};

use crate::morning::{BookedGuest, FREE_DESK, SPEED, Stage};

/// Where a played morning, and an office that is closed now, is looked at: this long after it opens next.
const AFTER_OPENING_MINUTES: i64 = 90;
/// Size of the windows in pixels; an upright touchscreen and a wide screen, both small enough for a desk.
const KIOSK_SIZE: (u32, u32) = (720, 1280);
const DISPLAY_SIZE: (u32, u32) = (1280, 720);

/// The signals that close the office: the terminal was shut, Ctrl-C, and what `kill` sends.
const HANG_UP: i32 = 1;
const INTERRUPT: i32 = 2;
const TERMINATE: i32 = 15;

/// Runs an office; Ctrl-C ends it.
#[derive(Parser)]
struct DemoArguments {
    /// Play a lively morning through the public interfaces.
    #[arg(long)]
    day: bool,
    /// The folder for everything that it writes; emptied first.
    #[arg(long, default_value = "demo")]
    folder: PathBuf,
}

fn main() -> ExitCode {
    match run(&DemoArguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &DemoArguments) -> Result<()> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [HANG_UP, INTERRUPT, TERMINATE] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    let folder = std::path::absolute(&arguments.folder)?;
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let opened = if arguments.day { open_played(&folder)? } else { open(&folder)? };
    let devices = DemoDevices::start(&folder, &opened.hub)?;
    let pictures = devices.pictures(&folder, &stop)?;
    say(&introduction(&opened, &devices, &folder))?;
    if let Some(expected) = opened.expected {
        let (kiosk, mails) = (&opened.kiosk, &folder.join("hub/mail"));
        let stage = Stage { kiosk, scanner: &devices.scanner, mails, stop: &stop };
        morning::play(&opened.hub, stage, expected)?;
    }
    while !stop.load(Ordering::Relaxed) {
        wait::pass(Duration::from_millis(100));
    }
    drop((pictures, devices));
    say("\nThe office is closed.\n")
}

/// An office at work.
struct OfficeAtWork {
    hub: Hub,
    /// What citizens sign in through, and what the body asks for numbers and records.
    others: TaxisnetLookalike,
    kiosk: PlainKiosk,
    /// Who has a booking and will come, where a morning is to be played.
    expected: Option<Vec<BookedGuest>>,
}

/// A hub with the look-alike of TAXISnet, of a protocol system and of a register of records beside it.
fn start(folder: &Path, setting: Setting) -> Result<(Hub, TaxisnetLookalike)> {
    let mut hub = Hub::prepare(&folder.join("hub"), setting)?;
    let others = TaxisnetLookalike::with_protocol(&hub)?;
    hub.run()?;
    Ok((hub, others))
}

/// The clerk of the free desk certifies citizens and works on their requests; two citizens have accounts, one of level A with a
/// request, one of level B.
fn body_at_work(hub: &Hub) -> Result<()> {
    let (clerk, password) = clerk_of(FREE_DESK);
    grants::give(
        hub,
        &clerk,
        &["grant@certifier@office:1", "grant@case-worker@body", "grant@request-supervisor@body"],
    )?;
    members::make(hub, (&clerk, &password))
}

/// Starts the hub now if the office is open now, else at a lively hour of the next day on which it is.
fn open(folder: &Path) -> Result<OfficeAtWork> {
    let setting = Setting { at: now()?, speed: 1.0, mails: Mails::Folder, office: std::convert::identity, body: true };
    let (mut hub, others) = start(folder, setting)?;
    let kiosk = PlainKiosk::new(pair_without_screen(&hub, DeviceKind::Kiosk, "Demo")?);
    if let Some(hour) = livelier_hour(&kiosk.view()?.state) {
        turn_clock(&mut hub, hour)?;
        say(&format!("The office would be closed now, so its clock is set to {}.\n", on_the_wall(hour)))?;
    }
    let staff = Staff::admin(&hub)?;
    for desk in staff.floor()?.desks {
        staff.employ(desk.number)?;
    }
    body_at_work(&hub)?;
    Ok(OfficeAtWork { hub, others, kiosk, expected: None })
}

/// Starts the hub in the night before an office day, books that day, and turns the clock to its lively hour.
fn open_played(folder: &Path) -> Result<OfficeAtWork> {
    let night = now()?.with_timezone(&Athens).date_naive().and_time(chrono::NaiveTime::MIN);
    let night = night.and_local_timezone(Athens).earliest().context("midnight is an hour")?.to_utc();
    let setting = Setting { at: night, speed: SPEED, mails: Mails::Folder, office: std::convert::identity, body: true };
    let (mut hub, others) = start(folder, setting)?;
    let kiosk = PlainKiosk::new(pair_without_screen(&hub, DeviceKind::Kiosk, "Demo")?);
    let hour = livelier_hour(&kiosk.view()?.state).context("no office day lies ahead")?;
    let expected = morning::book(&hub, hour)?;
    Staff::admin(&hub)?.employ(FREE_DESK)?;
    body_at_work(&hub)?;
    turn_clock(&mut hub, hour)?;
    say(&format!("A morning is played from {} on, {SPEED} times as fast as it passes.\n", on_the_wall(hour)))?;
    Ok(OfficeAtWork { hub, others, kiosk, expected: Some(expected) })
}

fn turn_clock(hub: &mut Hub, hour: DateTime<Utc>) -> Result<()> {
    hub.stop()?;
    hub.set_clock(hour);
    hub.run()?;
    hub.answers()
}

fn on_the_wall(time: DateTime<Utc>) -> String {
    time.with_timezone(&Athens).format("%A %-d %B, %H:%M").to_string()
}

/// This machine's clock, to the second.
fn now() -> Result<DateTime<Utc>> {
    let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    DateTime::from_timestamp(i64::try_from(passed.as_secs())?, 0).context("a time beyond the calendar")
}

fn livelier_hour(state: &OfficeState) -> Option<DateTime<Utc>> {
    match state {
        OfficeState::Open { .. } | OfficeState::Suspended { .. } => None,
        OfficeState::Closed { opens_at, .. } => opens_at.map(|opens| opens + TimeDelta::minutes(AFTER_OPENING_MINUTES)),
    }
}

/// Everything with a plug.
struct DemoDevices {
    kiosk: DeviceProcess,
    display: DeviceProcess,
    printer: Printer,
    scanner: Arc<Mutex<Scanner>>,
}

impl DemoDevices {
    fn start(folder: &Path, hub: &Hub) -> Result<Self> {
        let printer = Printer::plug_in(&folder.join("printer"))?;
        let scanner = Scanner::plug_in()?;
        let port = ScannerPort::Serial(scanner.port());
        let kiosk = DeviceSetting::kiosk(&folder.join("kiosk"), &hub.base(), KIOSK_SIZE, printer.port(), &port);
        let display = DeviceSetting::display(&folder.join("display"), &hub.base(), DISPLAY_SIZE);
        let display = if has_screen() { display.aloud() } else { display };
        let start = if has_screen() { DeviceProcess::start_here } else { DeviceProcess::start };
        let scanner = Arc::new(Mutex::new(scanner));
        hold_codes_written_to(&folder.join("scanner"), &scanner)?;
        let devices = Self { kiosk: start(kiosk)?, display: start(display)?, printer, scanner };
        devices.kiosk.pair(hub)?;
        devices.display.pair(hub)?;
        Ok(devices)
    }

    /// Without a screen here, pictures of the windows, every few seconds; on every machine, a page that shows what came
    /// of the printer and the mails.
    fn pictures(&self, folder: &Path, stop: &Arc<AtomicBool>) -> Result<Vec<pictures::Photographer>> {
        let screens = folder.join("screens");
        fs::create_dir_all(&screens)?;
        let album = album::DemoAlbum { page: folder.join("index.html"), folder: folder.to_owned() };
        let mut all = vec![pictures::Photographer::send("the album", stop, move || album.write())];
        for (device, name) in [(&self.kiosk, "kiosk"), (&self.display, "display")] {
            if let Ok(screen) = device.screen() {
                let (display, file) = (screen.display().to_owned(), screens.join(format!("{name}.png")));
                all.push(pictures::Photographer::send(name, stop, move || pictures::take(&display, &file)));
            }
        }
        Ok(all)
    }
}

fn has_screen() -> bool {
    env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some()
}

fn introduction(opened: &OfficeAtWork, devices: &DemoDevices, folder: &Path) -> String {
    let (base, others) = (opened.hub.base(), opened.others.base());
    let at = |name: &str| folder.join(name).display().to_string();
    let windows = if has_screen() { "on this screen".to_owned() } else { format!("pictures in {}", at("screens")) };
    let (clerk, password) = clerk_of(FREE_DESK);
    format!(
        "\nAn office is open. Ctrl-C closes it.\n\n\
         citizen        {base}/\n\
         clerk          {base}/staff    {clerk} / {password}    (desk {FREE_DESK} is free)\n\
         administrator  {base}/admin    {ADMIN} / {ADMIN_PASSWORD}\n\
         level A        {base}/account    {OF_LEVEL_A} / {MEMBERS_PASSWORD}    (has a request at {base}/staff/requests)\n\
         level B        {base}/account    {OF_LEVEL_B} / {MEMBERS_PASSWORD}\n\
         TAXISnet       {others} plays it, and the protocol: {base}/login, maria, nikos, eleni, kostas or etaireia / {PASSWORD}\n\
         records        {base}/account/records, once somebody who came so is certified: nikos has debts\n\n\
         at a glance    file://{}\n\
         windows        {windows}\n\
         tickets        {}\n\
         mails          {}\n\
         scan a code    echo CODE > {}\n\n",
        at("index.html"),
        devices.printer.folder().display(),
        at("hub/mail"),
        at("scanner"),
    )
}

fn say(text: &str) -> Result<()> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
