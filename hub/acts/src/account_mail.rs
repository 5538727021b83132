//! Links for accounts: made, kept, and put into the outbox where there is an address.

use chrono::{DateTime, TimeDelta, Utc};
use office::Language;
use secrets::{AccountErrand, AccountLink, LinkOwner};
use store::{IssuedLink, OutboxEntry, Store, Stored};
use wire::ProblemCode;
use writer::{ACCOUNT, Offices};

use crate::{fault::Fault, invite_agent::INVITATION_DAYS};

/// A link for a forgotten password, and one that proves an address, are good for so long.
pub const ACCOUNT_LINK_MINUTES: i64 = 60;

/// A link that activates an account is good for so long; it may be sent again.
pub const ACTIVATION_HOURS: i64 = 48;

/// Whoever had the mails of an account before can take a change back for so long.
pub const ADDRESS_UNDO_DAYS: i64 = 7;

/// A link that is to be made.
#[derive(Debug, Clone)]
pub(crate) struct LinkWish {
    /// The account that it opens, or the registration from which one is made.
    pub owner: LinkOwner,
    /// Which page it opens, and what it does there.
    pub errand: AccountErrand,
    /// Where it goes, if it goes by mail.
    pub email: Option<String>,
    /// The language of the mail.
    pub language: Language,
    /// The row of the office in whose name it goes.
    pub office: u32,
}

/// The row of the office in whose name mails about an account go: its own, or the first for who works in all.
///
/// # Errors
/// `unavailable`, where every office is set aside.
pub fn sender(offices: &Offices, own: Option<u32>) -> Result<u32, Fault> {
    let first = || offices.going().next().map(|office| office.row);
    own.or_else(first).ok_or_else(|| ProblemCode::Unavailable.into())
}

impl LinkWish {
    /// The link, made now.
    pub fn link(&self, now: DateTime<Utc>) -> AccountLink {
        let Self { owner, errand, language, .. } = *self;
        let expires_at = now
            + match errand {
                AccountErrand::Invited => TimeDelta::days(INVITATION_DAYS),
                AccountErrand::Activation | AccountErrand::Known | AccountErrand::DeskAddress => {
                    TimeDelta::hours(ACTIVATION_HOURS)
                }
                AccountErrand::AddressUndo | AccountErrand::AddressMoved => TimeDelta::days(ADDRESS_UNDO_DAYS),
                AccountErrand::Forgotten | AccountErrand::Address => TimeDelta::minutes(ACCOUNT_LINK_MINUTES),
            };
        AccountLink { owner, errand, issued_at: now.timestamp_millis(), expires_at, language }
    }

    /// Keeps a link that was made, in place of the one before, and has it mailed where it goes by mail.
    pub fn issue(&self, store: &Store, link: &AccountLink, now: DateTime<Utc>) -> Stored<()> {
        let AccountLink { owner, errand, issued_at, expires_at, .. } = *link;
        store.put_account_link(&IssuedLink { owner, errand, issued_at, expires_at, email: self.email.clone() })?;
        if self.email.is_none() {
            return Ok(());
        }
        let about = serde_json::to_string(link).unwrap_or_default();
        store.post(self.office, &OutboxEntry { seq: None, kind: ACCOUNT.to_owned(), about }, now, now)
    }
}
