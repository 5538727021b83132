//! An office to look at: hub, kiosk, display, ticket printer and mail folder, and on request a lively morning in it.

mod morning;
mod pictures;

use std::{
    env, fs,
    io::{Write as _, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, atomic::AtomicBool, atomic::Ordering},
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;
use tests::{
    device::{Device, DeviceSetting, ScannerPort, pair_without_screen},
    house::PlainKiosk,
    hub::{ADMIN, ADMIN_PASSWORD, Hub, Mails, Setting},
    printer::Printer,
    scanner::Scanner,
    wait,
};
use wire::{DeviceKind, OfficeState};

/// A played morning is shown this many times faster.
const DAY_SPEED: f64 = 6.0;
/// Where an office that is closed now is looked at: this long after it opens next.
const AFTER_OPENING_MINUTES: i64 = 90;
/// Size of the windows in pixels; an upright touchscreen and a wide screen, both small enough for a desk.
const KIOSK_SIZE: (u32, u32) = (720, 1280);
const DISPLAY_SIZE: (u32, u32) = (1280, 720);

/// Runs an office; Ctrl-C ends it.
#[derive(Parser)]
struct Arguments {
    /// Play a lively morning through the public interfaces.
    #[arg(long)]
    day: bool,
    /// The folder for everything that it writes; emptied first.
    #[arg(long, default_value = "demo")]
    folder: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [2, 15] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    let folder = std::path::absolute(&arguments.folder)?;
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let (hub, plain_kiosk) = open_hub(&folder, arguments.day)?;
    let devices = Devices::start(&folder, &hub)?;
    say(&introduction(&hub, &devices, &folder))?;
    let _pictures = devices.pictures(&folder, &stop)?;
    if arguments.day {
        morning::play(&hub, &plain_kiosk, DAY_SPEED, &stop)?;
    }
    while !stop.load(Ordering::Relaxed) {
        wait::pass(Duration::from_millis(200));
    }
    say("The office is closed.\n")
}

/// Starts the hub now if the office is open now, else at a lively hour of the next day on which it is.
fn open_hub(folder: &Path, day: bool) -> Result<(Hub, PlainKiosk)> {
    let speed = if day { DAY_SPEED } else { 1.0 };
    let setting = Setting { at: now()?, speed, mails: Mails::Folder, office: std::convert::identity };
    let mut hub = Hub::start(&folder.join("hub"), setting)?;
    let kiosk = PlainKiosk::new(pair_without_screen(&hub, DeviceKind::Kiosk, "Demo")?);
    if let Some(hour) = livelier_hour(&kiosk.view()?.state) {
        hub.stop()?;
        hub.set_clock(hour);
        hub.run()?;
        hub.answers()?;
        say(&format!("The office would not be at work now, so its clock is set to {}.\n", hour.format("%F %R UTC")))?;
    }
    Ok((hub, kiosk))
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
struct Devices {
    kiosk: Device,
    display: Device,
    printer: Printer,
    scanner: Scanner,
}

impl Devices {
    fn start(folder: &Path, hub: &Hub) -> Result<Self> {
        let printer = Printer::plug_in(&folder.join("printer"))?;
        let scanner = Scanner::plug_in()?;
        let port = ScannerPort::Serial(scanner.port());
        let kiosk = DeviceSetting::kiosk(&folder.join("kiosk"), &hub.base(), KIOSK_SIZE, printer.port(), &port);
        let display = DeviceSetting::display(&folder.join("display"), &hub.base(), DISPLAY_SIZE);
        let start = if has_screen() { Device::start_here } else { Device::start };
        let devices = Self { kiosk: start(kiosk)?, display: start(display)?, printer, scanner };
        devices.kiosk.pair(hub)?;
        devices.display.pair(hub)?;
        Ok(devices)
    }

    /// Without a screen here, pictures of the windows, every few seconds.
    fn pictures(&self, folder: &Path, stop: &Arc<AtomicBool>) -> Result<Vec<pictures::Photographer>> {
        if has_screen() {
            return Ok(Vec::new());
        }
        let screens = folder.join("screens");
        fs::create_dir_all(&screens)?;
        [(&self.kiosk, "kiosk.png"), (&self.display, "display.png")]
            .into_iter()
            .map(|(device, name)| {
                Ok(pictures::Photographer::send(device.screen()?.display(), &screens.join(name), stop))
            })
            .collect()
    }
}

fn has_screen() -> bool {
    env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some()
}

fn introduction(hub: &Hub, devices: &Devices, folder: &Path) -> String {
    let base = hub.base();
    let at = |name: &str| folder.join(name).display().to_string();
    let windows = if has_screen() { "on this screen".to_owned() } else { format!("pictures in {}", at("screens")) };
    format!(
        "\nAn office is open. Ctrl-C closes it.\n\n\
         citizen        {base}/\n\
         clerk          {base}/staff    {ADMIN} / {ADMIN_PASSWORD}\n\
         administrator  {base}/admin    {ADMIN} / {ADMIN_PASSWORD}\n\n\
         windows        {windows}\n\
         tickets        {}\n\
         mails          {}\n\
         scan a code    echo CODE > {}\n\n",
        devices.printer.folder().display(),
        at("hub/mail"),
        devices.scanner.port().display(),
    )
}

fn say(text: &str) -> Result<()> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
