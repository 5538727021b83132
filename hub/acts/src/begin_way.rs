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

/// A way that somebody wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayWish<'a> {
    /// To which provider.
    pub provider: &'a str,
    /// The page of this hub to which the browser comes back.
    pub redirect: &'a str,
    /// The page that is shown afterwards.
    pub back: &'a str,
}

/// Makes what the browser keeps, and finds where it goes.
///
/// # Errors
/// [`ProviderRefusal`].
pub async fn run(access: &Access, providers: &Providers, wish: WayWish<'_>) -> Result<BegunWay, ProviderRefusal> {
    let WayWish { provider, redirect, back } = wish;
    let note = ProviderNote::draw(&access.key, provider, back, access.clock.now() + TimeDelta::minutes(WAY_MINUTES));
    let url = providers.sign_in_url(&note, redirect).await?.ok_or(ProviderRefusal::Unknown)?;
    Ok(BegunWay { url, cookie: note.written(&access.key) })
}
