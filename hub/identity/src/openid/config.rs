//! `[[openid]]`: a provider of OpenID Connect, and what follows from what it says.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use vocabulary::Words;

use crate::{
    claims::{ClaimPath, GrantRule},
    provider_url::{ProviderSeconds, ProviderUrl},
    secret_file::SecretFile,
    trusted,
};

/// A section `[[openid]]`: a provider through which people sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenIdConfig {
    /// Its name in addresses of this hub.
    pub name: ProviderName,
    /// What stands on its button.
    #[serde(deserialize_with = "vocabulary::strict::one")]
    pub label: Words,
    /// The provider, under which it describes itself at `/.well-known/openid-configuration`.
    pub issuer: ProviderUrl,
    /// The client, as the provider named it.
    pub client_id: String,
    /// A file with its secret in the first line; without it the client has none, and is proven by PKCE alone.
    #[serde(default)]
    pub secret_file: Option<SecretFile>,
    /// What is asked for, beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The certificate of who signs the provider's, if browsers do not know it (PEM).
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// Seconds that it may take over one answer.
    #[serde(default)]
    pub timeout_seconds: ProviderSeconds,
    /// Under which names it says what.
    #[serde(default)]
    pub claims: OpenIdClaimNames,
    /// Whether it asks everybody for a second factor, so that this hub need not.
    #[serde(default)]
    pub two_steps: bool,
    /// Who is given what.
    #[serde(default)]
    pub grants: Vec<GrantRule>,
}

/// The names of what a provider says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpenIdClaimNames {
    /// Under which name the first name stands.
    pub first_name: ClaimPath,
    /// Under which name the last name stands.
    pub last_name: ClaimPath,
    /// How staff are called in lists, if they have no account yet.
    pub user_name: ClaimPath,
    /// The tax number, of a provider that is a bridge to TAXISnet. Whoever has one is signed in as TAXISnet itself would have
    /// done; so it is named for a provider alone that takes it from nowhere else.
    pub tax_number: Option<ClaimPath>,
}

impl Default for OpenIdClaimNames {
    fn default() -> Self {
        Self {
            first_name: ClaimPath::named("given_name"),
            last_name: ClaimPath::named("family_name"),
            user_name: ClaimPath::named("preferred_username"),
            tax_number: None,
        }
    }
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned(), "email".to_owned()]
}

/// A name in addresses: small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct ProviderName(String);

/// The name under which TAXISnet itself is reached.
const TAXISNET: &str = "taxisnet";
/// Longer ones are of no use.
const NAME_LETTERS_MAX: usize = 32;

impl TryFrom<String> for ProviderName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=NAME_LETTERS_MAX).contains(&text.len()) || !text.bytes().all(is_letter) {
            return Err(format!("\"{text}\" should be of small letters, digits and hyphens, e.g. staff"));
        }
        if text == TAXISNET {
            return Err(format!("\"{TAXISNET}\" is TAXISnet's own, in [taxisnet]; e.g. staff"));
        }
        Ok(Self(text))
    }
}

impl ProviderName {
    /// TAXISnet's own.
    pub fn taxisnet() -> Self {
        Self(TAXISNET.to_owned())
    }

    /// As addresses have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ProviderName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl OpenIdConfig {
    /// Takes its paths as they are seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.secret_file = self.secret_file.take().map(|file| file.resolved(folder));
        self.authority_file = self.authority_file.take().map(|file| folder.join(file));
    }

    /// Checks what no type does.
    ///
    /// # Errors
    /// With the key, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        let name = &self.name;
        anyhow::ensure!(!self.client_id.trim().is_empty(), "openid.client_id: {name} should have one");
        if let Some(file) = &self.secret_file {
            file.read("openid.secret_file")?;
        }
        let is_scope = |scope: &String| !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic());
        anyhow::ensure!(
            self.scopes.iter().all(is_scope),
            "openid.scopes: {name}: each should be one word, e.g. \"profile\""
        );
        trusted::for_requests("openid.authority_file", self.authority_file.as_ref()).map(drop)
    }
}
