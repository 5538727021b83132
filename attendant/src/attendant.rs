//! Who attends to the citizen: carries what happens into the walk, and what the walk wants to the hub, to whoever stands in for
//! it, and to the printer.

use std::time::Duration;

use link::{LinkState, News};
use peripherals::{KeyboardFramer, PrintJob};
use uuid::Uuid;
use voice::Speaker;
use walk::{FingerTouch, KeypadKey, KioskFace, Press, WalkAction, WalkInput};
use wire::{DeviceFault, FaultReport, KioskView, Problem, ProblemCode, RebookingAnswer, TicketAnswer};

use crate::{
    deputy::Deputy,
    equipment::Peripherals,
    hub::{CitizenWish, HubAnswer, HubContact},
    kiosk::Kiosk,
    listening::{Listener, ListenerNews},
    sources::Sources,
    ticket_words::{self, TicketPrint},
};

/// What staff know a slip by, which has no number.
const SLIP: &str = "slip";
/// While the kiosk is local, its menu is looked at again so often: hours begin and end.
const MENU_AGAIN: Duration = Duration::from_secs(20);

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
    deputy: Option<Deputy>,
    peripherals: Peripherals,
    listener: Listener,
    /// Whether the deputy's disk failed, as the hub was told.
    disk_failed: bool,
    /// For how many tickets there was paper, as the hub was told.
    tickets_left: Option<u32>,
    menu_due: Option<Duration>,
}

impl Attendant {
    /// An attendant who has heard nothing yet.
    #[must_use]
    pub fn new(kiosk: Kiosk, hub: HubContact, peripherals: Peripherals) -> Self {
        let face = kiosk.face(Duration::ZERO);
        let listener = Listener::new(Speaker::mute());
        let (deputy, tickets_left, menu_due) = (None, None, None);
        Self { kiosk, face, hub, deputy, peripherals, listener, disk_failed: false, tickets_left, menu_due }
    }

    /// The same, with somebody who stands in for the hub while it is away.
    #[must_use]
    pub fn with_deputy(mut self, deputy: Deputy) -> Self {
        if let Some(clock) = deputy.kept_clock() {
            self.kiosk.carry_on(clock);
        }
        self.deputy = Some(deputy);
        self
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
            if let News::View { view, .. } = &news {
                inputs.extend(self.hub.help_in(view));
            }
            self.hear(news, now, &mut inputs);
        }
        for reply in self.hub.link.replies.clone().try_iter() {
            if let Some(answer) = self.hub.read(reply) {
                inputs.extend(self.take_answer(answer, now));
            }
        }
        inputs.extend(self.stand_by(now));
        inputs.extend(touches.headset.map(WalkInput::Headset));
        // A finger that explores presses nothing: what it chooses comes from the reader.
        if !self.listener.reader().keeps_touches() {
            inputs.extend(touches.presses.into_iter().map(WalkInput::Press));
        }
        inputs.extend(self.peripherals.take_typed(&touches.typed, now));
        let mut keys = touches.keys;
        let disk_failed = self.deputy.as_ref().is_some_and(Deputy::is_failed);
        let is_other = self.peripherals.read(&mut inputs, &mut keys);
        let tickets_left = self.peripherals.tickets_left();
        if is_other || disk_failed != self.disk_failed || tickets_left != self.tickets_left {
            (self.disk_failed, self.tickets_left) = (disk_failed, tickets_left);
            let disk = disk_failed.then_some(DeviceFault::JournalFailed);
            let faults = self.peripherals.faults().into_iter().chain(disk).collect();
            self.hub.report(FaultReport { faults, tickets_left });
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
        let kept = self.deputy.as_ref().and_then(Deputy::due).filter(|due| *due > now);
        let finger = self.listener.reader().next_due();
        let walk = self.kiosk.walk.next_due(now);
        walk.into_iter().chain(held).chain(finger).chain(kept).chain(self.menu_due).min()
    }

    /// Takes what the link tells: first whoever stands in for the hub, then the walk.
    fn hear(&mut self, news: News<KioskView>, now: Duration, inputs: &mut Vec<WalkInput>) {
        let hub_now = self.kiosk.hub_now();
        if let Some(deputy) = &mut self.deputy {
            match &news {
                News::Clock(told) => deputy.hear_clock(*told, link::machine_now()),
                News::View { view, .. } => deputy.hear_menu(view, hub_now, now),
                News::Provisions(provisions) => deputy.hear_provisions(provisions.as_ref().clone(), hub_now, now),
                News::Lost { .. } => {
                    deputy.keep(now);
                    // Before the walk hears that the hub is gone, so that nobody is sent home who can go on.
                    if deputy.is_ready(hub_now) {
                        inputs.extend(self.begin_local(now));
                    }
                }
                News::Pairing { .. } => deputy.forget(),
                News::Paired | News::Emblem(_) | News::Estranged(_) => {}
            }
        }
        inputs.extend(self.kiosk.take_news(news, now));
        if matches!(self.kiosk.walk.link(), LinkState::Lost { .. }) && self.kiosk.walk.is_local() {
            // Whoever waits for an answer is not kept waiting for it.
            let given_up = self.hub.give_up();
            inputs.extend(given_up.and_then(|answer| self.take_answer(answer, now)));
        }
    }

    /// The kiosk goes on by itself from now on.
    fn begin_local(&mut self, now: Duration) -> Option<WalkInput> {
        self.kiosk.walk.on(WalkInput::Local(true), now);
        self.menu_due = Some(now + MENU_AGAIN);
        let menu = self.deputy.as_ref()?.menu(self.kiosk.hub_now())?;
        Some(WalkInput::View(Box::new(menu)))
    }

