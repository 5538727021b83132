//! A ticket as printer bytes: a pure function of what it says and of what its printer can do.

mod commands;
mod layout;
mod lettering;
mod pages;
mod picture;
mod test_page;

use firmware_config::PrinterProfile;

pub use test_page::greek_test_page;

/// What a ticket says, in the citizen's language. Nothing personal is on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The office's name.
    pub office: String,
    /// What stands above the number, such as "Ο αριθμός σας".
    pub number_label: String,
    /// The number, such as "A042".
    pub number: String,
    /// The service.
    pub service: String,
    /// Date and time of the ticket.
    pub issued: String,
    /// Promised time, people ahead, expected wait: each a label and its value, in this order. Short ones are printed larger.
    pub facts: Vec<Fact>,
    /// Where to wait and what happens next, a paragraph each.
    pub instructions: Vec<String>,
    /// The citizen's own page.
    pub page: Option<Page>,
    /// "ΑΝΤΙΓΡΑΦΟ" on a copy, "ΔΟΚΙΜΗ" in a rehearsal: a black bar at the head.
    pub mark: Option<String>,
    /// The name of the print job, small at the foot, by which staff tell a copy from its original.
    pub job: String,
}

/// A line with a label at the left and a value at the right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// Such as "Πριν από εσάς".
    pub label: String,
    /// Such as "7 άτομα".
    pub value: String,
}

/// A page behind a QR code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What the QR code holds.
    pub url: String,
    /// What the page is for.
    pub caption: String,
}

impl Fact {
    /// A label and its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// The bytes of a ticket for a printer, from initialising to cutting. Every line goes in the first of the printer's code
/// pages that holds it; a line that none holds goes as a picture. No character is dropped and nothing is clipped.
#[must_use]
pub fn encode(ticket: &Ticket, printer: &PrinterProfile) -> Vec<u8> {
    let mut out = commands::Commands::new(printer);
    for block in layout::blocks(ticket) {
        out.block(&block);
    }
    out.end()
}
