//! A booking's own pages, behind the link of its mail.

pub mod call;
pub mod cancel;
pub mod change;
pub mod code;
pub mod correct;
pub mod correction;
pub mod data;
pub mod documents;
pub mod linked;
pub mod manage;
pub mod renew;
pub mod served;
pub mod standing;

use paths::Page;
use serde::Deserialize;

/// For what a code from a mail is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeGoal {
    /// To see what is kept, or to take it along.
    #[default]
    Data,
    /// To have it erased.
    Erase,
}

impl CodeGoal {
    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Erase => "erase",
        }
    }
}

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

    /// The room of a teleconference.
    pub fn call(&self) -> String {
        Page::BookingCall { link: &self.0 }.to_string()
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

    /// Where the code from a mail is typed, to go on to a page afterwards.
    pub fn code(&self, to: CodeGoal) -> String {
        Page::BookingCode { link: &self.0 }.asking(format_args!("to={}", to.name()))
    }

    /// Where one goes on to, once the code was typed.
    pub fn proven_for(&self, goal: CodeGoal) -> String {
        match goal {
            CodeGoal::Data => self.data(),
            CodeGoal::Erase => self.erase(),
        }
    }

    /// Where a code is asked for.
    pub fn code_send(&self) -> String {
        Page::BookingCodeSend { link: &self.0 }.to_string()
    }

    /// Where the links before are ended.
    pub fn renew(&self) -> String {
        Page::BookingRenew { link: &self.0 }.to_string()
    }

    /// The link itself, without its path.
    pub fn link(&self) -> &str {
        &self.0
    }

    /// Where it is erased.
    pub fn erase(&self) -> String {
        Page::BookingErase { link: &self.0 }.to_string()
    }
}
