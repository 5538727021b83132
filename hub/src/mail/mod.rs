//! Mails: which follow from which event, what they say, and how they are sent.

mod address;
mod bounce;
mod calendar;
mod follow;
mod gateway;
mod letter;
mod link_letter;
mod more;
mod outbox;
mod qr;
mod sample;
mod short;
mod transport;
mod unsent;

use chrono::{DateTime, Utc};
/// An address to which mail can be sent; and one with a name before it, as a sender has.
pub use lettre::{Address as EmailAddress, message::Mailbox};
use office::{Booking, MailKind, OfficeConfig};

pub use address::{is_address, likely_meant};
pub use bounce::{Bounces, MESSAGE_BYTES_MAX, Report, Said, Trouble, read as read_report};
pub use follow::{About, copy_for_served, mails_after};
pub use letter::{document, map_link};
pub use more::{book_anew, void_reason};
pub use outbox::{GIVEN_UP_AFTER_DAYS, is_true_still, keep, take_back};
pub use qr::png as qr_png;
pub use sample::{MARK, sample};
pub use short::text as short_text;
pub use unsent::Unsent;

use crate::{text::OfficeVoice, writer::Kept};

/// The mail that proves an address; what it is about is a [`crate::pages::Start`].
pub const START: &str = "start";
/// The mail that proves the address of a person for whom somebody else booked; about a [`crate::pages::ServedLink`].
pub const SERVED: &str = "served";
/// The mail that leaves an agent's booking to a citizen; about a [`crate::pages::EntrustedLink`].
pub const ENTRUSTED: &str = "entrusted";
/// The mail that invites an agent; about a [`crate::pages::Invitation`].
pub const INVITED: &str = "invited";

/// What a kind of mail is called, for administrators.
pub fn kind_sentence(kind: &str) -> &'static str {
    let named = serde_json::from_value::<MailKind>(serde_json::Value::String(kind.to_owned()));
    match named {
        Ok(MailKind::Confirmation | MailKind::Moved) => "mail-kind-confirmation",
        Ok(MailKind::Reminder) => "mail-kind-reminder",
        Ok(
            MailKind::Cancelled
            | MailKind::CancelledByOffice
            | MailKind::CancelledByLateness
            | MailKind::Void
            | MailKind::Missed,
        ) => "mail-kind-cancellation",
        Ok(
            MailKind::CorrectionAsked
            | MailKind::Corrected
            | MailKind::DetailsChanged
            | MailKind::DetailsWarning
            | MailKind::WillNotBeReached
            | MailKind::NotServed,
        ) => "mail-kind-notice",
        Err(_) if [START, SERVED, ENTRUSTED, INVITED].contains(&kind) => "mail-kind-start",
        Err(_) => "mail-kind-other",
    }
}

/// A booking as a calendar file, for the citizen's page.
pub fn calendar_file(
    config: &OfficeConfig,
    booking: &Booking,
    voice: impl Into<OfficeVoice>,
    link: String,
    at: DateTime<Utc>,
) -> String {
    calendar::file(&letter::appointment(config, booking, voice, link, at), calendar::Method::Request)
}

/// Whether something was noted beside the journal; such an answer can be kept under a command's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted(pub bool);

impl Kept for Noted {
    fn to_bytes(&self) -> Vec<u8> {
        vec![u8::from(self.0)]
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.first().map(|byte| Self(*byte == 1))
    }
}
