//! Who attends to the citizen: carries what happens into the walk, and what the walk wants to hub and printer.
//!
//! It works on two threads in turn. What hub, scanner and printer say is attended to on a thread of its own, so that from
//! the scanner to the printer nothing waits for a picture to be drawn; presses are attended to in the frame that brought
//! them. Both hold the same lock, for as long as one round of the walk takes.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use bevy::prelude::Resource;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use crossbeam_channel::{Receiver, Select};
use panel::{
    alarm::Wake,
    clock::HubClock,
    link::{Ask, Link, News, NoAnswer, Reply, Urgency},
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

/// An answer that comes within this time is shown without a "one moment" before it.
pub const PATIENT: Duration = Duration::from_millis(350);

/// The kiosk: the walk, and the time that it goes by.
#[derive(Resource, Debug, Clone)]
pub struct Kiosk {
    /// The walk.
    pub walk: Walk,
    /// The hub's clock, once it has told it.
    pub clock: Option<HubClock>,
    /// The hub's own address, without a slash at the end.
    hub: String,
    /// What administrators call this kiosk.
    name: String,
    /// Whether a scanner hangs on it.
    pub has_scanner: bool,
}

impl Kiosk {
    /// A kiosk that has heard nothing yet.
    #[must_use]
    pub fn new(walk: Walk, hub: &str, name: &str, has_scanner: bool) -> Self {
        Self { walk, clock: None, hub: hub.to_owned(), name: name.to_owned(), has_scanner }
    }

    /// The page on which one books, for telephones: where the hub says, which is not where a kiosk inside the house
    /// reaches it.
    #[must_use]
    pub fn booking_page(&self) -> String {
        let told = self.walk.view().map(|view| view.booking_page.as_str()).filter(|page| !page.is_empty());
        told.map_or_else(|| format!("{}/book", self.hub), str::to_owned)
    }

    /// The zone of the office.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.walk.view().map_or(chrono_tz::Europe::Athens, |view| words::zone(&view.zone))
    }

    /// The hub's time, or this machine's until the hub has told it.
    #[must_use]
    pub fn hub_now(&self) -> DateTime<Utc> {
        self.clock.unwrap_or_else(HubClock::of_this_machine).now()
    }

    /// The same, as it is shown; nothing until the hub has told it, since this machine's clock may be wrong.
    #[must_use]
    pub fn shown_time(&self) -> String {
        self.clock.map_or_else(String::new, |clock| words::clock_time(clock.now(), self.zone()))
    }

    fn take_news(&mut self, news: News<KioskView>, now: Duration) -> Option<Input> {
        let mut link = self.walk.link().clone();
        link.take(&news);
        let view = match news {
            News::Clock(told) => {
                self.clock = Some(HubClock::told(told));
                None
            }
            News::View { view, .. } => Some(Input::View(view)),
            News::Pairing { .. } | News::Paired | News::Lost { .. } => None,
        };
        if link != *self.walk.link() {
            // Told at once, so that the next news is taken from where this one led.
            self.walk.on(Input::Link(link), now);
        }
        view
    }
}

/// The hub.
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

    fn report(&self, faults: Vec<Fault>) {
        let body = serde_json::to_value(Report { faults }).unwrap_or_default();
        let (key, path) = (Ask::new_key(), REPORT_PATH.to_owned());
        self.link.ask(Ask { key, path, body, urgency: Urgency::Lasting });
    }
}

/// What hangs on the kiosk.
#[derive(Default)]
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

impl Devices {
    /// A printer with its model, and a scanner on a serial line.
    #[must_use]
    pub fn on_lines(printer: (PrinterHandle, firmware_config::PrinterProfile), scanner: Receiver<ScanEvent>) -> Self {
        Self { printer: Some(printer), scanner: Some(scanner), ..Self::default() }
    }

