//! The mails that tell the holder of an account what was done to it.

use chrono::{DateTime, Utc};
use office::Language;
use store::{OutboxEntry, Store, Stored};
use writer::{MEMBER, MemberMail, MemberNews};

/// Puts one in, in the name of an office. An account has no language of its own: its holder is told in the state's.
pub fn run(store: &Store, (office, account): (u32, u32), news: MemberNews, now: DateTime<Utc>) -> Stored<()> {
    let mail = MemberMail { account, language: Language::default(), news };
    let about = serde_json::to_string(&mail).unwrap_or_default();
    store.post(office, &OutboxEntry { seq: None, kind: MEMBER.to_owned(), about }, now, now)
}
