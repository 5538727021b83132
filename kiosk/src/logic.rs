//! The kiosk without a window: carries what happens into the walk, and what the walk wants to hub and printer.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use crossbeam_channel::Receiver;
use panel::{
    alarm::Alarm,
    clock::HubClock,
    link::{Ask, Link, News, NoAnswer, Reply, Standing, Urgency},
    words,
};
use serde_json::Value;
use uuid::Uuid;
use wire::{KioskView, TicketAnswer};

use crate::{
    devices::{
        printer::{Job, Outcome, PrinterEvent, PrinterHandle},
        scanner::{KeyboardFramer, ScanEvent},
        scanner_framer::Scan,
    },
    fault::{Fault, REPORT_PATH, Report},
    paper,
    walk::{Action, Input, Press, Walk},
};

/// The kiosk: the walk, and the time that it goes by.
#[derive(Resource)]
pub struct Kiosk {
    /// The walk.
    pub walk: Walk,
    /// The hub's clock.
    pub clock: HubClock,
    /// The page on which one books, for telephones.
    pub booking_page: String,
    /// Whether a scanner hangs on it.
    pub has_scanner: bool,
    started: Instant,
}

impl Kiosk {
    /// A kiosk that has heard nothing yet.
    #[must_use]
    pub fn new(walk: Walk, booking_page: String, has_scanner: bool) -> Self {
        Self { walk, clock: HubClock::of_this_machine(), booking_page, has_scanner, started: Instant::now() }
    }

    /// The walk's time: since the start of the program.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// The zone of the office.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.walk.view().map_or(chrono_tz::Europe::Athens, |view| words::zone(&view.zone))
    }

    /// The hub's time.
    #[must_use]
    pub fn hub_now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

/// What was pressed since the last frame.
#[derive(Resource, Debug, Default)]
pub struct Presses(pub Vec<Press>);

/// The hub.
#[derive(Resource)]
pub struct Hub {
    link: Link<KioskView>,
    /// The key under which the hub knows each intent; the same for every try.
    keys: BTreeMap<u64, Uuid>,
    asked: BTreeMap<Uuid, (u64, Asked)>,
}

/// What the hub was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    CheckIn,
    Ticket,
}

impl Hub {
    /// The hub behind `link`.
    #[must_use]
    pub const fn new(link: Link<KioskView>) -> Self {
        Self { link, keys: BTreeMap::new(), asked: BTreeMap::new() }
    }

    fn ask(&mut self, intent: u64, asked: Asked, path: &str, body: Value) {
        // One citizen at a time: what was wanted before is done with.
        self.keys.retain(|other, _| *other == intent);
        let key = *self.keys.entry(intent).or_insert_with(Ask::new_key);
        self.asked.insert(key, (intent, asked));
        self.link.ask(Ask { key, path: path.to_owned(), body, urgency: Urgency::Waited });
    }

    fn read(&mut self, reply: Reply) -> Option<Input> {
        let (intent, asked) = self.asked.remove(&reply.key)?;
        Some(match (reply.answer, asked) {
            (Ok(answer), Asked::CheckIn) => serde_json::from_value(answer)
                .map_or(Input::NoAnswer(intent), |answer| Input::CheckedIn(intent, answer)),
            (Ok(answer), Asked::Ticket) => serde_json::from_value(answer)
                .map_or(Input::NoAnswer(intent), |answer| Input::TicketGiven(intent, answer)),
            (Err(NoAnswer::Refused(problem)), _) => Input::Refused(intent, problem),
            (Err(NoAnswer::Away), _) => Input::NoAnswer(intent),
        })
    }
}

/// What hangs on the kiosk.
#[derive(Resource, Default)]
pub struct Devices {
    /// The printer and its model.
    pub printer: Option<(PrinterHandle, firmware_config::PrinterProfile)>,
    /// The scanner on a serial line.
    pub scanner: Option<Receiver<ScanEvent>>,
    /// The scanner that types.
    pub keyboard: Option<KeyboardFramer>,
    printer_fault: Option<Fault>,
    scanner_fault: Option<Fault>,
}

/// The kiosk's logic.
pub struct LogicPlugin;

/// When the logic runs: before screens change, so that a press is answered in its own frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Logic;

impl Plugin for LogicPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Presses>()
            .init_resource::<Typed>()
            .add_systems(PreUpdate, (walk_on, set_alarm).chain().in_set(Logic));
    }
}

/// Keys of a scanner that types, as this frame brought them.
#[derive(Resource, Debug, Default)]
pub struct Typed(pub Vec<char>);