    /// Reads printer and scanner; true when their faults have changed.
    fn read(&mut self, inputs: &mut Vec<Input>) -> bool {
        let before = (self.printer_fault, self.scanner_fault);
        if let Some((printer, _)) = &self.printer {
            for event in printer.events().try_iter() {
                match event {
                    PrinterEvent::State(state) => self.printer_fault = Fault::of_printer(state),
                    PrinterEvent::Job { id, outcome: Outcome::Printed(_) | Outcome::Unconfirmed } => {
                        inputs.push(Input::Printed(id));
                    }
                    PrinterEvent::Job { id, outcome: Outcome::Failed(_) } => inputs.push(Input::NotPrinted(id)),
                }
            }
        }
        for event in self.scanner.iter().flat_map(Receiver::try_iter) {
            match event {
                ScanEvent::Code(code) => inputs.push(Input::Scanned(code)),
                // What is no code is asked about all the same, so that whoever scanned it is told.
                ScanEvent::Unreadable => inputs.push(Input::Scanned(String::new())),
                ScanEvent::Plugged => self.scanner_fault = None,
                ScanEvent::Unplugged => self.scanner_fault = Some(Fault::ScannerOffline),
            }
        }
        before != (self.printer_fault, self.scanner_fault)
    }

    /// Codes from a scanner that types.
    fn take_typed(&mut self, typed: &[char], now: Duration) -> Vec<Input> {
        let Some(framer) = &mut self.keyboard else { return Vec::new() };
        let mut scans: Vec<Scan> = typed.iter().filter_map(|key| framer.key(*key, now)).collect();
        scans.extend(framer.silence(now));
        let code = |scan| match scan {
            Scan::Code(code) => code,
            Scan::Unreadable => String::new(),
        };
        scans.into_iter().map(|scan| Input::Scanned(code(scan))).collect()
    }

    fn faults(&self) -> Vec<Fault> {
        [self.printer_fault, self.scanner_fault].into_iter().flatten().collect()
    }
}

/// What a frame brought.
#[derive(Debug, Default)]
pub struct Touched {
    /// Buttons that were pressed.
    pub presses: Vec<Press>,
    /// Keys of a scanner that types.
    pub typed: Vec<char>,
}

/// The kiosk with everything that it talks to.
pub struct Attendant {
    /// The kiosk.
    pub kiosk: Kiosk,
    hub: Hub,
    devices: Devices,
}

impl Attendant {
    /// An attendant who has heard nothing yet.
    #[must_use]
    pub const fn new(kiosk: Kiosk, hub: Hub, devices: Devices) -> Self {
        Self { kiosk, hub, devices }
    }

    /// One round: takes everything that has happened until `now`, and does what the walk wants.
    pub fn attend(&mut self, touched: Touched, now: Duration) {
        let mut inputs = Vec::new();
        for news in self.hub.link.news.clone().try_iter() {
            inputs.extend(self.kiosk.take_news(news, now));
        }
        for reply in self.hub.link.replies.clone().try_iter() {
            inputs.extend(self.hub.read(reply));
        }
        inputs.extend(touched.presses.into_iter().map(Input::Press));
        inputs.extend(self.devices.take_typed(&touched.typed, now));
        if self.devices.read(&mut inputs) {
            self.hub.report(self.devices.faults());
        }
        inputs.push(Input::Tick);
        for input in inputs {
            for action in self.kiosk.walk.on(input, now) {
                self.perform(action, now);
            }
        }
    }

    /// When the next round has something to do, if nothing happens before.
    #[must_use]
    pub fn next_due(&self, now: Duration) -> Option<Duration> {
        let held = self.devices.keyboard.as_ref().and_then(KeyboardFramer::due);
        self.kiosk.walk.next_due(now).into_iter().chain(held).min()
    }

    fn perform(&mut self, action: Action, now: Duration) {
        match action {
            Action::CheckIn(intent, request) => {
                let body = serde_json::to_value(request).unwrap_or_default();
                self.hub.ask(intent, Asked::CheckIn, "offices/{office}/check-ins", body);
            }
            Action::TakeTicket(intent, request) => {
                let body = serde_json::to_value(request).unwrap_or_default();
                self.hub.ask(intent, Asked::Ticket, "offices/{office}/tickets", body);
            }
            Action::Print(intent, ticket) => self.print(intent, &ticket, now),
        }
    }

