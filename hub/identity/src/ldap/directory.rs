//! Whether a name and a password are somebody's in the directory, and whose.

use std::sync::Arc;

use ldap3_proto::{
    LdapSearchScope,
    proto::{LdapDerefAliases, LdapSearchRequest},
    simple::LdapSearchResultEntry,
};
use rustls::ClientConfig;
use serde_json::{Map, Value};
use tokio::{sync::Semaphore, time::timeout};

use super::{config::LdapConfig, line::LdapLine};
use crate::{
    claims::{ClaimPath, GrantOffer, name, offers},
    fault::{AwayCause, ProviderFault, UnreadCause},
    trusted,
};

/// So many people are looked up at once; each takes one line. Whoever comes then is told to come again in a moment.
const LINES_MAX: usize = 32;

/// A house's directory, as the hub speaks to it.
#[derive(Clone)]
pub struct Directory(Arc<DirectoryParts>);

struct DirectoryParts {
    config: LdapConfig,
    secret: String,
    tls: Arc<ClientConfig>,
    lines: Semaphore,
}

impl std::fmt::Debug for Directory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Directory(…)")
    }
}

/// Somebody whom the directory knows.
#[derive(Clone, PartialEq, Eq)]
pub struct DirectoryPerson {
    /// What never changes about the person: an account is known again by it.
    pub id: String,
    /// The first name, where the directory has one.
    pub first_name: Option<String>,
    /// The last name, where the directory has one.
    pub last_name: Option<String>,
    /// The address; it was given by the house, so nobody has to prove it again.
    pub email: Option<String>,
    /// What follows by the rules.
    pub grants: Vec<GrantOffer>,
}

impl std::fmt::Debug for DirectoryPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DirectoryPerson(…)")
    }
}

impl Directory {
    /// As configured. It is not asked yet: a house starts while its directory is away.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &LdapConfig) -> anyhow::Result<Self> {
        let secret = config.secret_file.as_ref().map(|file| file.read("ldap.secret_file")).transpose()?;
        let tls = trusted::for_lines("ldap.authority_file", config.authority_file.as_ref())?;
        let lines = Semaphore::new(LINES_MAX);
        Ok(Self(Arc::new(DirectoryParts { config: config.clone(), secret: secret.unwrap_or_default(), tls, lines })))
    }

    /// Who has typed this name and this password; `None` if it is nobody's.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn person(&self, user: &str, password: &str) -> Result<Option<DirectoryPerson>, ProviderFault> {
        // A directory takes a name without a password for nobody, and says yes (RFC 4513, 5.1.2).
        if user.is_empty() || password.is_empty() {
            return Ok(None);
        }
        let _line = self.0.lines.try_acquire().map_err(|_| ProviderFault::Busy)?;
        let silent = ProviderFault::Away(AwayCause::Silent);
        timeout(self.0.config.timeout_seconds.span(), self.0.person(user, password)).await.map_err(|_| silent)?
    }
}

impl DirectoryParts {
    async fn person(&self, user: &str, password: &str) -> Result<Option<DirectoryPerson>, ProviderFault> {
        let config = &self.config;
        let mut line = LdapLine::open(&config.url, &self.tls).await?;
        let asks = config.search_as.as_deref().unwrap_or_default();
        if !line.bind(asks, &self.secret).await? {
            return Err(ProviderFault::Refused(REFUSED_TO_HUB));
        }
        let mut found = line.search(self.wanted(user)).await?.into_iter();
        let (entry, other) = (found.next(), found.next());
        if other.is_some() {
            // Whose password it would be is not to be guessed.
            return Err(ProviderFault::Unreadable(UnreadCause::Value));
        }
        let Some(entry) = entry else {
            // As long as for somebody who is there, so that the time does not tell who is.
            line.bind(&config.base, password).await?;
            return Ok(None);
        };
        if !line.bind(&entry.dn, password).await? {
            return Ok(None);
        }
        self.read(&entry).map(Some)
    }

    fn wanted(&self, user: &str) -> LdapSearchRequest {
        let config = &self.config;
        let mut attrs = vec![&config.id, &config.first_name, &config.last_name, &config.email];
        let rules = config.grants.iter().map(|rule| rule.claim.as_str().to_owned());
        attrs.dedup();
        LdapSearchRequest {
            base: config.base.clone(),
            scope: LdapSearchScope::Subtree,
            aliases: LdapDerefAliases::Never,
            // One is wanted; a second tells that there is more than one.
            sizelimit: 2,
            timelimit: i32::try_from(config.timeout_seconds.span().as_secs()).unwrap_or(i32::MAX),
            typesonly: false,
            filter: config.filter.filter(user),
            attrs: attrs.into_iter().cloned().chain(rules).collect(),
        }
    }

    fn read(&self, entry: &LdapSearchResultEntry) -> Result<DirectoryPerson, ProviderFault> {
        let config = &self.config;
        let said = attributes(entry, config);
        let text = |attribute: &str| ClaimPath::named(&attribute.to_lowercase()).text(&said).map(str::to_owned);
        let id = text(&config.id).ok_or(ProviderFault::Unreadable(UnreadCause::Value))?;
        let email = text(&config.email).and_then(|email| people::address(&email).ok());
        Ok(DirectoryPerson {
            id,
            first_name: text(&config.first_name).as_deref().and_then(name),
            last_name: text(&config.last_name).as_deref().and_then(name),
            email,
            // Names of groups are the same in whatever letters they are written.
            grants: offers(&config.grants, &said, |one, other| one.to_lowercase() == other.to_lowercase()),
        })
    }
}

/// The code of a password that is wrong (RFC 4511): here the hub's own.
const REFUSED_TO_HUB: u16 = 49;

/// What an entry says, under the names that the rules have for it: directories write them in whatever letters.
fn attributes(entry: &LdapSearchResultEntry, config: &LdapConfig) -> Map<String, Value> {
    let mut said = Map::new();
    for attribute in &entry.attributes {
        let values: Vec<Value> = attribute.vals.iter().map(|value| written(value).into()).collect();
        let is_it = |rule: &&crate::GrantRule| rule.claim.as_str().eq_ignore_ascii_case(&attribute.atype);
        for rule in config.grants.iter().filter(is_it) {
            said.insert(rule.claim.as_str().to_owned(), Value::Array(values.clone()));
        }
        said.insert(attribute.atype.to_lowercase(), Value::Array(values));
    }
    said
}

/// A value as text: what is none, such as the ids of Active Directory, in hexadecimal digits.
fn written(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if !text.contains(char::is_control) => text.to_owned(),
        Ok(_) | Err(_) => value.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
