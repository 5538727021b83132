//! `hub.toml`: where the hub listens, its file, its offices, its mail.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use access::{LimitsConfig, Proxies, SessionConfig, SignInConfig};
use anyhow::Context;
use body_file::BodySetup;
use identity::{LdapConfig, OpenIdConfig, ProvidersConfig, RegisterConfig, TaxisnetConfig};
use office_file::OfficeSetup;
use outside::OutsideConfig;
use post::{MailConfig, Mailbox, SmsConfig, read_token};
use rooms::{IceConfig, RoomProvider};
use serde::Deserialize;
use wire::CertificateBytes;

use crate::{
    entrance::{self, TlsConfig},
    house_ca, listening,
    log::LogConfig,
    packages::PackagesConfig,
    watch::WatchConfig,
};

/// The whole of `hub.toml`. Paths are relative to the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubConfig {
    /// Where to listen, e.g. `127.0.0.1:8080`; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where citizens reach the hub, e.g. `https://seira.example.gr`; the listening address unless set.
    #[serde(default)]
    pub public_url: Option<String>,
    /// The file of the database, which is made where there is none.
    #[serde(default = "default_database")]
    pub database: PathBuf,
    /// The offices' own files.
    pub offices: Vec<PathBuf>,
    /// The body's own file: its units, categories, certification. Without it the body is the first office's, with accounts
    /// and nothing else.
    #[serde(default)]
    pub body: Option<PathBuf>,
    /// How mail is sent.
    #[serde(default)]
    pub mail: MailConfig,
    /// Where administrators are warned of what they should look at soon, and sent the signed heads of the journals.
    #[serde(default)]
    pub alerts_to: Vec<String>,
    /// The file of the key that signs the heads of the journals; made at the first start, best on another disk than the
    /// database.
    #[serde(default = "default_journal_key")]
    pub journal_key: PathBuf,
    /// The gateway for SMS, if there is one.
    #[serde(default)]
    pub sms: Option<SmsConfig>,
    /// TAXISnet, through which citizens sign in.
    #[serde(default)]
    pub taxisnet: Option<TaxisnetConfig>,
    /// Providers of OpenID Connect.
    #[serde(default)]
    pub openid: Vec<OpenIdConfig>,
    /// The house's directory.
    #[serde(default)]
    pub ldap: Option<LdapConfig>,
    /// Where it is asked whether somebody is a public employee.
    #[serde(default)]
    pub staff_register: Option<RegisterConfig>,
    /// How the log is written.
    #[serde(default)]
    #[expect(dead_code, reason = "it is read before all others, and stands here so that it is checked with them")]
    pub log: LogConfig,
    /// How long staff stay signed in.
    #[serde(default)]
    pub sessions: SessionConfig,
    /// How much one address or device may ask.
    #[serde(default)]
    pub limits: LimitsConfig,
    /// With which servers' help browsers connect in rooms of teleconference.
    #[serde(default)]
    pub rooms: IceConfig,
    /// How staff sign in.
    #[serde(default)]
    pub sign_in: SignInConfig,
    /// The certificate, without which the hub listens on this machine alone.
    #[serde(default)]
    pub tls: Option<TlsConfig>,
    /// The house's own CA, which devices learn when they are paired and trust alone from then on (PEM). Unless set, the
    /// `ca.pem` beside the certificate, where `hub make-ca` puts it.
    #[serde(default)]
    pub house_ca: Option<PathBuf>,
    /// The words by which a house goes without.
    #[serde(default)]
    pub plain_http_within_house: Option<String>,
    /// The proxies that stand before the hub.
    #[serde(default)]
    pub proxy: Proxies,
    /// Who is told how the hub is.
    #[serde(default)]
    pub watch: WatchConfig,
    /// The repository from which the house's kiosks and boards bring themselves up to date.
    #[serde(default)]
    pub packages: PackagesConfig,
    /// The folder of what citizens sent beforehand; no page serves from it.
    #[serde(default = "default_uploads")]
    pub uploads: PathBuf,
    /// So many MiB of that folder's disk are never filled with what citizens send: with the room that is left, everything
    /// else goes on being recorded.
    #[serde(default = "default_uploads_leave_mib")]
    pub uploads_leave_mib: u64,
    /// A second place, on another machine or disk, for the list of who was erased or shut out: with it no backup from
    /// before brings them back, e.g. `/mnt/other/seira.tombstones`. It holds ids and times alone.
    #[serde(default)]
    pub tombstones: Option<PathBuf>,
    /// The folder of further languages for pages and mails, e.g. with `de/pages.ftl` and `de/mail.ftl`; it need not exist.
    #[serde(default = "default_languages")]
    pub languages: PathBuf,
    /// Whether no other house is asked for numbers and records: in a rehearsal. No key of the file says it.
    #[serde(skip)]
    pub keeps_to_itself: bool,
}

fn default_languages() -> PathBuf {
    "languages".into()
}

fn default_journal_key() -> PathBuf {
    "journal-key.pem".into()
}

fn default_uploads() -> PathBuf {
    "uploads".into()
}

/// Of days of bookings and tickets a municipality writes some MiB: a GiB lets an administrator sleep over the warning.
fn default_uploads_leave_mib() -> u64 {
    1024
}

fn default_database() -> PathBuf {
    "seira.db".into()
}