fn walk_on(
    mut kiosk: ResMut<Kiosk>,
    mut hub: ResMut<Hub>,
    mut devices: ResMut<Devices>,
    mut presses: ResMut<Presses>,
    mut typed: ResMut<Typed>,
) {
    let now = kiosk.now();
    let mut inputs = Vec::new();
    for news in hub.link.news.clone().try_iter() {
        inputs.extend(take_news(&mut kiosk, news));
    }
    for reply in hub.link.replies.clone().try_iter() {
        inputs.extend(hub.read(reply));
    }
    inputs.extend(presses.0.drain(..).map(Input::Press));
    inputs.extend(take_typed(&mut devices, &mut typed, now));
    let report = take_devices(&mut devices, &mut inputs);
    inputs.push(Input::Tick);
    for input in inputs {
        for action in kiosk.walk.on(input, now) {
            perform(action, &mut kiosk, &mut hub, &devices);
        }
    }
    if report {
        let faults = [devices.printer_fault, devices.scanner_fault].into_iter().flatten().collect();
        let body = serde_json::to_value(Report { faults }).unwrap_or_default();
        let (key, path) = (Ask::new_key(), REPORT_PATH.to_owned());
        hub.link.ask(Ask { key, path, body, urgency: Urgency::Lasting });
    }
}

fn take_news(kiosk: &mut Kiosk, news: News<KioskView>) -> Vec<Input> {
    let mut link = kiosk.walk.link().clone();
    link.take(&news);
    let mut inputs = Vec::new();
    match news {
        News::Clock(told) => kiosk.clock = HubClock::told(told),
        News::View { view, .. } => inputs.push(Input::View(view)),
        News::Pairing { .. } | News::Paired | News::Lost { .. } => {}
    }
    if link != *kiosk.walk.link() {
        // Told at once, so that the next news is taken from where this one led.
        kiosk.walk.on(Input::Link(link), kiosk.now());
    }
    inputs
}

/// Reads printer and scanner; true when their faults have changed.
fn take_devices(devices: &mut Devices, inputs: &mut Vec<Input>) -> bool {
    let before = (devices.printer_fault, devices.scanner_fault);
    if let Some((printer, _)) = &devices.printer {
        for event in printer.events().try_iter() {
            match event {
                PrinterEvent::State(state) => devices.printer_fault = Fault::of_printer(state),
                PrinterEvent::Job { id, outcome: Outcome::Printed(_) | Outcome::Unconfirmed } => {
                    inputs.push(Input::Printed(id));
                }
                PrinterEvent::Job { id, outcome: Outcome::Failed(_) } => inputs.push(Input::NotPrinted(id)),
            }
        }
    }
    for event in devices.scanner.iter().flat_map(Receiver::try_iter) {
        match event {
            ScanEvent::Code(code) => inputs.push(Input::Scanned(code)),
            // What is no code is asked about all the same, so that whoever scanned it is told.
            ScanEvent::Unreadable => inputs.push(Input::Scanned(String::new())),
            ScanEvent::Plugged => devices.scanner_fault = None,
            ScanEvent::Unplugged => devices.scanner_fault = Some(Fault::ScannerOffline),
        }
    }
    before != (devices.printer_fault, devices.scanner_fault)
}

/// Codes from a scanner that types.
fn take_typed(devices: &mut Devices, typed: &mut Typed, now: Duration) -> Vec<Input> {
    let Some(framer) = &mut devices.keyboard else { return Vec::new() };
    let mut scans: Vec<Scan> = typed.0.drain(..).filter_map(|key| framer.key(key, now)).collect();
    scans.extend(framer.silence(now));
    let code = |scan| match scan {
        Scan::Code(code) => code,
        Scan::Unreadable => String::new(),
    };
    scans.into_iter().map(|scan| Input::Scanned(code(scan))).collect()
}

fn perform(action: Action, kiosk: &mut Kiosk, hub: &mut Hub, devices: &Devices) {
    match action {
        Action::CheckIn(intent, request) => {
            let body = serde_json::to_value(request).unwrap_or_default();
            hub.ask(intent, Asked::CheckIn, "offices/{office}/check-ins", body);
        }
        Action::TakeTicket(intent, request) => {
            let body = serde_json::to_value(request).unwrap_or_default();
            hub.ask(intent, Asked::Ticket, "offices/{office}/tickets", body);
        }
        Action::Print(intent, ticket) => print(intent, &ticket, kiosk, devices),
    }
}

fn print(job: u64, ticket: &TicketAnswer, kiosk: &mut Kiosk, devices: &Devices) {
    let Some((printer, profile)) = &devices.printer else {
        let now = kiosk.now();
        kiosk.walk.on(Input::NotPrinted(job), now);
        return;
    };
    let office = kiosk.walk.view().map(|view| view.office.clone()).unwrap_or_default();
    let bytes = paper::bytes(ticket, &office, kiosk.zone(), profile);
    printer.print(Job { id: job, bytes });
}

fn set_alarm(kiosk: Res<Kiosk>, devices: Res<Devices>, mut alarm: ResMut<Alarm>) {
    let instant = Instant::now();
    if !matches!(kiosk.walk.link(), Standing::Pairing { .. }) {
        alarm.wake_at(kiosk.clock.next_minute(instant));
    }
    let now = kiosk.now();
    let held = devices.keyboard.as_ref().and_then(KeyboardFramer::due);
    for due in kiosk.walk.next_due(now).into_iter().chain(held) {
        alarm.wake_at(instant + due.saturating_sub(now));
    }
}
