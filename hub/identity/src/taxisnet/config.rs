//! `[taxisnet]`: the addresses of TAXISnet and the client that the Interoperability Centre gave this body.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{
    provider_url::{LogoutTemplate, ProviderSeconds, ProviderUrl},
    secret_file::SecretFile,
    trusted,
};

/// TAXISnet. All addresses are written out: they have changed before, and there is one set for tests and one for people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxisnetConfig {
    /// Where a person signs in.
    pub authorize_url: ProviderUrl,
    /// Where the hub fetches a token for a code.
    pub token_url: ProviderUrl,
    /// Where it asks who the person is; it answers in XML.
    pub userinfo_url: ProviderUrl,
    /// Where a person's browser signs out: with `{client}` and `{back}`.
    pub logout_url: LogoutTemplate,
    /// What is asked for.
    #[serde(default = "scope")]
    pub scope: String,
    /// The client, as the Interoperability Centre named it: one for each application.
    pub client_id: String,
    /// A file with its secret in the first line.
    pub secret_file: SecretFile,
    /// The certificate of who signs those of the addresses, if browsers do not know it (PEM).
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// Seconds that it may take over one answer.
    #[serde(default)]
    pub timeout_seconds: ProviderSeconds,
}

fn scope() -> String {
    "read".to_owned()
}

impl TaxisnetConfig {
    /// Takes its paths as they are seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.secret_file = self.secret_file.clone().resolved(folder);
        self.authority_file = self.authority_file.take().map(|file| folder.join(file));
    }

    /// Checks what no type does.
    ///
    /// # Errors
    /// With the key, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            !self.client_id.trim().is_empty(),
            "taxisnet.client_id: write the name that the Interoperability Centre gave this application"
        );
        self.secret_file.read("taxisnet.secret_file")?;
        trusted::for_requests("taxisnet.authority_file", self.authority_file.as_ref()).map(drop)
    }
}
