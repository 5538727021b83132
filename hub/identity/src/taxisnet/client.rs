//! The client that speaks to TAXISnet.

use std::sync::Arc;

use crew::WorkCrew;
use url::Url;

use super::{
    answer::{TaxisnetPerson, read_person, read_token},
    config::TaxisnetConfig,
    question,
};
use crate::{
    fault::{ProviderFault, UnreadCause, good},
    provider_line::ProviderLine,
};

/// TAXISnet, as the hub speaks to it.
#[derive(Clone)]
pub struct TaxisnetClient(Arc<TaxisnetParts>, Arc<WorkCrew>);

struct TaxisnetParts {
    config: TaxisnetConfig,
    secret: String,
    line: ProviderLine,
}

impl std::fmt::Debug for TaxisnetClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TaxisnetClient(…)")
    }
}

impl TaxisnetClient {
    /// As configured.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &TaxisnetConfig, crew: &Arc<WorkCrew>) -> anyhow::Result<Self> {
        let secret = config.secret_file.read("taxisnet.secret_file")?;
        let authority = config.authority_file.as_ref();
        let line = ProviderLine::new("taxisnet.authority_file", authority, config.timeout_seconds)?;
        Ok(Self(Arc::new(TaxisnetParts { config: config.clone(), secret, line }), Arc::clone(crew)))
    }

    /// Where a browser is sent to sign in.
    pub fn sign_in_url(&self, redirect: &str, state: &str) -> Url {
        question::authorize_url(&self.0.config, redirect, state)
    }

    /// Where a browser is sent to sign out, for its cookie there ends with nobody else: otherwise whoever sits down next at
    /// the same machine comes in as the person before. `None` if the page to come back to makes no address of it.
    pub fn sign_out_url(&self, back: &str) -> Option<Url> {
        self.0.config.logout_url.url(&self.0.config.client_id, back)
    }

    /// Who came back with a code.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn person(&self, redirect: &str, code: &str) -> Result<TaxisnetPerson, ProviderFault> {
        let (parts, redirect, code) = (Arc::clone(&self.0), redirect.to_owned(), code.to_owned());
        self.1.try_do(move || parts.person(&redirect, &code)).await?
    }
}

impl TaxisnetParts {
    fn person(&self, redirect: &str, code: &str) -> Result<TaxisnetPerson, ProviderFault> {
        // A code with letters that no address takes is none.
        let unreadable = |_| ProviderFault::Unreadable(UnreadCause::Value);
        let asked = question::token(&self.config, &self.secret, redirect, code).map_err(unreadable)?;
        let token = read_token(&good(self.line.ask(asked)?)?)?;
        let asked = question::userinfo(&self.config, &token).map_err(unreadable)?;
        read_person(&good(self.line.ask(asked)?)?)
    }
}