    fn print(&mut self, job: u64, ticket: &TicketAnswer, now: Duration) {
        let Some((printer, profile)) = &self.devices.printer else {
            self.kiosk.walk.on(Input::NotPrinted(job), now);
            return;
        };
        let office = self.kiosk.walk.view().map(|view| view.office.clone()).unwrap_or_default();
        let walk = &self.kiosk.walk;
        let print = paper::Print {
            kiosk: &self.kiosk.name,
            at: self.kiosk.hub_now(),
            is_copy: walk.shows_again(),
            standing: walk.standing(),
        };
        let bytes = paper::bytes(ticket, &office, self.kiosk.zone(), &print, profile);
        printer.print(Job { id: job, bytes });
    }

    /// A copy of every channel on which something can come.
    fn sources(&self) -> Sources {
        Sources {
            news: self.hub.link.news.clone(),
            replies: self.hub.link.replies.clone(),
            printer: self.devices.printer.as_ref().map(|(printer, _)| printer.events().clone()),
            scanner: self.devices.scanner.clone(),
        }
    }
}

/// The channels on which hub, printer and scanner speak.
struct Sources {
    news: Receiver<News<KioskView>>,
    replies: Receiver<Reply>,
    printer: Option<Receiver<PrinterEvent>>,
    scanner: Option<Receiver<ScanEvent>>,
}

impl Sources {
    /// Waits until something has come, and leaves it where it is; false when `at_most` has passed before.
    fn wait(&self, at_most: Option<Duration>) -> bool {
        let mut select = Select::new();
        select.recv(&self.news);
        select.recv(&self.replies);
        if let Some(printer) = &self.printer {
            select.recv(printer);
        }
        if let Some(scanner) = &self.scanner {
            select.recv(scanner);
        }
        match at_most {
            Some(at_most) => select.ready_timeout(at_most).is_ok(),
            None => {
                select.ready();
                true
            }
        }
    }
}

/// The attendant, shared by the window and the thread that listens.
#[derive(Resource, Clone)]
pub struct Shared {
    attendant: Arc<Mutex<Attendant>>,
    started: Instant,
}

impl Shared {
    /// Not yet listening: rounds happen when frames ask for them.
    #[must_use]
    pub fn new(attendant: Attendant) -> Self {
        Self { attendant: Arc::new(Mutex::new(attendant)), started: Instant::now() }
    }

    /// The attendant, for one round.
    pub fn lock(&self) -> MutexGuard<'_, Attendant> {
        self.attendant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The walk's time at an instant: since the start of the program.
    #[must_use]
    pub fn time_of(&self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.started)
    }

    /// Starts the thread that attends to hub, scanner and printer at once, and wakes the window when there is something to
    /// be seen.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn listen(&self, wake: Wake) -> io::Result<()> {
        let shared = self.clone();
        thread::Builder::new().name("attendant".to_owned()).spawn(move || shared.listen_for_ever(&wake))?;
        Ok(())
    }

    fn listen_for_ever(&self, wake: &Wake) {
        let sources = self.lock().sources();
        let mut patient_until: Option<Instant> = None;
        loop {
            let at_most = patient_until.map(|until| until.saturating_duration_since(Instant::now()));
            if !sources.wait(at_most) {
                // Now a person wants to be told that it takes a moment.
                patient_until = None;
                wake.now();
                continue;
            }
            let busy = {
                let mut attendant = self.lock();
                attendant.attend(Touched::default(), self.time_of(Instant::now()));
                attendant.kiosk.walk.busy_since().is_some()
            };
            // While the hub is asked there is nothing new to be seen, and a picture would only take the processor from
            // those who bring the answer.
            patient_until = busy.then(|| patient_until.unwrap_or_else(|| Instant::now() + PATIENT));
            if !busy {
                wake.now();
            }
        }
    }
}
