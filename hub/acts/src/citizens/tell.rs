//! The mails that tell the holder of an account what was done to it.

use chrono::{DateTime, Utc};
use secrets::LinkOwner;
use store::{OutboxEntry, Store, Stored};
use writer::{MEMBER, MemberMail, MemberNews};

/// Puts one in, in the name of an office. Whoever never chose a language is told in the state's.
pub fn run(store: &Store, (office, account): (u32, u32), news: MemberNews, now: DateTime<Utc>) -> Stored<()> {
    let language = store.language_of(LinkOwner::Account(account))?.unwrap_or_default();
    let mail = MemberMail { account, language, news };
    let about = serde_json::to_string(&mail).unwrap_or_default();
    store.post(office, &OutboxEntry { seq: None, kind: MEMBER.to_owned(), about }, now, now)
}
