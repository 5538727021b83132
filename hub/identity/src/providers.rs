//! All through whom one can sign in here, by name.

use std::collections::BTreeSet;

use anyhow::Context;
use secrets::ProviderNote;
use vocabulary::Words;

use crate::{
    claims::{GrantOffer, GrantRule},
    fault::ProviderFault,
    ldap::{Directory, DirectoryPerson, LdapConfig},
    openid::{OpenIdConfig, OpenIdPerson, OpenIdProvider, ProviderName},
    provider_crew,
    register::{RegisterConfig, StaffRegister},
    taxisnet::{TaxisnetClient, TaxisnetConfig, TaxisnetPerson},
};

/// So many buttons are on one page at most.
const OPENID_MAX: usize = 8;
/// Whom the directory's people are of, where accounts are known again.
const DIRECTORY: &str = "directory";

/// Everything that is configured.
#[derive(Debug, Clone, Default)]
pub struct ProvidersConfig {
    /// The section `[taxisnet]`.
    pub taxisnet: Option<TaxisnetConfig>,
    /// The sections `[[openid]]`, in the order of the file.
    pub openid: Vec<OpenIdConfig>,
    /// The section `[ldap]`.
    pub ldap: Option<LdapConfig>,
    /// The section `[staff_register]`.
    pub staff_register: Option<RegisterConfig>,
}

impl ProvidersConfig {
    /// Every rule by which somebody is given something.
    pub fn rules(&self) -> impl Iterator<Item = &GrantRule> {
        let of_openid = self.openid.iter().flat_map(|one| &one.grants);
        of_openid.chain(self.ldap.iter().flat_map(|one| &one.grants))
    }

    /// Checks what no type does.
    ///
    /// # Errors
    /// With the key, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        self.taxisnet.iter().try_for_each(TaxisnetConfig::check)?;
        self.openid.iter().try_for_each(OpenIdConfig::check)?;
        self.ldap.iter().try_for_each(LdapConfig::check)?;
        self.staff_register.iter().try_for_each(RegisterConfig::check)?;
        anyhow::ensure!(
            self.openid.len() <= OPENID_MAX,
            "openid: at most {OPENID_MAX} providers find room on the page"
        );
        let mut names = BTreeSet::new();
        for one in &self.openid {
            anyhow::ensure!(names.insert(&one.name), "openid.name: {} is there twice", one.name);
            anyhow::ensure!(
                one.name.as_str() != DIRECTORY,
                "openid.name: {DIRECTORY} is what [ldap] is called; choose another"
            );
        }
        Ok(())
    }
}

/// One through whom one can sign in, as its button shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderDoor {
    /// Its name in addresses.
    pub name: ProviderName,
    /// What stands on the button; none for TAXISnet, which the house's own words name.
    pub label: Option<Words>,
}

/// Somebody whom another has signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct OuterPerson {
    /// Who knows them: the name under which an account is known again.
    pub provider: String,
    /// How that one knows them, for ever.
    pub subject: String,
    /// How they are called there, for a new account.
    pub user_name: Option<String>,
    /// First and last name, as far as they are said.
    pub name: String,
    /// An address that needs no other proof.
    pub email: Option<String>,
    /// The tax number, if it was TAXISnet itself or a bridge to it.
    pub tax_number: Option<String>,
    /// What they may be in the house.
    pub grants: Vec<GrantOffer>,
    /// Whether the house has rules by which this provider's people are given something.
    pub is_ruled: bool,
    /// Whether a second factor was shown there.
    pub two_steps: bool,
}

impl std::fmt::Debug for OuterPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OuterPerson({}, …)", self.provider)
    }
}

