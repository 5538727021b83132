//! What letters are written with and sent by.

use std::{fmt::Display, sync::Arc};

use lettre::message::Mailbox;
use people::AddressFlaw;
use secrets::ServerKey;
use store::{OutboxRow, Readers};
use text::Edits;
use tokio::sync::Notify;
use writer::{Clock, OfficeHandle, Offices, Writer};

use crate::{bounce::Bounces, letter::Envelope, mail_config::MailConfig, sms_config::SmsConfig, unsent::SendFailure};

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

    /// Where a message goes, and where it comes back.
    ///
    /// # Errors
    /// That no mail goes there.
    pub(crate) fn envelope(&self, row: &OutboxRow, email: &str) -> Result<Envelope, SendFailure> {
        let from: Mailbox = self.mail.from.parse().map_err(|_| SendFailure::NoAddress)?;
        // What was kept before addresses were kept as they are sent.
        let email = people::address(email).map_err(|flaw| match flaw {
            AddressFlaw::NoAddress => SendFailure::NoAddress,
            AddressFlaw::Letters => SendFailure::Letters,
        })?;
        let to: Mailbox = email.parse().map_err(|_| SendFailure::NoAddress)?;
        let message_id = format!("<{}@{}>", self.key.mail_id(row.id, row.created_at), from.email.domain());
        let token = |bounces: &Bounces| bounces.of_letter(&self.key.bounce_token(row.id, row.created_at));
        let comes_back_to = self.bounces.as_deref().and_then(token);
        Ok(Envelope { from, to, message_id, at: self.clock.now(), comes_back_to })
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
