//! `[mail]`: how mail leaves the house.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

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
    /// Its port.
    pub port: u16,
    /// How the line to it is encrypted.
    pub tls: SmtpTls,
    /// The user there, if it wants one.
    pub user: Option<String>,
    /// A file with that user's password.
    pub password_file: Option<PathBuf>,
    /// A file with the certificate (PEM) that signs the server's, where no public authority does.
    pub ca_file: Option<PathBuf>,
    /// Seconds that the server may take over one mail.
    pub timeout_seconds: u16,
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

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            transport: MailTransport::Folder,
            from: "seira@localhost".into(),
            folder: "mail".into(),
            host: "localhost".into(),
            port: 25,
            tls: SmtpTls::None,
            user: None,
            password_file: None,
            ca_file: None,
            timeout_seconds: 60,
        }
    }
}

impl MailConfig {
    pub(super) fn resolve(&mut self, folder: &Path) {
        self.folder = folder.join(&self.folder);
        self.password_file = self.password_file.take().map(|file| folder.join(file));
        self.ca_file = self.ca_file.take().map(|file| folder.join(file));
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        self.from
            .parse::<crate::mail::Mailbox>()
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
        if !(1..=600).contains(&self.timeout_seconds) {
            anyhow::bail!("mail.timeout_seconds: should be from 1 to 600");
        }
        Ok(())
    }
}
