//! Every screen of the kiosk, upright and lying, in both languages, and the tickets that it prints.

use std::{
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use rustix::process::Signal;
use tests::{
    device::{DeviceProcess, DeviceSetting, ScannerPort},
    house::House,
    picture::{Picture, PixelPlace},
    printer::Printer,
    questions::QUESTIONS,
    scanner::Scanner,
    screen::{Screen, picture_of},
    wait,
};
use wire::{Availability, KioskService};

use crate::{
    album::PictureFolder,
    day::{Codes, RefusedCodes},
    labels::{LANGUAGES, Labels},
};

/// How a kiosk hangs, and its size in pixels.
pub const WAYS_TO_HANG: [(&str, (u32, u32)); 2] = [("portrait", (1080, 1920)), ("landscape", (1920, 1080))];

/// An idle kiosk asks after 45 s.
const IDLE: Duration = Duration::from_secs(60);
/// Within the switch of the language, in pixels from the lower left corner.
const FROM_THE_LEFT: i32 = 90;
const FROM_THE_BOTTOM: i32 = 60;
/// Between two looks at a screen.
const BLINK: Duration = Duration::from_millis(200);
/// A frame that is the same so long is whole.
const STILL: Duration = Duration::from_millis(400);

/// A part of the walk that begins at the first screen.
type Step<'a> = &'a mut dyn FnMut(&mut Stand) -> Result<()>;

/// A kiosk with all that hangs on it.
pub struct Stand {
    hangs: &'static str,
    device: DeviceProcess,
    printer: Printer,
    scanner: Scanner,
    album: PictureFolder,
}

impl Stand {
    /// Starts one and takes the picture of its pairing code.
    pub fn start(house: &House, hangs: &'static str, size: (u32, u32), album: &PictureFolder) -> Result<Self> {
        let printer = Printer::plug_in(&house.folder(&format!("printer-{hangs}")))?;
        let scanner = Scanner::plug_in()?;
        let port = ScannerPort::Serial(scanner.port());
        let folder = house.folder(&format!("kiosk-{hangs}"));
        let setting = DeviceSetting::kiosk(&folder, &house.hub.base(), size, printer.port(), &port);
        let device = DeviceProcess::start(setting)?;
        let stand = Self { hangs, device, printer, scanner, album: album.clone() };
        stand.screen()?.find(LANGUAGES[0].say("panel-pairing-title")?)?;
        stand.keep("pairing", &LANGUAGES[0])?;
        stand.device.pair(&house.hub)?;
        Ok(stand)
    }

    fn screen(&self) -> Result<&Screen> {
        self.device.screen()
    }

    /// Keeps what is on the screen, once it no longer changes.
    fn keep(&self, name: &str, labels: &Labels) -> Result<()> {
        let picture = still(self.screen()?)?;
        self.album.keep(&format!("kiosk-{}-{name}.{}", self.hangs, labels.tag), &picture)
    }

    /// Waits until a sentence stands on the screen and keeps that picture, even if reading it takes longer than the
    /// kiosk shows it: a number goes home by itself.
    fn see(&self, labels: &Labels, id: &str, name: &str) -> Result<()> {
        let (display, text) = (self.screen()?.display(), labels.start_of(id)?);
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let (send, pictures) = mpsc::channel::<Picture>();
            scope.spawn(|| watch(display, &over, send));
            let mut read = String::new();
            let seen = loop {
                let Ok(picture) = pictures.recv_timeout(wait::PATIENCE) else {
                    break Err(anyhow::anyhow!("{name}: the screen never showed «{text}», but: {read}"));
                };
                match picture.find(&text) {
                    Ok(None) => read.push_str(&picture.text().unwrap_or_default()),
                    Ok(Some(_)) => break Ok(picture),
                    Err(error) => break Err(error),
                }
            };
            over.store(true, Ordering::Relaxed);
            self.album.keep(&format!("kiosk-{}-{name}.{}", self.hangs, labels.tag), &seen?)
        })
    }

    fn find(&self, labels: &Labels, id: &str) -> Result<()> {
        self.screen()?.find(&labels.start_of(id)?).map(drop)
    }

    fn press(&self, labels: &Labels, id: &str) -> Result<()> {
        self.press_words(labels.say(id)?)
    }

    fn press_words(&self, words: &str) -> Result<()> {
        let place = self.screen()?.find(words)?;
        let before = self.screen()?.picture()?;
        self.screen()?.press_at(place)?;
        self.answered(&before)
    }

    /// Presses the switch of the language, which stands at the same place on every screen: light letters in a frame are
    /// not always read.
    fn turn_language(&self) -> Result<()> {
        let before = self.screen()?.picture()?;
        let height = i32::try_from(before.pixels()?.height())?;
        self.screen()?.press_at(PixelPlace { x: FROM_THE_LEFT, y: height - FROM_THE_BOTTOM })?;
        self.answered(&before)
    }

    fn scan(&mut self, code: &str) -> Result<()> {
        let before = self.screen()?.picture()?;
        self.scanner.scan(code, "\r")?;
        self.answered(&before)
    }

    /// Waits for the screen to change, so that the old one is not read once more: reading takes seconds.
    fn answered(&self, before: &Picture) -> Result<()> {
        let screen = self.screen()?;
        wait::until("the kiosk answers", || screen.picture().ok().filter(|now| !now.looks_like(before))).map(drop)
    }

    /// Waits for the first screen, to which a kiosk that is left alone returns, and turns it to the language; every citizen
    /// finds Greek first.
    fn home(&self, labels: &Labels) -> Result<()> {
        self.screen()?.find_within(&LANGUAGES[0].start_of("kiosk-no-booking")?, IDLE + wait::PATIENCE)?;
        if !labels.is_first() {
            self.turn_language()?;
            self.find(labels, "kiosk-no-booking")?;
        }
        Ok(())
    }

    /// Scans at the first screen and keeps what is said.
    fn scan_and_keep(&mut self, labels: &Labels, code: &str, says: &str, name: &str) -> Result<()> {
        self.home(labels)?;
        self.scan(code)?;
        self.see(labels, says, name)
    }

    /// The same, where it is a number: it goes home by itself, sooner than a slow machine reads a button.
    fn scan_and_take(&mut self, labels: &Labels, code: &str, name: &str) -> Result<()> {
        self.scan_and_keep(labels, code, "kiosk-printed", name)
    }

    /// The whole walk in one language, with the office open. What goes wrong at one step spoils no other: the kiosk is left
    /// alone until it is home again.
    pub fn walk(
        &mut self,
        labels: &Labels,
        codes: &Codes,
        refused: &RefusedCodes,
        services: &[KioskService],
    ) -> Result<()> {
        let open = services.iter().find(|service| matches!(service.availability, Availability::Now { .. }));
        let service = labels.own(&open.context("no service gives numbers")?.name);
        let booked = services.iter().find(|service| service.availability == Availability::BookingRequired);
        let booked = labels.own(&booked.context("no service wants a booking")?.name);
        let steps: [Step<'_>; 9] = [
            &mut |stand| stand.walk_in(labels, service),
            &mut |stand| stand.could_not_book(labels, booked),
            &mut |stand| stand.scan_and_take(labels, &codes.early.code, "checked-in-early"),
            &mut |stand| stand.scan_and_take(labels, &codes.in_time.code, "checked-in"),
            &mut |stand| stand.scan_and_take(labels, &codes.in_time.code, "checked-in-again"),
            &mut |stand| stand.late(labels, codes),
            &mut |stand| stand.refused(labels, refused),
            &mut |stand| stand.without_paper(labels, service),
            &mut |stand| stand.idle(labels),
        ];
        let mut failed = Vec::new();
        for step in steps {
            if let Err(error) = step(self) {
                failed.push(format!("kiosk {} in {}: {error:#}", self.hangs, labels.tag));
                self.screen()?.find_within(&LANGUAGES[0].start_of("kiosk-no-booking")?, IDLE + wait::PATIENCE)?;
            }
        }
        anyhow::ensure!(failed.is_empty(), "{}", failed.join("\n"));
        Ok(())
    }

    /// One code after the other, as it may be scanned on every screen; then the kiosk is left alone.
    fn refused(&mut self, labels: &Labels, refused: &RefusedCodes) -> Result<()> {
        self.scan_and_keep(labels, &refused.other_day.code, "kiosk-refused-other-day", "refused-other-day")?;
        self.scan(&refused.cancelled.code)?;
        self.see(labels, "kiosk-refused-cancelled", "refused-cancelled")
    }

    fn walk_in(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.home(labels)?;
        self.keep("welcome", labels)?;
        self.press(labels, "kiosk-have-booking-below")?;
        self.see(labels, "kiosk-code", "code")?;
        self.scan("22222222")?;
        self.see(labels, "kiosk-refused-unknown-code", "refused-unknown-code")?;
        self.press(labels, "kiosk-number-instead")?;
        self.see(labels, "kiosk-services", "services")?;
        self.press_words(service)?;
        self.see(labels, "kiosk-bring", "service")?;
        self.press(labels, "kiosk-take-number")?;
        for question in QUESTIONS {
            self.see(labels, question.sentence, question.picture)?;
            self.press(labels, question.no)?;
        }
        self.see(labels, "kiosk-printed", "number")
    }

    /// On whatever page of the list the service stands.
    fn could_not_book(&self, labels: &Labels, service: &str) -> Result<()> {
        self.home(labels)?;
        self.press(labels, "kiosk-no-booking-below")?;
        self.find(labels, "kiosk-services")?;
        if self.screen()?.picture()?.find(service)?.is_none() {
            self.press(labels, "kiosk-page-next")?;
            self.screen()?.find(service)?;
            self.keep("services-2", labels)?;
        }
        self.press_words(service)?;
        self.see(labels, "kiosk-could-not-book", "could-not-book")?;
        self.press(labels, "kiosk-home")
    }

    fn late(&mut self, labels: &Labels, codes: &Codes) -> Result<()> {
        self.home(labels)?;
        self.scan(&codes.late[0].code)?;
        self.see(labels, "kiosk-late-today", "late")?;
        self.press(labels, "kiosk-late-today")?;
        self.see(labels, "kiosk-printed", "late-today")?;
        self.home(labels)?;
        self.scan(&codes.late[1].code)?;
        self.press(labels, "kiosk-late-anew-below")?;
        self.see(labels, "kiosk-times-below", "times")?;
        self.press(labels, "kiosk-home")
    }

    fn without_paper(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.printer.interfere("paper out")?;
        self.home(labels)?;
        self.press(labels, "kiosk-no-booking-below")?;
        self.press_words(service)?;
        self.press(labels, "kiosk-take-number")?;
        QUESTIONS.iter().try_for_each(|question| self.press(labels, question.no))?;
        self.see(labels, "kiosk-scan-page", "number-without-paper")?;
        self.printer.interfere("paper in")?;
        self.press(labels, "kiosk-noted")
    }

    /// The question whether anybody is there.
    fn idle(&mut self, labels: &Labels) -> Result<()> {
        self.home(labels)?;
        self.press(labels, "kiosk-no-booking-below")?;
        let question = labels.start_of("kiosk-still-there")?;
        self.screen()?.find_within(&question, IDLE + wait::PATIENCE)?;
        let picture = self.screen()?.picture()?;
        self.album.keep(&format!("kiosk-{}-still-there.{}", self.hangs, labels.tag), &picture)
    }

    /// The screens that it shows by itself, in both languages, found by a sentence.
    pub fn keep_in_both(&self, id: &str, name: &str) -> Result<()> {
        let [first, other] = &LANGUAGES;
        self.find(first, id)?;
        self.keep(name, first)?;
        self.turn_language()?;
        self.find(other, id)?;
        self.keep(name, other)?;
        self.turn_language()
    }

    /// A hub that takes its time; the kiosk goes on by itself when it does not answer at all.
    pub fn hub_is_stuck(&mut self, house: &mut House, labels: &Labels) -> Result<()> {
        self.home(labels)?;
        house.hub.process()?.signal(Signal::STOP)?;
        self.scan("22222222")?;
        let seen = self.see(labels, "kiosk-wait", "wait");
        house.hub.process()?.signal(Signal::CONT)?;
        seen?;
        self.press(labels, "kiosk-home")
    }

    /// The first tickets: of a walk-in, an early booking, a booking in time, and its copy.
    pub fn tickets(&self, labels: &Labels) -> Result<()> {
        let first = if labels.is_first() { 0 } else { TICKETS_OF_A_WALK };
        for (nth, name) in ["walk-in", "early", "booked", "copy"].iter().enumerate() {
            let picture = self.printer.ticket(first + nth)?;
            self.album.keep(&format!("ticket-{name}.{}", labels.tag), &picture)?;
        }
        Ok(())
    }
}

/// Hands on every picture that differs from the one before.
fn watch(display: &str, over: &AtomicBool, send: Sender<Picture>) {
    let mut last: Option<Picture> = None;
    while !over.load(Ordering::Relaxed) {
        if let Ok(picture) = picture_of(display)
            && !last.as_ref().is_some_and(|last| last.looks_like(&picture))
        {
            last = Some(picture.clone());
            if send.send(picture).is_err() {
                return;
            }
        }
        wait::pass(BLINK);
    }
}

/// How many tickets one walk prints: the four above, and that of a late arrival.
const TICKETS_OF_A_WALK: usize = 5;

/// The screen, once it no longer changes.
pub fn still(screen: &Screen) -> Result<Picture> {
    let mut last = screen.picture()?;
    let mut since = Instant::now();
    wait::until("the screen stands still", || {
        let next = screen.picture().ok()?;
        if !next.looks_like(&last) {
            since = Instant::now();
            last = next;
            return None;
        }
        (since.elapsed() >= STILL).then_some(())
    })?;
    Ok(last)
}
