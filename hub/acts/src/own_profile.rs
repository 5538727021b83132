//! What a citizen with an account says of themselves, as it is read and kept: here, and nowhere else.

use access::Session;
use people::Profile;
use store::{Readers, Store, Stored};

use crate::fault::Fault;

/// What the owner of a session said of themselves.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(readers: &Readers, session: &Session) -> Result<Profile, Fault> {
    let account = session.account.id;
    Ok(readers.read(move |store| kept(store, account)).await?.unwrap_or_default())
}

/// What is kept of what an account's owner said; nothing, where they have said nothing or were erased.
pub(crate) fn kept(store: &Store, account: u32) -> Stored<Option<Profile>> {
    Ok(store.profile(account)?.and_then(|json| Profile::from_json(&json)))
}

/// As it is kept.
pub(crate) fn written(profile: &Profile) -> String {
    serde_json::to_string(profile).unwrap_or_default()
}
