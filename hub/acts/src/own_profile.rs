//! What a citizen with an account says of themselves: read, and changed.

use access::{Access, Session};
use people::Profile;
use store::Readers;

use crate::fault::Fault;

/// What the owner of a session said of themselves.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(readers: &Readers, session: &Session) -> Result<Profile, Fault> {
    let account = session.account.id;
    let kept = readers.read(move |store| store.profile(account)).await?;
    Ok(kept.and_then(|json| Profile::from_json(&json)).unwrap_or_default())
}

/// Keeps it in the place of what was said before.
///
/// # Errors
/// That the hub cannot write.
pub async fn change(access: &Access, session: &Session, profile: &Profile) -> Result<(), Fault> {
    let (account, now) = (session.account.id, access.clock.now());
    let body = serde_json::to_string(profile).unwrap_or_default();
    Ok(access.writer.change(move |store| store.set_profile(account, &body, now)).await?)
}
