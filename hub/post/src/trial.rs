//! A mail on trial: it says that mails arrive, before there is an office, an outbox or anybody to write to.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{Mailbox, header::ContentType},
};
use secrets::draw_id;
use text::Voice;

use crate::{
    letter::{AutoSubmittedHeader, LetterError},
    mail_config::MailConfig,
    transport::{SendError, Transport},
    unsent::SendFailure,
};

/// In a folder each is the same file.
const NUMBER: i64 = 0;
const KIND: &str = "trial";

/// Sends one mail as it is configured, and waits until it was taken.
///
/// # Errors
/// Why it was not: [`SendFailure::words`] says what to do.
pub async fn send_trial(config: &MailConfig, to: &str, voice: Voice, now: DateTime<Utc>) -> Result<(), SendFailure> {
    let from: Mailbox = config.from.parse().map_err(|_| SendFailure::NoAddress)?;
    let to: Mailbox = to.parse().map_err(|_| SendFailure::NoAddress)?;
    let message_id = format!("<{}@{}>", draw_id().simple(), from.email.domain());
    let since = Duration::from_millis(now.timestamp_millis().unsigned_abs());
    let builder = Message::builder().from(from).to(to).subject(voice.say("trial-mail-subject"));
    let builder = builder.message_id(Some(message_id)).date(SystemTime::UNIX_EPOCH + since).header(AutoSubmittedHeader);
    let message = builder.header(ContentType::TEXT_PLAIN).body(voice.say("trial-mail-text"));
    let message = message.map_err(LetterError::from)?;
    let transport = Transport::new(config).map_err(|_| SendError::Unfit)?;
    transport.send(NUMBER, KIND, message).await.map_err(SendFailure::from)
}
