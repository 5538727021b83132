//! Who attends to the citizen: carries what happens into the walk, and what the walk wants to hub and printer.

use std::time::Duration;

use peripherals::{KeyboardFramer, PrintJob};
use walk::{Press, WalkAction, WalkInput};
use wire::TicketAnswer;

use crate::{
    equipment::Peripherals,
    hub::HubContact,
    kiosk::Kiosk,
    sources::Sources,
    ticket_words::{self, TicketPrint},
};

/// What a frame brought.
#[derive(Debug, Default)]
pub struct Touches {
    /// Buttons that were pressed.
    pub presses: Vec<Press>,
    /// Keys of a scanner that types.
    pub typed: Vec<char>,
}

/// The kiosk with everything that it talks to.
pub struct Attendant {
    /// The walk that people are led on, and the time that it goes by.
    pub kiosk: Kiosk,
    hub: HubContact,
    peripherals: Peripherals,
}

impl Attendant {
    /// An attendant who has heard nothing yet.
    #[must_use]
    pub const fn new(kiosk: Kiosk, hub: HubContact, peripherals: Peripherals) -> Self {
        Self { kiosk, hub, peripherals }
    }

    /// One round: takes everything that has happened until `now`, and does what the walk wants.
    pub fn attend(&mut self, touches: Touches, now: Duration) {
        let mut inputs = Vec::new();
        for news in self.hub.link.news.clone().try_iter() {
            inputs.extend(self.kiosk.take_news(news, now));
        }
        for reply in self.hub.link.replies.clone().try_iter() {
            inputs.extend(self.hub.read(reply));
        }
        inputs.extend(touches.presses.into_iter().map(WalkInput::Press));
        inputs.extend(self.peripherals.take_typed(&touches.typed, now));
        if self.peripherals.read(&mut inputs) {
            self.hub.report(self.peripherals.faults());
        }
        inputs.push(WalkInput::Tick);
        for input in inputs {
            for action in self.kiosk.walk.on(input, now) {
                self.perform(action, now);
            }
        }
    }

    /// When the next round has something to do, if nothing happens before.
    #[must_use]
    pub fn next_due(&self, now: Duration) -> Option<Duration> {
        let held = self.peripherals.keyboard.as_ref().and_then(KeyboardFramer::due);
        self.kiosk.walk.next_due(now).into_iter().chain(held).min()
    }

    fn perform(&mut self, action: WalkAction, now: Duration) {
        match action {
            WalkAction::CheckIn(intent, request) => self.hub.check_in(intent, &request),
            WalkAction::TakeTicket(intent, request) => self.hub.take_ticket(intent, &request),
            WalkAction::Print(intent, ticket) => self.print(intent, &ticket, now),
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

    /// A copy of every channel on which something can come.
    pub(crate) fn sources(&self) -> Sources {
        Sources {
            news: self.hub.link.news.clone(),
            replies: self.hub.link.replies.clone(),
            printer: self.peripherals.printer.as_ref().map(|(printer, _)| printer.events().clone()),
            scanner: self.peripherals.scanner.clone(),
        }
    }
}
