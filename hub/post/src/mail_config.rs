//! `[mail]`: how mail leaves the house.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::plain_line;

/// How mail is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// Into a folder, or to a server.
    pub transport: MailTransport,
    /// The sender, e.g. `KEP <kep@example.gr>`.
    pub from: String,
    /// The folder, for `folder`.
    pub folder: PathBuf,
    /// The server, for `smtp`.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the line to it is encrypted.
    pub tls: SmtpTls,
    /// The words by which a house goes without, to a server that is another machine.
    pub plain_within_house: Option<String>,
    /// The user there, if it wants one.
    pub user: Option<String>,
    /// A file with that user's password.
    pub password_file: Option<PathBuf>,
    /// A file with the certificate (PEM) that signs the server's, where no public authority does.
    pub ca_file: Option<PathBuf>,
    /// Seconds that the server may take over one mail.
    pub timeout_seconds: u16,
    /// Where mails come back that are not delivered, e.g. `bounces@kep.example.gr`: each leaves with an address of its own,
    /// `bounces+…@kep.example.gr`, which the mail server hands to `hub bounce`.
    pub bounces: Option<String>,
    /// A file with the token that `hub bounce` shows: with it one can report mails that came back, and nothing else.
    pub bounces_token_file: Option<PathBuf>,
}

/// Into a folder, or to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailTransport {
    /// One `.eml` file a mail.
    Folder,
    /// A mail server.
    Smtp,
}

/// How the line to the server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpTls {
    /// Not at all: a server on the same machine.
    None,
    /// From the first greeting on (port 587).
    Starttls,
    /// From the first byte on (port 465).
    Tls,
}

/// How a token is made.
const MAKE: &str = "openssl rand -hex 32 > bounces-token";
/// A token is at least so long.
const TOKEN_CHARACTERS_MIN: usize = 32;
/// What may stand before the `+` and the letter's own token, of the 64 characters that RFC 5321 leaves before the `@`.
const BOUNCES_CHARACTERS_MAX: usize = 31;

fn check_bounces(address: &str, file: &Path) -> anyhow::Result<()> {
    let user = address.rsplit_once('@').map(|(user, _)| user).filter(|_| people::is_address(address));
    let Some(user) = user.filter(|user| !user.contains('+')) else {
        anyhow::bail!("mail.bounces: {address} should be one address without a +, like bounces@kep.example.gr");
    };
    anyhow::ensure!(
        user.len() <= BOUNCES_CHARACTERS_MAX,
        "mail.bounces: what stands before the @ of {address} should have at most {BOUNCES_CHARACTERS_MAX} letters"
    );
    read_token(file).map(drop).context("mail.bounces_token_file")
}

/// The token in a file's first line.
///
/// # Errors
/// If the file cannot be read, or has no good token in it.
pub fn read_token(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let token = text.lines().next().unwrap_or_default().trim();
    anyhow::ensure!(
        token.len() >= TOKEN_CHARACTERS_MIN && token.bytes().all(|byte| byte.is_ascii_graphic()),
        "{} should have at least {TOKEN_CHARACTERS_MIN} letters and digits in its first line, e.g. made by: {MAKE}",
        file.display()
    );
    Ok(token.to_owned())
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            transport: MailTransport::Folder,
            from: "seira@localhost".into(),
            folder: "mail".into(),
            host: "localhost".into(),
            port: 25,
            tls: SmtpTls::None,
            plain_within_house: None,
            user: None,
            password_file: None,
            ca_file: None,
            timeout_seconds: 60,
            bounces: None,
            bounces_token_file: None,
        }
    }
}

impl MailConfig {
    /// Takes its paths as they are seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.folder = folder.join(&self.folder);
        self.password_file = self.password_file.take().map(|file| folder.join(file));
        self.ca_file = self.ca_file.take().map(|file| folder.join(file));
        self.bounces_token_file = self.bounces_token_file.take().map(|file| folder.join(file));
    }

    /// The folder that mails are written into, if they are.
    pub fn own_folder(&self) -> Option<&Path> {
        match self.transport {
            MailTransport::Folder => Some(&self.folder),
            MailTransport::Smtp => None,
        }
    }

    /// Checks what no type does.
    ///
    /// # Errors
    /// With the key, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        self.from
            .parse::<crate::Mailbox>()
            .with_context(|| format!("mail.from: {} should be like: KEP <kep@example.gr>", self.from))?;
        if self.user.is_some() && self.password_file.is_none() {
            anyhow::bail!("mail.password_file: mail.user needs a file with the password beside it");
        }
        for (key, file) in [("mail.password_file", &self.password_file), ("mail.ca_file", &self.ca_file)] {
            let Some(file) = file else { continue };
            std::fs::metadata(file).with_context(|| format!("{key}: cannot read {}", file.display()))?;
        }
        if self.user.is_some() && self.tls == SmtpTls::None {
            anyhow::bail!(
                "mail.tls: should be \"starttls\" or \"tls\", so that the password of mail.user is not read on the line"
            );
        }
        if self.transport == MailTransport::Smtp && self.tls == SmtpTls::None {
            let words = self.plain_within_house.as_deref();
            plain_line::check("mail", &self.host, "tls = \"starttls\" or tls = \"tls\"", words)?;
        }
        if !(1..=600).contains(&self.timeout_seconds) {
            anyhow::bail!("mail.timeout_seconds: should be from 1 to 600");
        }
        match (&self.bounces, &self.bounces_token_file) {
            (None, None) => Ok(()),
            (Some(address), Some(file)) => check_bounces(address, file),
            (Some(_), None) => {
                anyhow::bail!(
                    "mail.bounces_token_file: mail.bounces needs a file with a token beside it, e.g. made by: {MAKE}"
                )
            }
            (None, Some(_)) => {
                anyhow::bail!("mail.bounces: mail.bounces_token_file needs an address, e.g. bounces@kep.example.gr")
            }
        }
    }
}
