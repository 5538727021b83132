//! What letters are written with and sent by.

use std::{fmt::Display, sync::Arc};

use lettre::message::Mailbox;
use secrets::ServerKey;
use store::{OutboxRow, Readers};
use text::Edits;
use tokio::sync::Notify;
use writer::{Clock, OfficeHandle, Offices, Writer};

use crate::{bounce::Bounces, mail_config::MailConfig, sms_config::SmsConfig, unsent::SendFailure};

/// What letters are written with and sent by; cheap to clone.
#[derive(Debug, Clone)]
pub struct Post {
    /// The way to note what was sent.
    pub writer: Writer,
    /// Look-ups in the store.
    pub readers: Readers,
    /// The offices as they are committed.
    pub offices: Offices,
    /// The hub's one clock.
    pub clock: Clock,
    /// For links and codes.
    pub key: ServerKey,
    /// What offices say in words of their own (FLD-21).
    pub texts: Arc<Edits>,
    /// How mail is sent.
    pub mail: Arc<MailConfig>,
    /// Where administrators are warned.
    pub alerts_to: Arc<[Mailbox]>,
    /// The gateway for SMS, if there is one.
    pub sms: Option<Arc<SmsConfig>>,
    /// Where mails come back that are not delivered, if that is set up.
    pub bounces: Option<Arc<Bounces>>,
    /// Where citizens reach the hub, without a slash at the end.
    pub public_url: Arc<str>,
    /// Told when mails were put in.
    pub wake: Arc<Notify>,
}

impl Post {
    /// The address of a page.
    pub fn url(&self, path: impl Display) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The office of a message; what one that is set aside owes waits until it is back.
    ///
    /// # Errors
    /// That there is none, or that it is set aside.
    pub(crate) fn office_of(&self, row: &OutboxRow) -> Result<&OfficeHandle, SendFailure> {
        let office = self.offices.iter().find(|office| office.row == row.office).ok_or(SendFailure::Gone)?;
        if office.aside().is_some() { Err(SendFailure::Store) } else { Ok(office) }
    }
}
