//! Mails: which follow from which event, what they say, and how they are sent.

mod alert;
mod bounce;
mod calendar;
mod conference_letter;
mod correction;
mod figure_report;
mod gateway;
mod letter;
mod link_letter;
mod mail_config;
mod member_news;
mod mobile_code;
mod more;
mod outbox;
mod parts;
mod plain_line;
mod qr;
mod sample;
mod server_date;
mod short;
mod sms_config;
mod transport;
mod trial;
mod unsent;

use chrono::{DateTime, Utc};
/// An address to which mail can be sent; and one with a name before it, as a sender has.
pub use lettre::{Address as EmailAddress, message::Mailbox};
use office::{Booking, MailKind, OfficeConfig};

pub use alert::{ALERT, Alert, WARNINGS_KEPT, put_alert};
pub use bounce::{BounceVerdict, Bounces, DeliveryTrouble, MESSAGE_BYTES_MAX, Report, read as read_report};
pub use correction::stands_uncorrected;
pub use figure_report::put_reports;
pub use letter::{document, map_link};
pub use mail_config::{MailConfig, MailTransport, read_token};
pub use more::{book_anew, void_reason, why_displaced};
pub use outbox::{GIVEN_UP_AFTER_DAYS, keep, take_back};
pub use parts::Post;
pub use plain_line::PLAIN_WORDS;
pub use qr::{png as qr_png, svg as qr_svg};
pub use sample::{MARK, sample};
pub use server_date::server_date;
pub use short::text as short_text;
pub use sms_config::SmsConfig;
pub use trial::send_trial;
pub use unsent::SendFailure;

use text::OfficeVoice;
use writer::{
    ACCOUNT, CODE, CONFERENCE, CONFERENCE_REMINDER, COORDINATOR, ENTRUSTED, FIGURES, INVITED, MEMBER, MOBILE_CODE,
    NEW_LINK, REQUEST, SERVED, START,
};

/// What a kind of mail is called, for administrators.
pub fn kind_sentence(kind: &str) -> &'static str {
    let named = serde_json::from_value::<MailKind>(serde_json::Value::String(kind.to_owned()));
    match named {
        Ok(MailKind::Confirmation | MailKind::Moved | MailKind::MovedByOffice) => "mail-kind-confirmation",
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
            | MailKind::NotServed
            | MailKind::Opinion,
        ) => "mail-kind-notice",
        Err(_) if kind == ACCOUNT || kind == MEMBER => "mail-kind-account",
        Err(_) if kind == REQUEST => "mail-kind-request",
        Err(_) if [CONFERENCE, CONFERENCE_REMINDER].contains(&kind) => "mail-kind-conference",
        Err(_) if kind == COORDINATOR => "mail-kind-account",
        Err(_) if [START, SERVED, ENTRUSTED, INVITED, NEW_LINK, CODE, MOBILE_CODE].contains(&kind) => "mail-kind-start",
        Err(_) if kind == FIGURES => "mail-kind-figures",
        Err(_) if kind == ALERT => "mail-kind-alert",
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
    calendar::file(&letter::appointment(config, booking, voice, link, at), calendar::Method::Publish)
}
