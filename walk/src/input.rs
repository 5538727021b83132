//! What happens to the walk, and what it wants done.

use link::LinkState;
use wire::{CheckInAnswer, CheckInRequest, KioskView, Problem, TicketAnswer, TicketRequest};

use crate::press::Press;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum WalkInput {
    /// A button was pressed and released.
    Press(Press),
    /// A code came from the scanner.
    Scanned(String),
    /// The hub answered a check-in.
    CheckedIn(u64, Box<CheckInAnswer>),
    /// The hub gave a ticket.
    TicketGiven(u64, Box<TicketAnswer>),
    /// The hub said no.
    Refused(u64, Box<Problem>),
    /// The hub did not answer.
    NoAnswer(u64),
    /// The printer is done with a ticket.
    Printed(u64),
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
    /// Print the ticket.
    Print(u64, Box<TicketAnswer>),
}
