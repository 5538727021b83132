//! What the kiosk asks its hub and tells it, and what each answer means for the walk and for whoever stands in for the hub.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use link::{CommandReply, DeviceCommand, HubLink, NoAnswer, Urgency};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;
use walk::WalkInput;
use wire::{
    CheckInRequest, FaultReport, FixTimeRequest, HandInAnswer, HelpRing, KioskView, LeaseAnswer, Problem,
    RebookingQuery, RebookingRequest, TicketRequest, WishRequest,
};

use crate::deputy::DeputyErrand;

/// The path of the report of faults, behind `/api/v1/`.
const REPORT_PATH: &str = "devices/self/faults";

/// What the hub is asked and told, and what it has not answered yet.
pub struct HubContact {
    /// The line on which the hub is asked and heard.
    pub(crate) link: HubLink<KioskView>,
    /// The key under which the hub knows each intent; the same for every try.
    keys: BTreeMap<u64, Uuid>,
    open: BTreeMap<Uuid, Enquiry>,
    /// The ring of whoever stands here, under which the hub knows it.
    ring: Option<(u64, Uuid)>,
}

/// What the hub is asked for.
#[derive(Debug, Clone, PartialEq)]
enum Enquiry {
    CheckIn(u64, CheckInRequest),
    Ticket(u64, TicketRequest),
    Times(u64),
    Rebooking(u64),
    FixedTime(u64),
    Ring(u64),
    HandIn,
    Lease,
}

/// What somebody at the screen wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CitizenWish {
    CheckIn(CheckInRequest),
    Ticket(TicketRequest),
}

/// What an answer means.
#[derive(Debug)]
pub(crate) enum HubAnswer {
    /// Something that somebody at the screen is told or shown.
    Walk(WalkInput),
    /// There is none to what somebody at the screen wants: it may have been done, under this key.
    Unheard { intent: u64, key: Uuid, wish: CitizenWish },
    /// What was handed in is taken.
    HandedIn(HandInAnswer),
    /// Numbers were given.
    Leased(LeaseAnswer),
    /// What the deputy asked was refused.
    DeputyRefused(Box<Problem>),
    /// What the deputy asked was not answered.
    DeputyUnheard,
}

impl HubContact {
    /// The hub behind `link`.
    #[must_use]
    pub const fn new(link: HubLink<KioskView>) -> Self {
        Self { link, keys: BTreeMap::new(), open: BTreeMap::new(), ring: None }
    }

    /// Asks the hub to check somebody in.
    pub(crate) fn check_in(&mut self, intent: u64, request: CheckInRequest) {
        let body = serde_json::to_value(&request).unwrap_or_default();
        self.ask(intent, Enquiry::CheckIn(intent, request), "offices/{office}/check-ins", body);
    }

    /// Asks the hub for a ticket.
    pub(crate) fn take_ticket(&mut self, intent: u64, request: TicketRequest) {
        let body = serde_json::to_value(&request).unwrap_or_default();
        self.ask(intent, Enquiry::Ticket(intent, request), "offices/{office}/tickets", body);
    }

    /// Asks the hub which times somebody late can have instead.
    pub(crate) fn ask_times(&mut self, intent: u64, query: &RebookingQuery) {
        let body = serde_json::to_value(query).unwrap_or_default();
        self.ask(intent, Enquiry::Times(intent), "offices/{office}/rebookings/times", body);
    }

    /// Asks the hub to give a booking another time.
    pub(crate) fn rebook(&mut self, intent: u64, request: &RebookingRequest) {
        let body = serde_json::to_value(request).unwrap_or_default();
        self.ask(intent, Enquiry::Rebooking(intent), "offices/{office}/rebookings", body);
    }

    /// Asks the hub for a gap as a fixed time.
    pub(crate) fn fix_time(&mut self, intent: u64, visit: Uuid, start: DateTime<Utc>) {
        let body = serde_json::to_value(FixTimeRequest { start }).unwrap_or_default();
        self.ask(intent, Enquiry::FixedTime(intent), &format!("offices/{{office}}/visits/{visit}/time"), body);
    }