impl HubConfig {
    /// The folder in which the database lies; a bare name lies in the one that is worked in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Reads and checks the file.
    ///
    /// # Errors
    /// With the key, the line and what would be right.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut config: Self = toml::from_str(&text).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        config.database = folder.join(&config.database);
        config.uploads = folder.join(&config.uploads);
        config.body = config.body.take().map(|body| folder.join(body));
        config.journal_key = folder.join(&config.journal_key);
        config.languages = folder.join(&config.languages);
        config.tombstones = config.tombstones.take().map(|second| folder.join(second));
        for office in &mut config.offices {
            *office = folder.join(&*office);
        }
        if let Some(tls) = &mut config.tls {
            tls.resolve(folder);
        }
        config.house_ca = config.house_ca.take().map(|ca| folder.join(ca));
        config.mail.resolve(folder);
        config.watch.resolve(folder);
        config.packages.resolve(folder);
        config.rooms.resolve(folder);
        if let Some(sms) = &mut config.sms {
            sms.resolve(folder);
        }
        config.taxisnet.iter_mut().for_each(|one| one.resolve(folder));
        config.openid.iter_mut().for_each(|one| one.resolve(folder));
        config.ldap.iter_mut().for_each(|one| one.resolve(folder));
        config.staff_register.iter_mut().for_each(|one| one.resolve(folder));
        config.check().with_context(|| path.display().to_string())?;
        Ok(config)
    }

    /// Through whom else people sign in.
    pub fn providers(&self) -> ProvidersConfig {
        let Self { taxisnet, openid, ldap, staff_register, .. } = self;
        let (taxisnet, openid) = (taxisnet.clone(), openid.clone());
        ProvidersConfig { taxisnet, openid, ldap: ldap.clone(), staff_register: staff_register.clone() }
    }

    /// The secret shared with the servers of rooms; nothing where there are none.
    ///
    /// # Errors
    /// If its file cannot be read, or has no good secret in it.
    pub fn turn_secret(&self) -> anyhow::Result<Vec<u8>> {
        let secret = self.rooms.turn_secret_file.as_deref().map(read_token).transpose();
        Ok(secret.context("rooms.turn_secret_file")?.unwrap_or_default().into_bytes())
    }

    /// Where the hub listens, for who is told no other address of it.
    pub fn own_url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.listen)
    }

    /// Whether the hub may listen as it is set up, and can.
    ///
    /// # Errors
    /// What is wrong, and what would be right.
    pub fn check_listening(&self) -> anyhow::Result<()> {
        let words = self.plain_http_within_house.as_deref();
        listening::check(self.listen, self.tls.as_ref(), words).map_err(anyhow::Error::msg)?;
        if let Some(watch) = self.watch.listen {
            listening::check(watch, self.tls.as_ref(), words).map_err(|said| anyhow::anyhow!("watch: {said}"))?;
        }
        self.tls.iter().try_for_each(|tls| tls.read().map(drop))?;
        self.authorities().map(drop)
    }

    /// The CAs that devices learn at pairing; none where everybody trusts the hub's, or it does without.
    ///
    /// # Errors
    /// What is wrong with their file, and what would be right.
    pub fn authorities(&self) -> anyhow::Result<Vec<CertificateBytes>> {
        match (&self.house_ca, &self.tls) {
            (Some(ca), _) => entrance::read_authorities(ca),
            (None, Some(tls)) => {
                let beside = tls.certificate.with_file_name(house_ca::CA);
                if beside.exists() { entrance::read_authorities(&beside) } else { Ok(Vec::new()) }
            }
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The body, beside its offices.
    ///
    /// # Errors
    /// What is wrong with its file, and what would be right.
    pub fn read_body(&self, offices: &[OfficeSetup]) -> anyhow::Result<BodySetup> {
        let configs: Vec<_> = offices.iter().map(|office| &office.config).collect();
        let setup = match (&self.body, configs.first()) {
            (Some(path), _) => body_file::read(path, &configs)?,
            (None, Some(first)) => BodySetup {
                config: body_file::of_office(first),
                outside: OutsideConfig::default(),
                provider: RoomProvider::BuiltIn,
            },
            (None, None) => anyhow::bail!("offices: name at least one office's file"),
        };
        // What a rehearsal makes up is put to nobody, also where the body's file says whom to ask.
        let outside = if self.keeps_to_itself { OutsideConfig::default() } else { setup.outside };
        Ok(BodySetup { outside, ..setup })
    }

    /// The addresses of [`Self::alerts_to`].
    ///
    /// # Errors
    /// Which one is none.
    pub fn alert_addresses(&self) -> anyhow::Result<Vec<Mailbox>> {
        let address = |text: &String| {
            let mailbox: Mailbox =
                text.parse().with_context(|| format!("alerts_to: {text} should be an address like it@example.gr"))?;
            let sent = people::address(mailbox.email.as_ref());
            let sent = sent.map_err(|_| anyhow::anyhow!("alerts_to: {text}: mail servers hand no mail to it"))?;
            Ok(Mailbox { email: sent.parse()?, ..mailbox })
        };
        self.alerts_to.iter().map(address).collect()
    }

    fn check(&self) -> anyhow::Result<()> {
        self.alert_addresses()?;
        anyhow::ensure!(!self.offices.is_empty(), "offices: name at least one office's file, e.g. [\"kep.toml\"]");
        if let Some(url) = &self.public_url {
            let is_web = url.starts_with("http://") || url.starts_with("https://");
            anyhow::ensure!(is_web, "public_url: {url} should begin with https:// (or http:// within the house)");
            anyhow::ensure!(!url.ends_with('/'), "public_url: leave out the slash at the end of {url}");
        }
        self.limits.check().map_err(anyhow::Error::msg)?;
        self.sessions.check().map_err(anyhow::Error::msg)?;
        self.proxy.check().map_err(anyhow::Error::msg)?;
        self.sms.iter().try_for_each(SmsConfig::check)?;
        self.providers().check()?;
        self.watch.check()?;
        self.rooms.check().map_err(anyhow::Error::msg)?;
        self.turn_secret()?;
        self.mail.check()
    }
}
