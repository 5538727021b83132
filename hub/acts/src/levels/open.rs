//! An account is there, with level A: the first event of its standing, written with the account itself (PET-03, PRE-04).

use body::{AccountCommand, AccountContext, AccountId, AccountStanding, Doer, OpenedBy, account};
use chrono::{DateTime, Utc};
use store::{Store, Stored};

/// Notes that an account was made in this turn, and how it came to be. The store takes an account without events for one of
/// before there were bodies, which is open; this one begins with its first event.
pub(crate) fn run(store: &Store, account: u32, way: OpenedBy, now: DateTime<Utc>) -> Stored<()> {
    let id = AccountId(account);
    let context = AccountContext { account: id, by: Doer::Account(id), now, rules: None };
    let mut standing = AccountStanding::default();
    // The rules refuse nobody whose account is not there yet.
    let events = account::decide(&standing, &AccountCommand::Open { way }, &context).unwrap_or_default();
    events.iter().for_each(|event| account::apply(&mut standing, event));
    store.keep_standing(id, &standing, &events)
}
