//! What a ticket says, before anybody thinks of how it looks.

use crate::picture::DotPicture;

/// What a ticket says, in the citizen's language. Nothing personal is on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The office's emblem, if it has one; left out by a printer whose paper is too narrow for it.
    pub emblem: Option<DotPicture>,
    /// The office's name.
    pub office: String,
    /// What stands above the number, such as "Ο αριθμός σας".
    pub number_label: String,
    /// The number, such as "A042".
    pub number: String,
    /// What the service is called, in the language of the ticket.
    pub service: String,
    /// The same in Greek, for staff, where the ticket is in another language; empty otherwise.
    pub service_second: String,
    /// Date and time of the ticket.
    pub issued: String,
    /// Promised time, people ahead, expected wait: each a label and its value, in this order. Short ones are printed larger.
    pub facts: Vec<TicketFact>,
    /// Where to wait and what happens next, a paragraph each.
    pub instructions: Vec<String>,
    /// What the office has every ticket say, small, a paragraph each.
    pub notes: Vec<String>,
    /// The citizen's own page.
    pub page: Option<TicketPage>,
    /// "ΑΝΤΙΓΡΑΦΟ" on a copy, "ΔΟΚΙΜΗ" in a rehearsal: a black bar at the head.
    pub mark: Option<String>,
    /// The name of the print job, small at the foot, by which staff tell a copy from its original.
    pub job: String,
}

/// A line with a label at the left and a value at the right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketFact {
    /// Such as "Πριν από εσάς".
    pub label: String,
    /// Such as "7 άτομα".
    pub value: String,
}

/// A page behind a QR code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketPage {
    /// What the QR code holds.
    pub url: String,
    /// What the page is for.
    pub caption: String,
}

impl TicketFact {
    /// A label and its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}
