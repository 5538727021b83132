//! Somebody who is signed in here has shown who they are elsewhere too: both are one account from then on.

use access::{Access, Session};
use secrets::token_hash;
use store::{OuterArrival, Store, Stored};

use crate::{own_profile, provider_refusal::ProviderRefusal};

/// What came of it.
enum Connection {
    Made,
    Over,
    Taken,
}

/// Connects them. What the account's owner has said of themselves stays, and what TAXISnet says is put where nothing stands.
///
/// # Errors
/// [`ProviderRefusal`].
pub async fn run(access: &Access, session: &Session, token: &str) -> Result<(), ProviderRefusal> {
    let (account, hash, now) = (session.account.id, token_hash(token), access.clock.now());
    let connect = move |store: &Store| -> Stored<Connection> {
        let Some(OuterArrival { identity, name, tax_number }) = store.arrival(&hash, now)? else {
            return Ok(Connection::Over);
        };
        let kept = own_profile::kept(store, account)?.unwrap_or_default();
        // What somebody wrote of themselves is no other's tax number by a sign-in of their own.
        let is_another = |number: &String| !kept.tax_number.is_empty() && kept.tax_number != *number;
        if tax_number.as_ref().is_some_and(is_another) || !store.connect_identity(account, &identity, now)? {
            return Ok(Connection::Taken);
        }
        store.drop_arrival(&hash)?;
        let mut profile = kept.clone();
        if profile.name.is_empty() {
            profile.name = name;
        }
        if profile.tax_number.is_empty() {
            profile.tax_number = tax_number.unwrap_or_default();
        }
        if profile != kept {
            store.set_profile(account, &own_profile::written(&profile), now)?;
        }
        Ok(Connection::Made)
    };
    match access.writer.change(connect).await? {
        Connection::Made => Ok(()),
        Connection::Over => Err(ProviderRefusal::Over),
        Connection::Taken => Err(ProviderRefusal::Taken),
    }
}