fn joined(first: Option<String>, last: Option<String>) -> String {
    [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl From<TaxisnetPerson> for OuterPerson {
    fn from(person: TaxisnetPerson) -> Self {
        let TaxisnetPerson { tax_number, first_name, last_name } = person;
        Self {
            provider: ProviderName::taxisnet().as_str().to_owned(),
            subject: tax_number.clone(),
            user_name: None,
            name: joined(Some(first_name), Some(last_name)),
            email: None,
            tax_number: Some(tax_number),
            grants: Vec::new(),
            is_ruled: false,
            two_steps: true,
        }
    }
}

impl OuterPerson {
    fn of_openid(person: OpenIdPerson, config: &OpenIdConfig) -> Self {
        let OpenIdPerson { subject, user_name, first_name, last_name, email, tax_number, grants } = person;
        // The same tax number is the same person, whichever way they came.
        let (provider, subject) = match &tax_number {
            Some(number) => (ProviderName::taxisnet().as_str().to_owned(), number.clone()),
            None => (config.name.as_str().to_owned(), subject),
        };
        let is_ruled = !config.grants.is_empty();
        let name = joined(first_name, last_name);
        Self { provider, subject, user_name, name, email, tax_number, grants, is_ruled, two_steps: config.two_steps }
    }

    fn of_directory(person: DirectoryPerson, user: &str) -> Self {
        let DirectoryPerson { id, first_name, last_name, email, grants } = person;
        Self {
            provider: DIRECTORY.to_owned(),
            subject: id,
            user_name: Some(user.to_owned()),
            name: joined(first_name, last_name),
            email,
            tax_number: None,
            grants,
            is_ruled: true,
            two_steps: false,
        }
    }
}

/// All through whom one can sign in here.
#[derive(Debug, Clone, Default)]
pub struct Providers {
    taxisnet: Option<TaxisnetClient>,
    openid: Vec<OpenIdProvider>,
    directory: Option<Directory>,
    /// The register of staff, if there is one.
    pub staff_register: Option<StaffRegister>,
}

impl Providers {
    /// As configured. Nobody is asked yet: a hub starts while all of them are away.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &ProvidersConfig) -> anyhow::Result<Self> {
        let ProvidersConfig { taxisnet, openid, ldap, staff_register } = config;
        let crew = provider_crew();
        let register = |one| StaffRegister::new(one, &crew);
        Ok(Self {
            taxisnet: taxisnet.as_ref().map(|one| TaxisnetClient::new(one, &crew)).transpose().context("taxisnet")?,
            openid: openid.iter().map(|one| OpenIdProvider::new(one, &crew)).collect::<Result<_, _>>()?,
            directory: ldap.as_ref().map(Directory::new).transpose()?,
            staff_register: staff_register.as_ref().map(register).transpose()?,
        })
    }

    /// What stands on the page where one signs in.
    pub fn doors(&self) -> Vec<ProviderDoor> {
        let taxisnet = self.taxisnet.iter().map(|_| ProviderDoor { name: ProviderName::taxisnet(), label: None });
        let openid = self.openid.iter().map(OpenIdProvider::config);
        let openid = openid.map(|one| ProviderDoor { name: one.name.clone(), label: Some(one.label.clone()) });
        taxisnet.chain(openid).collect()
    }

    /// Whether there is a door of this name.
    pub fn has(&self, name: &str) -> bool {
        self.doors().iter().any(|door| door.name.as_str() == name)
    }

    fn openid(&self, name: &str) -> Option<&OpenIdProvider> {
        self.openid.iter().find(|one| one.config().name.as_str() == name)
    }

    fn taxisnet(&self, name: &str) -> Option<&TaxisnetClient> {
        self.taxisnet.as_ref().filter(|_| name == ProviderName::taxisnet().as_str())
    }

    /// Where a browser is sent to sign in; none, where there is no such provider.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn sign_in_url(&self, note: &ProviderNote, redirect: &str) -> Result<Option<String>, ProviderFault> {
        if let Some(taxisnet) = self.taxisnet(&note.provider) {
            return Ok(Some(taxisnet.sign_in_url(redirect, note.state()).into()));
        }
        let Some(openid) = self.openid(&note.provider) else { return Ok(None) };
        let own = (note.state(), note.nonce(), note.verifier());
        let url = openid.sign_in_url(redirect, (own.0, own.1.as_str(), own.2.as_str())).await?;
        Ok(Some(url.into()))
    }

    /// Where a browser is sent to sign out of a provider, if it has such a page.
    pub async fn sign_out_url(&self, name: &str, back: &str) -> Option<String> {
        match (self.taxisnet(name), self.openid(name)) {
            (Some(taxisnet), _) => taxisnet.sign_out_url(back).map(Into::into),
            (None, Some(openid)) => openid.sign_out_url(back).await.map(Into::into),
            (None, None) => None,
        }
    }

    /// Who came back with a code, on the way of this note.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn person(
        &self,
        note: &ProviderNote,
        redirect: &str,
        code: &str,
    ) -> Result<Option<OuterPerson>, ProviderFault> {
        if let Some(taxisnet) = self.taxisnet(&note.provider) {
            return taxisnet.person(redirect, code).await.map(|person| Some(person.into()));
        }
        let Some(openid) = self.openid(&note.provider) else { return Ok(None) };
        let (nonce, verifier) = (note.nonce(), note.verifier());
        let person = openid.person(redirect, code, (&nonce, &verifier)).await?;
        Ok(Some(OuterPerson::of_openid(person, openid.config())))
    }

    /// Whether there is a directory that knows passwords of staff.
    pub const fn has_directory(&self) -> bool {
        self.directory.is_some()
    }

    /// Whether a session that was begun through this provider was begun with the directory's password.
    pub fn is_directory(&self, provider: &str) -> bool {
        self.has_directory() && provider == DIRECTORY
    }

    /// Who of the directory has typed this; none, where nobody has, or there is no directory.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn person_of_directory(&self, user: &str, password: &str) -> Result<Option<OuterPerson>, ProviderFault> {
        let Some(directory) = &self.directory else { return Ok(None) };
        let person = directory.person(user, password).await?;
        Ok(person.map(|person| OuterPerson::of_directory(person, user)))
    }
}