    /// Hands in what is owed as soon as the hub is there, and ends standing in for it once nothing is owed any more.
    fn stand_by(&mut self, now: Duration) -> Vec<WalkInput> {
        let hub_now = self.kiosk.hub_now();
        let Some(deputy) = &mut self.deputy else { return Vec::new() };
        deputy.keep_if_due(now);
        let mut inputs = Vec::new();
        match self.kiosk.walk.link() {
            LinkState::Live => {
                self.menu_due = None;
                if let Some(errand) = deputy.next_errand(now) {
                    self.hub.run_errand(&errand);
                }
                if self.kiosk.walk.is_local() && !deputy.owes() {
                    inputs.push(WalkInput::Local(false));
                }
            }
            LinkState::Lost { .. } if !self.kiosk.walk.is_local() && deputy.is_ready(hub_now) => {
                inputs.extend(self.begin_local(now));
            }
            LinkState::Lost { .. } if self.kiosk.walk.is_local() && self.menu_due.is_none_or(|due| due <= now) => {
                self.menu_due = Some(now + MENU_AGAIN);
                let menu = deputy.menu(hub_now).filter(|menu| Some(menu) != self.kiosk.walk.view());
                inputs.extend(menu.map(|menu| WalkInput::View(Box::new(menu))));
                // A day began for which nothing was provided.
                if !deputy.is_ready(hub_now) {
                    self.menu_due = None;
                    inputs.push(WalkInput::Local(false));
                }
            }
            LinkState::Lost { .. } => {}
            // Nobody is shown a menu then.
            LinkState::Starting | LinkState::Pairing { .. } | LinkState::Estranged(_) => self.menu_due = None,
        }
        inputs
    }

    /// What an answer of the hub, or its silence, means for the walk.
    fn take_answer(&mut self, answer: HubAnswer, now: Duration) -> Option<WalkInput> {
        let hub_now = self.kiosk.hub_now();
        match answer {
            HubAnswer::Walk(input) => return Some(input),
            HubAnswer::Unheard { intent, key, wish } => {
                let is_ready = self.deputy.as_ref().is_some_and(|deputy| deputy.is_ready(hub_now));
                return Some(if is_ready {
                    self.decide(intent, Some(key), &wish)
                } else {
                    WalkInput::NoAnswer(intent)
                });
            }
            HubAnswer::HandedIn(answer) => {
                if answer.noted {
                    tracing::warn!("something that was handed in does not fit; staff are told");
                }
                self.deputy.as_mut()?.handed_in();
            }
            HubAnswer::Leased(answer) => self.deputy.as_mut()?.leased(answer, hub_now),
            HubAnswer::DeputyRefused(problem) => self.deputy.as_mut()?.refused(&problem, now),
            HubAnswer::DeputyUnheard => self.deputy.as_mut()?.unanswered(now),
        }
        None
    }

    /// Decides without the hub.
    fn decide(&mut self, intent: u64, asked_before: Option<Uuid>, wish: &CitizenWish) -> WalkInput {
        let (hub_now, language) = (self.kiosk.hub_now(), self.kiosk.walk.language());
        let Some(deputy) = &mut self.deputy else { return WalkInput::NoAnswer(intent) };
        let refused = |problem: Box<Problem>| {
            // What only the hub can do may be tried again when it is there.
            if problem.code == ProblemCode::Unavailable {
                WalkInput::NoAnswer(intent)
            } else {
                WalkInput::Refused(intent, problem)
            }
        };
        match wish {
            CitizenWish::CheckIn(request) => deputy
                .check_in(request, asked_before, language, hub_now)
                .map_or_else(refused, |answer| WalkInput::CheckedIn(intent, Box::new(answer))),
            CitizenWish::Ticket(request) => deputy
                .take_ticket(request, asked_before, hub_now)
                .map_or_else(refused, |answer| WalkInput::TicketGiven(intent, Box::new(answer))),
        }
    }

    fn perform(&mut self, action: WalkAction, now: Duration) {
        match action {
            WalkAction::CheckIn(intent, request) if self.kiosk.walk.is_local() => {
                self.perform_locally(intent, &CitizenWish::CheckIn(request), now);
            }
            WalkAction::TakeTicket(intent, request) if self.kiosk.walk.is_local() => {
                self.perform_locally(intent, &CitizenWish::Ticket(request), now);
            }
            // Only the hub knows other times, or gives one.
            WalkAction::AskTimes(intent, _) | WalkAction::Rebook(intent, _) | WalkAction::FixTime(intent, ..)
                if self.kiosk.walk.is_local() =>
            {
                self.walk_on(vec![WalkInput::NoAnswer(intent)], now);
            }
            WalkAction::CheckIn(intent, request) => self.hub.check_in(intent, request),
            WalkAction::TakeTicket(intent, request) => self.hub.take_ticket(intent, request),
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

    fn perform_locally(&mut self, intent: u64, wish: &CitizenWish, now: Duration) {
        // Who tries again may have been heard the first time.
        let answer = self.decide(intent, self.hub.key_of(intent), wish);
        for action in self.kiosk.walk.on(answer, now) {
            self.perform(action, now);
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
            notes: walk.view().map(|view| view.ticket_notes.as_slice()).unwrap_or_default(),
        };
        let bytes = ticket_words::bytes(ticket, &office, self.kiosk.zone(), &print, profile);
        if let Some(paper) = &mut self.peripherals.paper {
            paper.take(&bytes, profile);
        }
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
        let print = TicketPrint { kiosk, at, is_copy: false, standing: None, emblem, notes: &[] };
        let bytes = ticket_words::slip(booked, &office, self.kiosk.zone(), &print, profile);
        if let Some(paper) = &mut self.peripherals.paper {
            paper.take(&bytes, profile);
        }
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
