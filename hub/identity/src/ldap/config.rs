//! `[ldap]`: a house's directory, how somebody is looked up in it, and what follows from what it says.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use super::filter::LdapFilterTemplate;
use crate::{
    claims::GrantRule,
    provider_url::{ProviderSeconds, is_this_machine},
    secret_file::SecretFile,
    trusted,
};

/// The section `[ldap]`: a directory by whose passwords staff sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LdapConfig {
    /// Where it is: `ldaps://…`, or `ldap://…`, which is encrypted before anything is said (STARTTLS).
    pub url: LdapUrl,
    /// The certificate of who signs the directory's, if browsers do not know it (PEM).
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// As whom people are looked up; nobody, unless set.
    #[serde(default)]
    pub search_as: Option<String>,
    /// A file with the password for that in the first line.
    #[serde(default)]
    pub secret_file: Option<SecretFile>,
    /// Under which entry people are looked for, e.g. `ou=people,dc=example,dc=gr`.
    pub base: String,
    /// How they are found.
    #[serde(default = "filter")]
    pub filter: LdapFilterTemplate,
    /// What never changes about a person, by which an account is known again: `entryUUID`, in Active Directory `objectGUID`.
    #[serde(default = "id")]
    pub id: String,
    /// Where the first name stands.
    #[serde(default = "first_name")]
    pub first_name: String,
    /// Where the last name stands.
    #[serde(default = "last_name")]
    pub last_name: String,
    /// Where the address stands.
    #[serde(default = "email")]
    pub email: String,
    /// Seconds that it may take over everything together.
    #[serde(default)]
    pub timeout_seconds: ProviderSeconds,
    /// Who is given what: `claim` is an attribute, e.g. `memberOf`.
    #[serde(default)]
    pub grants: Vec<GrantRule>,
}

#[expect(clippy::expect_used, reason = "the filter is written here")]
fn filter() -> LdapFilterTemplate {
    LdapFilterTemplate::try_from("(&(objectClass=person)(uid={user}))".to_owned()).expect("a filter")
}

fn id() -> String {
    "entryUUID".to_owned()
}

fn first_name() -> String {
    "givenName".to_owned()
}

fn last_name() -> String {
    "sn".to_owned()
}

fn email() -> String {
    "mail".to_owned()
}

/// Where a directory is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LdapUrl {
    /// The host's name, as its certificate has it.
    pub host: String,
    /// The port, 636 or 389 where the address says none.
    pub port: u16,
    /// How the line is encrypted.
    pub guard: LineGuard,
}

/// How a line to a directory is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineGuard {
    /// From its beginning.
    Tls,
    /// By the first thing that is said.
    StartTls,
    /// Not at all: it does not leave this machine.
    Inside,
}

impl TryFrom<String> for LdapUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let right = "should be like ldaps://ldap.example.gr";
        let url = Url::parse(&text).map_err(|_| format!("\"{text}\" {right}"))?;
        let (guard, port) = match url.scheme() {
            "ldaps" => (LineGuard::Tls, 636),
            // The parser knows hosts of the web's schemes alone.
            "ldap" if is_this_machine(&web(&url)) => (LineGuard::Inside, 389),
            "ldap" => (LineGuard::StartTls, 389),
            _ => return Err(format!("\"{text}\" {right}")),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| format!("\"{text}\" {right}"))?;
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.username().is_empty();
        if !is_bare {
            return Err(format!("\"{text}\" {right}, with nothing behind the host: ldap.base says where to look"));
        }
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port: url.port().unwrap_or(port), guard })
    }
}

/// The same host in an address of the web.
fn web(url: &Url) -> Url {
    let host = url.host_str().unwrap_or_default();
    Url::parse(&format!("http://{host}/")).unwrap_or_else(|_| url.clone())
}

impl LdapConfig {
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
        anyhow::ensure!(
            self.search_as.is_some() == self.secret_file.is_some(),
            "ldap.search_as: a name and ldap.secret_file go together"
        );
        if let Some(file) = &self.secret_file {
            file.read("ldap.secret_file")?;
        }
        anyhow::ensure!(!self.base.trim().is_empty(), "ldap.base: should be like ou=people,dc=example,dc=gr");
        trusted::for_lines("ldap.authority_file", self.authority_file.as_ref()).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_02_a_line_to_a_directory_is_encrypted_unless_it_stays_on_the_machine() {
        let read = |text: &str| LdapUrl::try_from(text.to_owned()).map(|url| (url.host, url.port, url.guard));
        for (text, host, port, guard) in [
            ("ldaps://ldap.example.gr", "ldap.example.gr", 636, LineGuard::Tls),
            ("ldaps://127.0.0.1:6360/", "127.0.0.1", 6360, LineGuard::Tls),
            ("ldap://ldap.example.gr", "ldap.example.gr", 389, LineGuard::StartTls),
            ("ldap://10.0.0.1:1389", "10.0.0.1", 1389, LineGuard::StartTls),
            ("ldap://localhost:1389", "localhost", 1389, LineGuard::Inside),
            ("ldap://127.0.0.1", "127.0.0.1", 389, LineGuard::Inside),
            ("ldap://[::1]:1389", "::1", 1389, LineGuard::Inside),
        ] {
            assert_eq!(read(text), Ok((host.to_owned(), port, guard)), "{text}");
        }
        for wrong in
            ["", "ldap.example.gr", "https://a.gr", "ldap://", "ldaps://a.gr/dc=gr", "ldapi:///run/x", "ldaps://u@a.gr"]
        {
            assert!(read(wrong).unwrap_err().contains("ldaps://ldap.example.gr"), "{wrong}");
        }
    }
}
