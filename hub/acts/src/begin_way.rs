//! Somebody goes to a provider to sign in there (PRE-02, OMB-19).

use access::Access;
use chrono::TimeDelta;
use identity::Providers;
use secrets::ProviderNote;

use crate::provider_refusal::ProviderRefusal;

/// Whoever has gone to a provider has so long to come back: time to look a password up.
pub const WAY_MINUTES: i64 = 15;

/// A way that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunWay {
    /// Where the browser goes.
    pub url: String,
    /// What it keeps meanwhile.
    pub cookie: String,
}

/// Makes what the browser keeps, and finds where it goes. `redirect` is the page of this hub to which it comes back, `back` the
/// one that is shown afterwards.
///
/// # Errors
/// [`ProviderRefusal`].
pub async fn run(
    access: &Access,
    providers: &Providers,
    name: &str,
    (redirect, back): (&str, &str),
) -> Result<BegunWay, ProviderRefusal> {
    let note = ProviderNote::draw(&access.key, name, back, access.clock.now() + TimeDelta::minutes(WAY_MINUTES));
    let url = providers.sign_in_url(&note, redirect).await?.ok_or(ProviderRefusal::Unknown)?;
    Ok(BegunWay { url, cookie: note.written(&access.key) })
}
