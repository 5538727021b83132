//! A booking's own pages, behind the link of its mail.

pub mod cancel;
pub mod change;
pub mod correct;
pub mod correction;
pub mod data;
pub mod documents;
pub mod linked;
pub mod manage;
pub mod served;

use crate::paths::Page;

/// The pages of one booking, behind its link.
#[derive(Debug, Clone)]
pub struct BookingPaths(String);

impl BookingPaths {
    /// Those behind this link.
    pub fn of(link: &str) -> Self {
        Self(link.to_owned())
    }

    /// The booking itself.
    pub fn booking(&self) -> String {
        Page::Booking { link: &self.0 }.to_string()
    }

    /// The same, after something was done.
    pub fn done(&self, what: &str) -> String {
        Page::Booking { link: &self.0 }.asking(format!("{what}=1"))
    }

    /// Its QR code.
    pub fn qr(&self) -> String {
        Page::BookingQr { link: &self.0 }.to_string()
    }

    /// Its calendar file.
    pub fn calendar(&self) -> String {
        Page::BookingCalendar { link: &self.0 }.to_string()
    }

    /// Where another time is chosen.
    pub fn change(&self) -> String {
        Page::BookingChange { link: &self.0 }.to_string()
    }

    /// Where it is given up.
    pub fn cancel(&self) -> String {
        Page::BookingCancel { link: &self.0 }.to_string()
    }

    /// Where documents are sent.
    pub fn documents(&self) -> String {
        Page::BookingDocuments { link: &self.0 }.to_string()
    }

    /// Where a document is taken back.
    pub fn documents_remove(&self) -> String {
        Page::BookingDocumentsRemove { link: &self.0 }.to_string()
    }

    /// Where its details are put right.
    pub fn correct(&self) -> String {
        Page::BookingCorrect { link: &self.0 }.to_string()
    }

    /// Everything that is kept of who booked.
    pub fn data(&self) -> String {
        Page::BookingData { link: &self.0 }.to_string()
    }

    /// The same, for programs.
    pub fn data_json(&self) -> String {
        Page::BookingDataJson { link: &self.0 }.to_string()
    }

    /// Where it is erased.
    pub fn erase(&self) -> String {
        Page::BookingErase { link: &self.0 }.to_string()
    }
}
