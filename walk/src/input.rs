//! What happens to the walk, and what it wants done.

use chrono::{DateTime, Utc};
use link::LinkState;
use uuid::Uuid;
use wire::{
    CheckInAnswer, CheckInRequest, KioskView, Problem, RebookingAnswer, RebookingQuery, RebookingRequest,
    RebookingTimes, TicketAnswer, TicketRequest, WishRequest,
};

use crate::press::Press;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum WalkInput {
    /// A button was pressed and released.
    Press(Press),
    /// Somebody who is read to chose what they had heard on the screen that stands there.
    Chosen(Press),
    /// A code came from the scanner.
    Scanned(String),
    /// The hub answered a check-in.
    CheckedIn(u64, Box<CheckInAnswer>),
    /// The hub gave a ticket.
    TicketGiven(u64, Box<TicketAnswer>),
    /// The hub told the times that whoever is late can have instead.
    Times(u64, Box<RebookingTimes>),
    /// The hub gave a booking another time.
    Rebooked(u64, Box<RebookingAnswer>),
    /// The hub gave a gap as a fixed time.
    TimeFixed(u64, Box<CheckInAnswer>),
    /// The hub heard the ring.
    HelpRung(u64),
    /// A member of staff has said that they come.
    HelpComing(u64),
    /// A headset was plugged in, or out.
    Headset(bool),
    /// Somebody is there: they move through the choices, or listen.
    Stirred,
    /// The hub said no.
    Refused(u64, Box<Problem>),
    /// The hub did not answer.
    NoAnswer(u64),
    /// The printer is done with a ticket.
    Printed(u64),
    /// The printer does not say whether it printed it.
    Unconfirmed(u64),
    /// The printer could not print it.
    NotPrinted(u64),
    /// A new view of the office.
    View(Box<KioskView>),
    /// How the kiosk stands to its hub.
    Link(LinkState),
    /// Whether the kiosk goes on by itself while the hub is away.
    Local(bool),
    /// Time passed.
    Tick,
}

/// What is to be done. The number names the intent: the same intent again is the same command for the hub.
#[derive(Debug, Clone, PartialEq)]
pub enum WalkAction {
    /// Ask the hub to check somebody in.
    CheckIn(u64, CheckInRequest),
    /// Ask the hub for a ticket.
    TakeTicket(u64, TicketRequest),
    /// Ask the hub for the times that somebody late can have instead.
    AskTimes(u64, RebookingQuery),
    /// Ask the hub to give a booking another time.
    Rebook(u64, RebookingRequest),
    /// Ask the hub for a gap as a fixed time, for the visit with this id.
    FixTime(u64, Uuid, DateTime<Utc>),
    /// Tell the hub what whoever has a number says about themselves. The answer is not waited for.
    SayWishes(Uuid, WishRequest),
    /// Ring for somebody to come.
    RingForHelp(u64),
    /// Nobody needs to come any more.
    EndHelp(u64),
    /// Print the ticket.
    Print(u64, Box<TicketAnswer>),
    /// Print the slip of a booking with its new time.
    PrintSlip(u64, Box<RebookingAnswer>),
}
