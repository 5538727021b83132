//! A ticket as printer bytes: a pure function of what it says and of what its printer can do.

mod commands;
mod content;
mod layout;
mod lettering;
mod pages;
mod picture;
mod test_page;

use firmware_config::PrinterProfile;

pub use content::{Ticket, TicketFact, TicketPage};
pub use picture::DotPicture;
pub use test_page::greek_test_page;

/// The bytes of a ticket for a printer, from initialising to cutting. Every line goes in the first of the printer's code
/// pages that holds it; a line that none holds goes as a picture. No character is dropped and nothing is clipped.
#[must_use]
pub fn encode(ticket: &Ticket, printer: &PrinterProfile) -> Vec<u8> {
    let mut out = commands::CommandWriter::new(printer);
    for block in layout::blocks(ticket) {
        out.block(&block);
    }
    out.end()
}