    /// Tells the hub what somebody says about themselves; nobody waits for the answer.
    pub(crate) fn say_wishes(&self, visit: Uuid, wish: &WishRequest) {
        let body = serde_json::to_value(wish).unwrap_or_default();
        self.tell(&format!("offices/{{office}}/visits/{visit}/wishes"), body);
    }

    /// Rings for somebody to come.
    pub(crate) fn ring_for_help(&mut self, intent: u64) {
        let key = DeviceCommand::new_key();
        self.ring = Some((intent, key));
        self.open.insert(key, Enquiry::Ring(intent));
        let body = serde_json::to_value(HelpRing { ring: key }).unwrap_or_default();
        let path = "offices/{office}/help".to_owned();
        self.link.send(DeviceCommand { key, path, body, urgency: Urgency::Waited });
    }

    /// Takes the ring back.
    pub(crate) fn end_help(&mut self, intent: u64) {
        if let Some((_, ring)) = self.ring.take_if(|(ring, _)| *ring == intent) {
            self.tell(&format!("offices/{{office}}/help/{ring}/end"), Value::Object(serde_json::Map::new()));
        }
    }

    /// Whether somebody has said that they come to whoever rang here.
    pub(crate) fn help_in(&self, view: &KioskView) -> Option<WalkInput> {
        let (intent, ring) = self.ring?;
        let coming = view.help.iter().any(|note| note.ring == ring && note.coming);
        coming.then_some(WalkInput::HelpComing(intent))
    }

    /// Tells the hub something of which the answer is not waited for, but which is not lost either.
    fn tell(&self, path: &str, body: Value) {
        let key = DeviceCommand::new_key();
        self.link.send(DeviceCommand { key, path: path.to_owned(), body, urgency: Urgency::Lasting });
    }

    fn ask(&mut self, intent: u64, enquiry: Enquiry, path: &str, body: Value) {
        // One citizen at a time: what was wanted before is done with.
        self.keys.retain(|other, _| *other == intent);
        let key = *self.keys.entry(intent).or_insert_with(DeviceCommand::new_key);
        self.open.insert(key, enquiry);
        self.link.send(DeviceCommand { key, path: path.to_owned(), body, urgency: Urgency::Waited });
    }

    /// The key under which the hub was asked for what is wanted, if it was.
    pub(crate) fn key_of(&self, intent: u64) -> Option<Uuid> {
        self.keys.get(&intent).copied()
    }

    /// Asks the hub on behalf of whoever stands in for it. What is handed in has the key of its ticket, in every try.
    pub(crate) fn run_errand(&mut self, errand: &DeputyErrand) {
        let (key, enquiry, path, body) = match errand {
            DeputyErrand::HandIn(arrival) => {
                (arrival.visit, Enquiry::HandIn, "offices/{office}/hand-ins", serde_json::to_value(arrival))
            }
            DeputyErrand::Lease(request) => {
                (DeviceCommand::new_key(), Enquiry::Lease, "offices/{office}/leases", serde_json::to_value(request))
            }
        };
        self.open.insert(key, enquiry);
        let body = body.unwrap_or_default();
        self.link.send(DeviceCommand { key, path: path.to_owned(), body, urgency: Urgency::Waited });
    }

    /// What somebody at the screen wants of the hub, which is gone: its answer is waited for no more.
    pub(crate) fn give_up(&mut self) -> Option<HubAnswer> {
        let key = self.open.iter().find_map(|(key, enquiry)| enquiry.wish().map(|_| *key))?;
        let (intent, wish) = self.open.remove(&key)?.wish()?;
        Some(HubAnswer::Unheard { intent, key, wish })
    }

