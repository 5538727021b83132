//! Who attends to the citizen: carries what happens into the walk, and what the walk wants to hub and printer.

use std::time::Duration;

use peripherals::{KeyboardFramer, PrintJob};
use voice::Speaker;
use walk::{FingerTouch, KeypadKey, KioskFace, Press, WalkAction, WalkInput};
use wire::{RebookingAnswer, TicketAnswer};

use crate::{
    equipment::Peripherals,
    hub::HubContact,
    kiosk::Kiosk,
    listening::{Listener, ListenerNews},
    sources::Sources,
    ticket_words::{self, TicketPrint},
};

/// What staff know a slip by, which has no number.
const SLIP: &str = "slip";

/// What a frame brought.
#[derive(Debug, Default)]
pub struct Touches {
    /// Buttons that were pressed.
    pub presses: Vec<Press>,
    /// Keys of a scanner that types.
    pub typed: Vec<char>,
    /// Keys of the keypad.
    pub keys: Vec<KeypadKey>,
    /// What fingers did, each with the name of the choice under it.
    pub fingers: Vec<(FingerTouch, Option<String>)>,
    /// A headset was plugged in, or out.
    pub headset: Option<bool>,
}

/// The kiosk with everything that it talks to.
pub struct Attendant {
    /// The walk that people are led on, and the time that it goes by.
    pub kiosk: Kiosk,
    /// What stands on the screen.
    pub face: KioskFace,
    hub: HubContact,
    peripherals: Peripherals,
    listener: Listener,
}

impl Attendant {
    /// An attendant who has heard nothing yet.
    #[must_use]
    pub fn new(kiosk: Kiosk, hub: HubContact, peripherals: Peripherals) -> Self {
        let face = kiosk.face(Duration::ZERO);
        Self { kiosk, face, hub, peripherals, listener: Listener::new(Speaker::mute()) }
    }

    /// The same, who reads the screen aloud through `speaker`.
    #[must_use]
    pub fn speaking(mut self, speaker: Speaker) -> Self {
        self.listener = Listener::new(speaker);
        self
    }

    /// Who listens, and where on the screen they are.
    #[must_use]
    pub const fn listener(&self) -> &Listener {
        &self.listener
    }

    /// One round: takes everything that has happened until `now`, and does what the walk wants.
    pub fn attend(&mut self, touches: Touches, now: Duration) {
        let mut inputs = Vec::new();
        for news in self.hub.link.news.clone().try_iter() {
            let heard = self.kiosk.take_news(news, now);
            if let Some(WalkInput::View(view)) = &heard {
                inputs.extend(self.hub.help_in(view));
            }
            inputs.extend(heard);
        }
        for reply in self.hub.link.replies.clone().try_iter() {
            inputs.extend(self.hub.read(reply));
        }
        inputs.extend(touches.headset.map(WalkInput::Headset));
        // A finger that explores presses nothing: what it chooses comes from the reader.
        if !self.listener.reader().keeps_touches() {
            inputs.extend(touches.presses.into_iter().map(WalkInput::Press));
        }
        inputs.extend(self.peripherals.take_typed(&touches.typed, now));
        let mut keys = touches.keys;
        if self.peripherals.read(&mut inputs, &mut keys) {
            self.hub.report(self.peripherals.faults());
        }
        inputs.push(WalkInput::Tick);
        self.walk_on(inputs, now);
        // Keys and fingers mean the screen as it stands now; each, as the one before it has left it.
        self.look(now);
        for key in keys {
            let news = self.listener.key(key);
            self.heed(news, now);
        }
        for (touch, over) in touches.fingers {
            let news = self.listener.finger(touch, over, now);
            self.heed(news, now);
        }
        let rested = self.listener.tick(now);
        self.heed(rested, now);
    }

    /// Looks at the screen for whoever is read to; whether something is said of it.
    fn look(&mut self, now: Duration) -> bool {
        self.face = self.kiosk.face(now);
        let seen = self.listener.see(&self.face, &self.kiosk.walk);
        debug_assert!(seen.inputs.is_empty(), "what is seen chooses nothing");
        seen.speaks
    }

