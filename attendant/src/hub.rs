//! What the kiosk asks its hub and tells it, and what each answer means for the walk.

use std::collections::{BTreeMap, BTreeSet};

use link::{CommandReply, DeviceCommand, HubLink, NoAnswer, Urgency};
use serde_json::Value;
use uuid::Uuid;
use walk::WalkInput;
use wire::{CheckInRequest, DeviceFault, FaultReport, KioskView, TicketRequest};

/// The path of the report of faults, behind `/api/v1/`.
const REPORT_PATH: &str = "devices/self/faults";

/// What the hub is asked and told, and what it has not answered yet.
pub struct HubContact {
    /// The line on which the hub is asked and heard.
    pub(crate) link: HubLink<KioskView>,
    /// The key under which the hub knows each intent; the same for every try.
    keys: BTreeMap<u64, Uuid>,
    open: BTreeMap<Uuid, (u64, Enquiry)>,
}

/// What the hub is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enquiry {
    CheckIn,
    Ticket,
}

impl HubContact {
    /// The hub behind `link`.
    #[must_use]
    pub const fn new(link: HubLink<KioskView>) -> Self {
        Self { link, keys: BTreeMap::new(), open: BTreeMap::new() }
    }

    /// Asks the hub to check somebody in.
    pub(crate) fn check_in(&mut self, intent: u64, request: &CheckInRequest) {
        let body = serde_json::to_value(request).unwrap_or_default();
        self.ask(intent, Enquiry::CheckIn, "offices/{office}/check-ins", body);
    }

    /// Asks the hub for a ticket.
    pub(crate) fn take_ticket(&mut self, intent: u64, request: &TicketRequest) {
        let body = serde_json::to_value(request).unwrap_or_default();
        self.ask(intent, Enquiry::Ticket, "offices/{office}/tickets", body);
    }

    fn ask(&mut self, intent: u64, enquiry: Enquiry, path: &str, body: Value) {
        // One citizen at a time: what was wanted before is done with.
        self.keys.retain(|other, _| *other == intent);
        let key = *self.keys.entry(intent).or_insert_with(DeviceCommand::new_key);
        self.open.insert(key, (intent, enquiry));
        self.link.send(DeviceCommand { key, path: path.to_owned(), body, urgency: Urgency::Waited });
    }

    /// What an answer means for the walk; nothing where it is to no question that is open.
    pub(crate) fn read(&mut self, reply: CommandReply) -> Option<WalkInput> {
        let (intent, enquiry) = self.open.remove(&reply.key)?;
        Some(match (reply.answer, enquiry) {
            (Ok(answer), Enquiry::CheckIn) => serde_json::from_value(answer)
                .map_or(WalkInput::NoAnswer(intent), |answer| WalkInput::CheckedIn(intent, answer)),
            (Ok(answer), Enquiry::Ticket) => serde_json::from_value(answer)
                .map_or(WalkInput::NoAnswer(intent), |answer| WalkInput::TicketGiven(intent, answer)),
            (Err(NoAnswer::Refused(problem)), _) => WalkInput::Refused(intent, problem),
            (Err(NoAnswer::Away), _) => WalkInput::NoAnswer(intent),
        })
    }

    /// Tells the hub every fault that there is now.
    pub(crate) fn report(&self, faults: BTreeSet<DeviceFault>) {
        let body = serde_json::to_value(FaultReport { faults }).unwrap_or_default();
        let (key, path) = (DeviceCommand::new_key(), REPORT_PATH.to_owned());
        self.link.send(DeviceCommand { key, path, body, urgency: Urgency::Lasting });
    }
}