    /// What an answer means; nothing where it is to no question that is open.
    pub(crate) fn read(&mut self, reply: CommandReply) -> Option<HubAnswer> {
        let enquiry = self.open.remove(&reply.key)?;
        let key = reply.key;
        Some(match (reply.answer, enquiry) {
            (Ok(answer), Enquiry::CheckIn(intent, _)) => for_walk(intent, answer, WalkInput::CheckedIn),
            (Ok(answer), Enquiry::Ticket(intent, _)) => for_walk(intent, answer, WalkInput::TicketGiven),
            (Ok(answer), Enquiry::Times(intent)) => for_walk(intent, answer, WalkInput::Times),
            (Ok(answer), Enquiry::Rebooking(intent)) => for_walk(intent, answer, WalkInput::Rebooked),
            (Ok(answer), Enquiry::FixedTime(intent)) => for_walk(intent, answer, WalkInput::TimeFixed),
            (Ok(_), Enquiry::Ring(intent)) => HubAnswer::Walk(WalkInput::HelpRung(intent)),
            // Whatever the reason, nobody hears it.
            (Err(_), Enquiry::Ring(intent)) => HubAnswer::Walk(WalkInput::NoAnswer(intent)),
            (Ok(answer), Enquiry::HandIn) => {
                serde_json::from_value(answer).map_or(HubAnswer::DeputyUnheard, HubAnswer::HandedIn)
            }
            (Ok(answer), Enquiry::Lease) => {
                serde_json::from_value(answer).map_or(HubAnswer::DeputyUnheard, HubAnswer::Leased)
            }
            (
                Err(NoAnswer::Refused(problem)),
                Enquiry::CheckIn(intent, _)
                | Enquiry::Ticket(intent, _)
                | Enquiry::Times(intent)
                | Enquiry::Rebooking(intent)
                | Enquiry::FixedTime(intent),
            ) => HubAnswer::Walk(WalkInput::Refused(intent, problem)),
            (Err(NoAnswer::Refused(problem)), Enquiry::HandIn | Enquiry::Lease) => HubAnswer::DeputyRefused(problem),
            (Err(NoAnswer::Away), Enquiry::Times(intent) | Enquiry::Rebooking(intent) | Enquiry::FixedTime(intent)) => {
                HubAnswer::Walk(WalkInput::NoAnswer(intent))
            }
            (Err(NoAnswer::Away), Enquiry::CheckIn(intent, request)) => {
                HubAnswer::Unheard { intent, key, wish: CitizenWish::CheckIn(request) }
            }
            (Err(NoAnswer::Away), Enquiry::Ticket(intent, request)) => {
                HubAnswer::Unheard { intent, key, wish: CitizenWish::Ticket(request) }
            }
            (Err(NoAnswer::Away), Enquiry::HandIn | Enquiry::Lease) => HubAnswer::DeputyUnheard,
        })
    }

    /// Tells the hub every fault that there is now, and how much paper.
    pub(crate) fn report(&self, report: FaultReport) {
        let body = serde_json::to_value(report).unwrap_or_default();
        let (key, path) = (DeviceCommand::new_key(), REPORT_PATH.to_owned());
        self.link.send(DeviceCommand { key, path, body, urgency: Urgency::Lasting });
    }
}

/// An answer for the walk; one that cannot be read is none.
fn for_walk<T: DeserializeOwned>(intent: u64, answer: Value, input: fn(u64, T) -> WalkInput) -> HubAnswer {
    HubAnswer::Walk(serde_json::from_value(answer).map_or(WalkInput::NoAnswer(intent), |answer| input(intent, answer)))
}

impl Enquiry {
    /// What somebody at the screen wants by it.
    fn wish(&self) -> Option<(u64, CitizenWish)> {
        match self {
            Self::CheckIn(intent, request) => Some((*intent, CitizenWish::CheckIn(request.clone()))),
            Self::Ticket(intent, request) => Some((*intent, CitizenWish::Ticket(request.clone()))),
            Self::Times(_) | Self::Rebooking(_) | Self::FixedTime(_) | Self::Ring(_) | Self::HandIn | Self::Lease => {
                None
            }
        }
    }
}