    fn walk_on(&mut self, inputs: Vec<WalkInput>, now: Duration) {
        for input in inputs {
            for action in self.kiosk.walk.on(input, now) {
                self.perform(action, now);
            }
        }
    }

    /// Does what came of listening: each choice is made on the screen that was read.
    fn heed(&mut self, news: ListenerNews, now: Duration) {
        let ListenerNews { inputs, chose, speaks } = news;
        if inputs.is_empty() {
            return;
        }
        self.walk_on(inputs, now);
        let told = self.look(now);
        // Who chose and then hears nothing does not know that it came to nothing.
        if chose && !(told || speaks) {
            self.listener.remind();
        }
    }

    /// When the next round has something to do, if nothing happens before.
    #[must_use]
    pub fn next_due(&self, now: Duration) -> Option<Duration> {
        let held = self.peripherals.keyboard.as_ref().and_then(KeyboardFramer::due);
        let finger = self.listener.reader().next_due();
        self.kiosk.walk.next_due(now).into_iter().chain(held).chain(finger).min()
    }

    fn perform(&mut self, action: WalkAction, now: Duration) {
        match action {
            WalkAction::CheckIn(intent, request) => self.hub.check_in(intent, &request),
            WalkAction::TakeTicket(intent, request) => self.hub.take_ticket(intent, &request),
            WalkAction::AskTimes(intent, query) => self.hub.ask_times(intent, &query),
            WalkAction::Rebook(intent, request) => self.hub.rebook(intent, &request),
            WalkAction::FixTime(intent, visit, start) => self.hub.fix_time(intent, visit, start),
            WalkAction::SayWishes(visit, wish) => self.hub.say_wishes(visit, &wish),
            WalkAction::RingForHelp(ring) => self.hub.ring_for_help(ring),
            WalkAction::EndHelp(ring) => self.hub.end_help(ring),
            WalkAction::Print(intent, ticket) => self.print(intent, &ticket, now),
            WalkAction::PrintSlip(intent, booked) => self.print_slip(intent, &booked, now),
        }
    }

    fn print(&mut self, job: u64, ticket: &TicketAnswer, now: Duration) {
        let Some((printer, profile)) = &self.peripherals.printer else {
            self.kiosk.walk.on(WalkInput::NotPrinted(job), now);
            return;
        };
        let office = self.kiosk.walk.view().map(|view| view.office.clone()).unwrap_or_default();
        let walk = &self.kiosk.walk;
        let print = TicketPrint {
            kiosk: &self.kiosk.name,
            at: self.kiosk.hub_now(),
            is_copy: walk.shows_again(),
            standing: walk.standing(),
            emblem: self.kiosk.emblem.as_ref().map(|emblem| &emblem.dots),
        };
        let bytes = ticket_words::bytes(ticket, &office, self.kiosk.zone(), &print, profile);
        printer.print(PrintJob { id: job, label: ticket.number.clone(), bytes });
    }

    fn print_slip(&mut self, job: u64, booked: &RebookingAnswer, now: Duration) {
        let Some((printer, profile)) = &self.peripherals.printer else {
            self.kiosk.walk.on(WalkInput::NotPrinted(job), now);
            return;
        };
        let office = self.kiosk.walk.view().map(|view| view.office.clone()).unwrap_or_default();
        let emblem = self.kiosk.emblem.as_ref().map(|emblem| &emblem.dots);
        let (kiosk, at) = (self.kiosk.name.as_str(), self.kiosk.hub_now());
        let print = TicketPrint { kiosk, at, is_copy: false, standing: None, emblem };
        let bytes = ticket_words::slip(booked, &office, self.kiosk.zone(), &print, profile);
        printer.print(PrintJob { id: job, label: SLIP.to_owned(), bytes });
    }

    /// A copy of every channel on which something can come.
    pub(crate) fn sources(&self) -> Sources {
        Sources {
            news: self.hub.link.news.clone(),
            replies: self.hub.link.replies.clone(),
            printer: self.peripherals.printer.as_ref().map(|(printer, _)| printer.events().clone()),
            scanner: self.peripherals.scanner.clone(),
            keypad: self.peripherals.keypad.clone(),
            sound: self.peripherals.sound_news(),
        }
    }
}
