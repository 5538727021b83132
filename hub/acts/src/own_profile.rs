//! What a citizen with an account says of themselves.

use access::Session;
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
